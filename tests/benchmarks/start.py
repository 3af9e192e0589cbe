"""From the command to the first page."""

import tempfile
import time
from pathlib import Path

import httpx

from tests.benchmarks.crowd import await_port, running
from tests.benchmarks.table import Row
from tests.harness.product import Product


def seconds_to_first_page(product: Product, patience: float = 60.0) -> float:
    started = time.monotonic()
    product.launch()
    product.wait_until(lambda: page(product.base_url), patience, "no page")
    return time.monotonic() - started


def page(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5, follow_redirects=True).status_code == 200
    except httpx.HTTPError:
        return False


def both(folder: Path) -> tuple[float, float]:
    """Seconds of a first start, which makes the database, and of a second."""
    product = Product(folder)
    try:
        first = seconds_to_first_page(product)
        product.wait_until(product.is_whole, 60, "not whole")
        product.stop()
        return first, seconds_to_first_page(product)
    finally:
        product.discard()


def of_bare() -> float:
    started = time.monotonic()
    with running("tests.benchmarks.peers.bare", "eventlet") as bare:
        port = int(bare.stdout.readline())
        await_port(port)
        assert page(f"http://127.0.0.1:{port}/")
        return time.monotonic() - started


def rows(stage: object = None) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        first, second = both(Path(folder))
    bare = of_bare()
    return [
        Row("first start to first page", first, "s", bare, "bare Flask-SocketIO"),
        Row("second start to first page", second, "s", bare, "bare Flask-SocketIO", target=3),
    ]
