"""Archives at length: `python -m tests.faults.archives [images] [hostile archives]`.

A workspace of 1,000 pictures of a megabyte goes to a second installation and is exported there again; the export is
timed beside `tar -cf` of the same files, in turn, each with the files just read, as much memory just freed, and nothing
left to write. Then 1,000 hostile archives are read by the child that reads them always.
"""

import hashlib
import io
import os
import random
import resource
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

from PIL import Image

from server.archive.layout import Entry, Manifest
from server.archive.looking import look_through
from server.archive.packing import pack
from server.errors import Invalid
from tests.archive.carrying import essence, settled
from tests.archive.hostile import hostile
from tests.archive.suitcase import documents, image, lines, picture
from tests.benchmarks.table import HEAD, Row, show
from tests.harness.client import Client
from tests.harness.product import Product

MB = 1024**2
MOST_GROWTH = 64
SLOWEST_SHARE = 0.8
MOST_SECONDS, MOST_MEMORY = 10, 512
PATIENCE = 900
SIDE = 590
AFTER_HEADER = 33


def rows(pictures: int = 1000, archives: int = 1000) -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="emulsion-archives-") as name:
        folder = Path(name)
        yield from hostile_run(folder, archives)
        yield from trip(folder, pictures)


def hostile_run(folder: Path, count: int) -> Iterator[Row]:
    with ThreadPoolExecutor(2) as two:
        times = list(two.map(lambda case: refused(folder, *case), enumerate(islice(hostile(), count))))
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield Row(f"20 {count} hostile archives: files left", len(list(folder.iterdir())), "", target=0)
    yield Row("20 hostile archives: the slowest", max(times), "s", target=MOST_SECONDS)
    yield Row("20 hostile archives: the largest reader", memory, "MB", target=MOST_MEMORY)


def refused(folder: Path, number: int, case: tuple[str, bytes]) -> float:
    """Seconds that the refusal took; what is accepted must be whole or be caught by the darkroom later."""
    what, archive = case
    path, inside = folder / f"{number}.tar.gz", folder / str(number)
    path.write_bytes(archive)
    inside.mkdir()
    began = time.monotonic()
    try:
        look_through(path, inside, 4096 * MB, lambda fraction: None)
        assert "for a picture" in what or what.startswith("_"), what
    except Invalid as error:
        assert error.message.startswith(("This file is not", "This export ")), (what, error.message)
    finally:
        shutil.rmtree(inside)
        path.unlink()
    return time.monotonic() - began


def trip(folder: Path, count: int) -> list[Row]:
    products = [Product(folder / name, SKETCH_PACE="0") for name in ("here", "there")]
    for product in products:
        product.folder.mkdir()
    try:
        return carry(folder, count, *(product.start(60) for product in products))
    finally:
        for product in products:
            product.discard()


def carry(folder: Path, count: int, here: Product, there: Product) -> list[Row]:
    begun, first, second = folder / "begun.tar.gz", folder / "first.tar.gz", folder / "second.tar.gz"
    write_workspace(begun, folder / "pictures", count)
    ana, ben = Client(here.base_url), Client(there.base_url)
    ana.register("Ana")
    ben.register("Ben")
    with Watch(here) as watch, Watch(there) as other:
        place, seconds = bring(here, ana, begun)
        turns = [take_turns(here, ana, place, folder) for _ in range(3)]
        copy, _ = bring(there, ben, first)
        download(there, ben, copy, second)
    taken, tar = map(min, zip(*turns, strict=True))
    growth = max(watch.growth, other.growth)
    same = essence(first) == essence(second)
    return [
        Row(f"trip of {count} pictures: differences", 0 if same else 1, "", target=0),
        Row(f"trip of {begun.stat().st_size / MB:,.0f} MB: import", seconds, "s"),
        Row("trip: export, as a multiple of tar", taken / tar, "", 1.0, "tar -cf of the same files", 1 / SLOWEST_SHARE),
        Row("trip: worker memory above idle", growth, "MB", target=MOST_GROWTH),
    ]


def write_workspace(target: Path, folder: Path, count: int) -> None:
    """An archive of a workspace with so many pictures of a megabyte, each with bytes of its own."""
    rows = documents()
    rows["images.jsonl"] = [as_png(image(10 + number)) for number in range(count)]
    folder.mkdir()
    entries, paths = [], []
    for number, (name, data) in enumerate(files_of(rows)):
        paths.append(folder / str(number))
        paths[-1].write_bytes(data)
        entries.append(Entry(name, len(data), hashlib.sha256(data).hexdigest()))
    about = {"name": "Foxes", "summary": {"images": count, "styles": 1, "messages": 1}}
    pack(target, Manifest(about, entries), iter(paths), lambda fraction: None)
    shutil.rmtree(folder)


def as_png(row: dict) -> dict:
    return row | {"original_url": row["original_url"].replace("webp", "png"), "width": SIDE, "height": SIDE}


def files_of(rows: dict) -> Iterator[tuple[str, bytes]]:
    yield from ((name, lines(rows[name])) for name in rows)
    base, thumb = noise(), picture()
    for number, row in enumerate(rows["images.jsonl"]):
        yield row["original_url"], stamped(base, number)
        yield from ((name, thumb) for name in row["thumbs"].values())


def noise() -> bytes:
    """A picture of a megabyte that does not shrink."""
    out = io.BytesIO()
    Image.frombytes("RGB", (SIDE, SIDE), random.Random(1).randbytes(3 * SIDE * SIDE)).save(out, "PNG", compress_level=1)
    return out.getvalue()


def stamped(png: bytes, number: int) -> bytes:
    """The same picture with a number among its words (PNG 1.2, 4.2.3.1)."""
    chunk = b"tEXtnumber\0%d" % number
    chunk = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return png[:AFTER_HEADER] + chunk + png[AFTER_HEADER:]


def bring(product: Product, client: Client, archive: Path) -> tuple[str, float]:
    """Import it; the new workspace, and how many seconds the workers took."""
    with archive.open("rb") as file:
        answer = client.raw("POST", "/api/imports", files={"file": file}, timeout=PATIENCE)
    began = time.monotonic()
    transfer = settled(product, client, answer.json()["transfer"], PATIENCE)
    assert transfer["status"] == "inspected", transfer
    client.post(f"/api/transfers/{transfer['id']}/confirm", {}, status=202)
    transfer = settled(product, client, transfer, PATIENCE)
    assert transfer["status"] == "ready", transfer
    return transfer["workspace_id"], time.monotonic() - began


def take_turns(product: Product, client: Client, place: str, folder: Path) -> tuple[float, float]:
    """The seconds of an export and of `tar -cf`, each after the same tar was written and removed."""
    time_of_tar(product, place, folder)
    export = download(product, client, place, folder / "first.tar.gz")
    time_of_tar(product, place, folder)
    return export, time_of_tar(product, place, folder)


def time_of_tar(product: Product, place: str, folder: Path) -> float:
    source, target = product.data_dir / "media" / place[:2], folder / "plain.tar"
    began = time.monotonic()
    subprocess.run(["tar", "-cf", target, "-C", source, place], check=True)
    seconds = time.monotonic() - began
    target.unlink()
    os.sync()
    return seconds


def download(product: Product, client: Client, place: str, target: Path) -> float:
    """Export it and fetch the file; the seconds from asking until it was ready."""
    began = time.monotonic()
    transfer = client.post(f"/api/workspaces/{place}/exports", {}, status=202)["transfer"]
    transfer = settled(product, client, transfer, PATIENCE)
    seconds = time.monotonic() - began
    assert transfer["status"] == "ready", transfer
    with target.open("wb") as file, client.http.stream("GET", transfer["file_url"], timeout=PATIENCE) as answer:
        for part in answer.iter_bytes(MB):
            file.write(part)
    return seconds


class Watch:
    """The memory of the process that carries, above what it was when it had nothing to do, in MB."""

    def __init__(self, product: Product):
        self.pid = product.pids()["upkeep"]
        self.idle, self.peak = self.memory(), 0.0
        self.done = threading.Event()

    def __enter__(self) -> "Watch":
        self.thread = threading.Thread(target=self.look, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.done.set()
        self.thread.join()

    def look(self) -> None:
        while not self.done.wait(0.05):
            self.peak = max(self.peak, self.memory())

    def memory(self) -> float:
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    @property
    def growth(self) -> float:
        return self.peak - self.idle


if __name__ == "__main__":
    print(HEAD)
    show(rows(*map(int, sys.argv[1:])))
