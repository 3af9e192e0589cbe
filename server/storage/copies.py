"""Copies of a picture for taking along, with or without words in the file. Runs only in the darkroom's child.

The words: `parameters` as AUTOMATIC1111 writes it, a text chunk in PNG and the EXIF user comment elsewhere, and our
own `emulsion`, a text chunk or the EXIF description.
"""

import io
import struct

from PIL import Image, PngImagePlugin

from server.storage import containers
from server.storage.thumbnails import FORMATS, open_picture, upright

DESCRIPTION, ORIENTATION, EXIF, USER_COMMENT = 0x010E, 0x0112, 0x8769, 0x9286
UTF_16 = b"UNICODE\x00"
MOST_EXIF = 65_000


def copy(data: bytes, media_type: str | None = None, words: dict[str, str] | None = None) -> tuple[dict, list[bytes]]:
    """({media_type}, [bytes]) of the picture in that format or its own. Whatever a stranger wrote into it is gone.

    In its own format its pixels are not touched, unless it lies on its side.
    """
    picture = open_picture(data)
    kind = next((name for name, type in FORMATS.items() if type == media_type), picture.format)
    words = words or {}
    copied = rewritten(picture, data, words) if kind == picture.format else None
    return {"media_type": FORMATS[kind]}, [copied or drawn(picture, kind, words)]


def rewritten(picture: Image.Image, data: bytes, words: dict[str, str]) -> bytes | None:
    """The same bytes of pixels with other words beside them; None where that cannot be done."""
    if picture.getexif().get(ORIENTATION, 1) != 1:
        return None
    try:
        match picture.format:
            case "PNG":
                return containers.png(data, words)
            case "JPEG":
                return containers.jpeg(data, exif_of(words))
            case "WEBP":
                return containers.webp(data, exif_of(words), picture.size, picture.mode == "RGBA")
    except (ValueError, IndexError, struct.error):
        return None


def drawn(picture: Image.Image, kind: str, words: dict[str, str]) -> bytes:
    """The picture encoded anew."""
    out, picture = io.BytesIO(), upright(picture)
    picture.info = {}
    match kind:
        case "PNG":
            chunks = PngImagePlugin.PngInfo()
            for name, text in words.items():
                chunks.add_text(name, text)
            picture.save(out, "PNG", pnginfo=chunks, compress_level=4)
        case "JPEG":
            on_black(picture).save(out, "JPEG", quality=95, subsampling=0, exif=exif_of(words))
        case "WEBP":
            picture.save(out, "WEBP", quality=92, method=2, exif=exif_of(words))
    return out.getvalue()


def on_black(picture: Image.Image) -> Image.Image:
    """Without the transparency that a JPEG cannot hold."""
    if picture.mode != "RGBA":
        return picture
    ground = Image.new("RGB", picture.size)
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def exif_of(words: dict[str, str]) -> bytes:
    """The words as EXIF; a JPEG has room for 64 KB of it, so a very long recipe leaves the infotext out."""
    for given in (words, {"emulsion": words.get("emulsion", "")}):
        exif = Image.Exif()
        if given.get("emulsion"):
            exif[DESCRIPTION] = given["emulsion"]
        if given.get("parameters"):
            exif[EXIF] = {USER_COMMENT: UTF_16 + given["parameters"].encode("utf-16-be")}
        packed = exif.tobytes() if len(exif) else b""
        if len(packed) <= MOST_EXIF:
            return packed
    return b""
