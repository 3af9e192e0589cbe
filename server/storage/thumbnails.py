"""Turns the bytes of an original into thumbnails and a thumbhash. Runs only in the darkroom's child."""

import base64
import io
import warnings

from fast_thumbhash import rgba_to_thumb_hash
from PIL import Image, ImageOps

from server.storage.disk import Disk

FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
MAX_PIXELS = 50_000_000
WIDTHS = Disk.THUMB_WIDTHS[::-1]  # the smaller one is made from the larger
HASH_SIDE = 100
PREVIEW_BYTES = 6000

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


def develop(data: bytes) -> tuple[dict, list[bytes]]:
    """({width, height, media_type, thumbhash}, [WebP with a long edge of at most 768, then 384])."""
    picture = open_picture(data)
    facts = _facts(picture)
    picture.draft("RGB", (WIDTHS[0], WIDTHS[0]))
    picture = upright(picture)
    thumbs = []
    for width in WIDTHS:
        picture = _reduce(picture, width)
        thumbs.append(_webp(picture, quality=82))
    small = _reduce(picture, HASH_SIDE).convert("RGBA")
    hashed = rgba_to_thumb_hash(small.width, small.height, small.tobytes())
    facts["thumbhash"] = base64.b64encode(bytes(hashed)).decode()
    return facts, thumbs


def look(data: bytes) -> tuple[dict, list]:
    """({width, height, media_type}, []) of a picture that can be decoded to its end."""
    picture = open_picture(data)
    picture.load()
    return _facts(picture), []


def preview(data: bytes) -> tuple[dict, list[bytes]]:
    """A picture of at most 6,000 bytes, WebP, for a tile that is still developing."""
    picture = _reduce(upright(open_picture(data)), 224).convert("RGB")
    for quality in (60, 40, 20, 5):
        small = _webp(picture, quality)
        if len(small) <= PREVIEW_BYTES:
            break
    return {}, [small]


def open_picture(data: bytes) -> Image.Image:
    """A PNG, JPEG or WebP of bearable size, its pixels not decoded yet. ValueError for any larger one."""
    try:
        picture = Image.open(io.BytesIO(data), formats=tuple(FORMATS))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise ValueError("too many pixels") from None
    if picture.width * picture.height > MAX_PIXELS:
        raise ValueError("too many pixels")
    return picture


def _facts(picture: Image.Image) -> dict:
    return {"width": picture.width, "height": picture.height, "media_type": FORMATS[picture.format]}


def upright(picture: Image.Image) -> Image.Image:
    """As its camera meant it, in RGB or RGBA."""
    turned = ImageOps.exif_transpose(picture)
    return (
        turned if turned.mode in ("RGB", "RGBA") else turned.convert("RGBA" if turned.has_transparency_data else "RGB")
    )


def _reduce(picture: Image.Image, side: int) -> Image.Image:
    if max(picture.size) <= side:
        return picture
    scale = side / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _webp(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=quality, method=1)
    return out.getvalue()
