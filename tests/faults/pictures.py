"""Test 20, pictures: what strangers' files do to the child that decodes them. `python -m tests.faults.pictures`

Whole pictures with bytes turned over, cut, doubled or claiming other sizes. Each is decoded or refused within ten
seconds, the child stays small, and nothing of a camera's notes is in what comes out.
"""

import io
import random
import struct
import time
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from PIL import Image

from server.errors import ProviderError
from server.storage.darkroom import Darkroom
from tests.benchmarks.table import HEAD, Row, show

SECRET = b"52.5200 N 13.4050 E"
GPS, MAKE = 0x8825, 0x010F
MOST_SECONDS, MOST_MEMORY = 10, 512
AFTER_SIGNATURE = 8


def rows(count: int = 2000) -> list[Row]:
    found = ordeal(count)
    return [
        Row(f"20 {count} mutated pictures: breakdowns", found["broken"], "", target=0),
        Row("20 mutated pictures: the slowest", found["slowest"], "s", target=MOST_SECONDS),
        Row("20 mutated pictures: the largest child", found["memory"], "MB", target=MOST_MEMORY),
        Row("20 mutated pictures: outputs with a camera's notes", found["leaks"], "", target=0),
        Row("20 mutated pictures: decoded all the same", found["decoded"], ""),
    ]


def ordeal(count: int) -> dict[str, float]:
    """Put so many pictures through the darkroom, as every door does."""
    found = {"broken": 0, "slowest": 0.0, "memory": 0.0, "leaks": 0, "decoded": 0}
    darkroom = Darkroom(children=1)
    try:
        for data in islice(mutated(random.Random(20)), count):
            begun = time.monotonic()
            outputs = developed(darkroom, data)
            found["slowest"] = max(found["slowest"], time.monotonic() - begun)
            found["broken"] += outputs is None
            found["decoded"] += bool(outputs)
            found["leaks"] += sum(tells(output) for output in outputs or ())
            found["memory"] = max(found["memory"], peak(darkroom))
    finally:
        darkroom.close()
    return found


def developed(darkroom: Darkroom, data: bytes) -> list[bytes] | None:
    """Thumbnails and a copy without notes; [] when it was refused in words, None when anything else happened."""
    try:
        _, thumbs = darkroom.develop(data)
        return [*thumbs, darkroom.copy(data, None, None)[1]]
    except ProviderError as error:
        return [] if error.kind == "bad_image" else None
    except Exception:
        return None


def tells(data: bytes) -> bool:
    """Whether anything of the camera's is in a picture of ours."""
    return SECRET in data or bool(Image.open(io.BytesIO(data)).getexif())


def peak(darkroom: Darkroom) -> float:
    """The most that the child has held, in MB; none is counted when it was ended."""
    child = darkroom._free.get()
    darkroom._free.put(child)
    try:
        status = Path(f"/proc/{child._process.pid}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024
    except (AttributeError, OSError, IndexError):
        return 0.0


def mutated(dice: random.Random) -> Iterator[bytes]:
    """Endless: now and then a whole one, so that the notes of a camera are really there to leak."""
    whole = [png(), jpeg(), webp(), png(animated=True)]
    acts = [turned, cut, doubled, claiming, padded, lambda dice, data: data]
    while True:
        yield dice.choice(acts)(dice, dice.choice(whole))


def turned(dice: random.Random, data: bytes) -> bytes:
    spoilt = bytearray(data)
    for _ in range(dice.choice([1, 3, 30, 300])):
        spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
    return bytes(spoilt)


def cut(dice: random.Random, data: bytes) -> bytes:
    return data[: dice.randrange(len(data))]


def doubled(dice: random.Random, data: bytes) -> bytes:
    start, end = sorted(dice.sample(range(len(data)), 2))
    return data[:end] + data[start:end] * dice.randrange(1, 4) + data[end:]


def padded(dice: random.Random, data: bytes) -> bytes:
    return data + dice.randbytes(dice.choice([1, 1000, 1_000_000]))


def claiming(dice: random.Random, data: bytes) -> bytes:
    """A PNG that says it is far larger than it is, its checksum right."""
    if data[1:4] != b"PNG":
        return turned(dice, data)
    size = struct.pack(">II", dice.choice([1, 7_000, 60_000, 2**31 - 1]), dice.choice([0, 7_000, 60_000, 2**31 - 1]))
    start = AFTER_SIGNATURE + 8
    head = b"IHDR" + size + data[start + 8 : start + 13]
    return data[: start - 4] + head + struct.pack(">I", zlib.crc32(head)) + data[start + 17 :]


def noise(side: int = 160) -> Image.Image:
    return Image.frombytes("RGB", (side, side), random.Random(1).randbytes(3 * side * side))


def notes() -> Image.Exif:
    exif = Image.Exif()
    exif[MAKE] = SECRET.decode()
    exif.get_ifd(GPS)[29] = SECRET.decode()
    return exif


def saved(kind: str, **options) -> bytes:
    out = io.BytesIO()
    noise().save(out, kind, **options)
    return out.getvalue()


def png(animated: bool = False) -> bytes:
    more = {"save_all": True, "append_images": [noise().rotate(90)] * 5} if animated else {}
    return saved("PNG", exif=notes(), **more)


def jpeg() -> bytes:
    return saved("JPEG", quality=90, exif=notes())


def webp() -> bytes:
    return saved("WEBP", quality=80, exif=notes())


if __name__ == "__main__":
    print(HEAD)
    show(rows())
