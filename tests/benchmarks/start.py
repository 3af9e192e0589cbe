"""From the command to the first page, on a folder that was used before, beside a bare Flask that answers."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

from server.launch.port import unused
from tests.harness.product import Product

UNIT = "s"
TARGET = 3.0
BARE = "from flask import Flask; app = Flask('bare'); app.route('/')(lambda: 'page'); app.run(port={port})"


def rows() -> list[tuple[str, float, float, float]]:
    """(name, seconds, target, a bare Flask in the same run)."""
    return [("start to first page", ours(), TARGET, bare())]


def ours() -> float:
    with tempfile.TemporaryDirectory() as folder:
        product = Product(Path(folder)).start()
        try:
            product.stop()
            begun = time.monotonic()
            product.launch()
            return first_page(product.base_url) - begun
        finally:
            product.discard()


def bare() -> float:
    port = unused()
    begun = time.monotonic()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([sys.executable, "-c", BARE.format(port=port)], **quiet)
    try:
        return first_page(f"http://127.0.0.1:{port}") - begun
    finally:
        process.kill()
        process.wait()


def first_page(base_url: str, patience: float = 30.0) -> float:
    """When the first page came."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            httpx.get(base_url, timeout=patience).raise_for_status()
            return time.monotonic()
        except httpx.ConnectError:
            time.sleep(0.02)
    raise AssertionError("no page came")
