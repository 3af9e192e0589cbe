"""Copies of a picture for taking along, with or without words in the file. Runs only in the darkroom's child.

The words: `parameters` as AUTOMATIC1111 writes it, a text chunk in PNG and the EXIF user comment elsewhere, and our
own `emulsion`, a text chunk or the EXIF description.
"""

import io

from PIL import Image, PngImagePlugin

from server.storage.thumbnails import FORMATS, open_picture, upright

DESCRIPTION, EXIF, USER_COMMENT = 0x010E, 0x8769, 0x9286
UTF_16 = b"UNICODE\x00"
MOST_EXIF = 65_000


def copy(data: bytes, media_type: str | None = None, words: dict[str, str] | None = None) -> tuple[dict, list[bytes]]:
    """({media_type}, [bytes]) of the picture in that format or its own. Whatever a stranger wrote into it is gone."""
    picture = open_picture(data)
    kind = next((name for name, type in FORMATS.items() if type == media_type), picture.format)
    out = io.BytesIO()
    WRITERS[kind](picture, out, data, words or {})
    return {"media_type": FORMATS[kind]}, [out.getvalue()]


def png(picture: Image.Image, out: io.BytesIO, _: bytes, words: dict[str, str]) -> None:
    chunks = PngImagePlugin.PngInfo()
    for name, text in words.items():
        chunks.add_text(name, text)
    bare(upright(picture)).save(out, "PNG", pnginfo=chunks, compress_level=4)


def jpeg(picture: Image.Image, out: io.BytesIO, _: bytes, words: dict[str, str]) -> None:
    """One that is a JPEG already keeps its tables, so that hardly anything is lost."""
    turned = picture.getexif().get(0x0112, 1) != 1
    if picture.format == "JPEG" and picture.mode in ("RGB", "L") and not turned:
        picture.load()
        picture.info = {}
        picture.save(out, "JPEG", quality="keep", exif=exif_of(words))
    else:
        flat(upright(picture)).save(out, "JPEG", quality=95, subsampling=0, exif=exif_of(words))


def webp(picture: Image.Image, out: io.BytesIO, data: bytes, words: dict[str, str]) -> None:
    """One that lost nothing so far loses nothing now."""
    lossless = picture.format == "WEBP" and b"VP8L" in data[12:64]
    bare(upright(picture)).save(out, "WEBP", quality=92, method=2, lossless=lossless, exif=exif_of(words))


WRITERS = {"PNG": png, "JPEG": jpeg, "WEBP": webp}


def bare(picture: Image.Image) -> Image.Image:
    """Nothing but the pixels."""
    picture.info = {}
    return picture


def flat(picture: Image.Image) -> Image.Image:
    """On black where it was transparent."""
    if picture.mode != "RGBA":
        return bare(picture)
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
