"""Files of pictures taken apart and put together again: the pixels' bytes stay as they are, what is said beside goes.

PNG: signature, then chunks of length, name, data, CRC (W3C PNG 3). JPEG: segments of marker and length up to the scan
(ITU T.81). WebP: RIFF chunks of name, length, data, padded to even; EXIF needs the chunk VP8X (RFC 9649).
"""

import struct
import zlib
from collections.abc import Iterator

from PIL import PngImagePlugin

SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs acTL fcTL fdAT".split()
WEBP_KEPT = (b"VP8X", b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L")
ICC, ALPHA, WITH_EXIF, XMP = 0x20, 0x10, 0x08, 0x04
START, SCAN, END = 0xD8, 0xDA, b"\xff\xd9"


def png(data: bytes, words: dict[str, str]) -> bytes:
    """With the words as text chunks behind the header."""
    texts = PngImagePlugin.PngInfo()
    for name, text in words.items():
        texts.add_text(name, text)
    out = [SIGNATURE]
    for name, body in png_chunks(data):
        if name in PNG_KEPT:
            out.append(png_chunk(name, body))
        if name == b"IHDR":
            out += [png_chunk(chunk[0], chunk[1]) for chunk in texts.chunks]
    return b"".join(out)


def png_chunks(data: bytes) -> Iterator[tuple[bytes, memoryview]]:
    view, at, name = memoryview(data), len(SIGNATURE), b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", data, at)
        if at + 12 + length > len(data):
            raise ValueError("a chunk is cut off")
        yield name, view[at + 8 : at + 8 + length]
        at += 12 + length


def png_chunk(name: bytes, body: bytes | memoryview) -> bytes:
    return struct.pack(">I", len(body)) + name + bytes(body) + struct.pack(">I", zlib.crc32(body, zlib.crc32(name)))


def jpeg(data: bytes, exif: bytes) -> bytes:
    """With `exif` (from its "Exif" on, or empty) in front; nothing that follows the end of the picture is kept."""
    out, at = [data[:2]], 2
    if exif:
        out.append(b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif)
    while data[at + 1] != SCAN:
        lead, marker, length = struct.unpack_from(">BBH", data, at)
        if lead != 0xFF or length < 2:
            raise ValueError("a segment is not where it should be")
        segment = data[at : at + 2 + length]
        if is_picture(marker, segment[4:]):
            out.append(segment)
        at += 2 + length
    return b"".join([*out, data[at : data.rindex(END) + 2]])


def is_picture(marker: int, body: bytes) -> bool:
    """Whether a segment is needed to draw: tables and frames, JFIF, colour profiles and Adobe's transform."""
    if 0xE0 <= marker <= 0xEF:
        return marker in (0xE0, 0xEE) or (marker == 0xE2 and body.startswith(b"ICC_PROFILE\x00"))
    return marker != 0xFE


def webp(data: bytes, exif: bytes, size: tuple[int, int], alpha: bool) -> bytes:
    """With `exif` at the end, without its "Exif" in front."""
    parts = [(name, body) for name, body in webp_chunks(data) if name in WEBP_KEPT]
    names = [name for name, _ in parts]
    flags = bytes(parts[0][1])[0] & ~(WITH_EXIF | XMP) if names[0] == b"VP8X" else ALPHA * alpha
    if exif:
        flags |= WITH_EXIF
        parts.append((b"EXIF", exif.removeprefix(b"Exif\x00\x00")))
    if names[0] == b"VP8X":
        parts[0] = (b"VP8X", bytes([flags]) + bytes(parts[0][1])[1:])
    elif exif:
        width, height = ((side - 1).to_bytes(3, "little") for side in size)
        parts.insert(0, (b"VP8X", bytes([flags, 0, 0, 0]) + width + height))
    body = b"WEBP" + b"".join(webp_chunk(name, part) for name, part in parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def webp_chunks(data: bytes) -> Iterator[tuple[bytes, memoryview]]:
    view, at, end = memoryview(data), 12, min(len(data), 8 + struct.unpack_from("<I", data, 4)[0])
    while at + 8 <= end:
        name, length = struct.unpack_from("<4sI", data, at)
        if at + 8 + length > len(data):
            raise ValueError("a chunk is cut off")
        yield name, view[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def webp_chunk(name: bytes, body: bytes | memoryview) -> bytes:
    return name + struct.pack("<I", len(body)) + bytes(body) + bytes(len(body) % 2)
