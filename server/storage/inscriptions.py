"""What stands written in a picture's file. Runs only in the darkroom's child; the pixels are not decoded."""

from contextlib import suppress

from PIL import Image

from server.storage.copies import DESCRIPTION, EXIF, USER_COMMENT, UTF_16
from server.storage.thumbnails import FORMATS, open_picture

LONGEST = 1_000_000
CHUNKS = ("emulsion", "parameters", "prompt", "workflow", "invokeai_metadata", "sd-metadata", "sui_image_params")
MAKE, MODEL = 0x010F, 0x0110
ASCII = b"ASCII\x00\x00\x00"


def inscriptions(data: bytes) -> tuple[dict, list]:
    """({media_type, texts: {name: text}}, []): text chunks, and what EXIF says under the name of its like."""
    picture = open_picture(data)
    chunks = {name: str(picture.info[name]) for name in CHUNKS if isinstance(picture.info.get(name), str)}
    with suppress(Exception):
        chunks = {**exif_texts(picture.getexif()), **chunks}
    if isinstance(comment := picture.info.get("comment"), bytes):
        chunks.setdefault("parameters", comment.decode("utf-8", "replace"))
    texts = {name: text for name, text in chunks.items() if 0 < len(text) <= LONGEST}
    return {"media_type": FORMATS[picture.format], "texts": texts}, []


def exif_texts(exif: Image.Exif) -> dict[str, str]:
    texts = {}
    description = exif.get(DESCRIPTION)
    if isinstance(description, str) and description.startswith("{"):
        texts["emulsion"] = description
    for tag in (MAKE, MODEL):
        name, _, rest = str(exif.get(tag, "")).partition(":")
        if name.lower() in ("prompt", "workflow"):
            texts[name.lower()] = rest
    comment = exif.get_ifd(EXIF).get(USER_COMMENT)
    if isinstance(comment, bytes):
        comment = spoken(comment)
    if isinstance(comment, str) and comment.strip():
        texts["parameters"] = comment.strip("\x00")
    return texts


def spoken(comment: bytes) -> str:
    """A user comment begins with eight bytes that name its alphabet; both orders of UTF-16 are in use."""
    head, body = comment[:8], comment[8:]
    if head == UTF_16:
        little = body[1::2].count(0) > body[::2].count(0)
        return body.decode("utf-16-le" if little else "utf-16-be", "replace").lstrip("\ufeff")
    return (body if head in (ASCII, bytes(8)) else comment).decode("utf-8", "replace")
