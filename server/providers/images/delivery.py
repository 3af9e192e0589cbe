"""What a vendor delivered, checked cheaply: the magic, the end, and nothing believed of what it says."""

import base64
import binascii
import struct

from server.errors import ProviderError
from server.providers.images.job import Picture

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
JPEG_END = b"\xff\xd9"
TAIL = 64
PREVIEW = 8 * 1024 * 1024


def picture(data: bytes, seed: int | None = None, cost: float | None = None) -> Picture:
    """A Picture of whole PNG, JPEG or WebP bytes; ProviderError(bad_image) for anything else."""
    kind = media_type(data)
    if kind is None:
        raise bad_image("The image server sent something that is not a picture (PNG, JPEG or WebP).")
    if not is_whole(data, kind):
        raise bad_image("The image server sent only a part of the picture.")
    return Picture(data, kind, seed, cost)


def preview(text: object) -> bytes | None:
    """A preview's bytes from base64 or a data: URI, or None where it is no picture or too large."""
    if not isinstance(text, str) or len(text) > PREVIEW * 4 // 3:
        return None
    try:
        data = decoded(text)
    except ProviderError:
        return None
    return data if media_type(data) else None


def decoded(text: object) -> bytes:
    """Base64 with or without a data: prefix, to bytes."""
    if not isinstance(text, str):
        raise bad_image("The image server sent no picture.")
    body = text.partition(",")[2] if text.startswith("data:") else text
    try:
        return base64.b64decode("".join(body.split()), validate=True)
    except (binascii.Error, ValueError):
        raise bad_image("The image server sent a picture that is damaged.") from None


def seed(said: object, asked: int) -> int:
    """The seed that the vendor says it used, or the one we asked for where it makes no sense."""
    return said if type(said) is int and 0 <= said < 2**63 else asked


def media_type(data: bytes) -> str | None:
    if data.startswith(PNG):
        return "image/png"
    if data.startswith(JPEG):
        return "image/jpeg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return None


def is_whole(data: bytes, kind: str) -> bool:
    """Whether the end is there; whether the middle decodes is found out elsewhere, in a safer place."""
    if kind == "image/png":
        return _png_ends(data)
    if kind == "image/jpeg":
        return JPEG_END in data.rstrip(b"\0")[-TAIL:]
    return len(data) >= 12 and len(data) >= struct.unpack_from("<I", data, 4)[0] + 8


def png_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels as a PNG declares them."""
    return struct.unpack_from(">II", data, 16) if data.startswith(PNG) and len(data) >= 24 else None


def _png_ends(data: bytes) -> bool:
    place = len(PNG)
    while place + 12 <= len(data):
        length, name = struct.unpack_from(">I4s", data, place)
        place += length + 12
        if name == b"IEND":
            return True
    return False


def bad_image(words: str) -> ProviderError:
    return ProviderError("bad_image", words, permanent=False, over=True)
