"""The one-command start: quick, plain about what it cannot do, and never doubled."""

import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.benchmarks.measuring import waited
from tests.harness.product import ROOT, Product

SECOND_START = 3.0


def ended(product: Product) -> str:
    """What a start that is bound to fail has printed."""
    product.process.wait(20)
    return product.log()


def one_plain_sentence(text: str) -> bool:
    return "Traceback" not in text and len(text.strip().splitlines()) == 1


def test_the_second_start_shows_the_first_page_within_three_seconds_and_says_what_runs(start_product):
    product = start_product(IMAGE_API_KIND="a1111", IMAGE_API_URL="http://127.0.0.1:9")
    assert next_start(product) < SECOND_START
    product.wait_until(lambda: "Ctrl-C ends it" in product.log(), 20, "no greeting")
    said = product.log()
    assert product.base_url in said
    assert re.search(r"built in .*sketch.*guide.*Valkey.*SQLite", said)
    assert re.search(r"connected .*a1111 \(pictures\) at 127\.0\.0\.1:9, not answering", said)


def next_start(product: Product) -> float:
    """Seconds from the command to the first page of one more start, less those in which others had the processors."""
    product.stop()
    product.log_path.write_text("")
    begun = time.monotonic()
    product.launch()
    product.wait_until(lambda: first_page(product), 20, "no page")
    taken = time.monotonic() - begun
    return taken - sum(waited(pid) for pid in (product.process.pid, product.pids()["web"]))


def first_page(product: Product) -> bool:
    try:
        return httpx.get(f"{product.base_url}/", timeout=5).status_code == 200
    except httpx.TransportError:
        return False


def test_a_taken_port_is_one_plain_sentence(start_product):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        product = start_product(wait=False, PORT=str(other.getsockname()[1]))
        said = ended(product)
    assert one_plain_sentence(said) and f"Port {product.port} is taken" in said
    assert product.process.returncode == 1


def test_without_a_port_the_next_free_one_is_taken(start_product):
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            other.bind(("127.0.0.1", 5000))
            other.listen()
        except OSError:
            pass  # somebody else has it, which serves as well
        product = start_product(wait=False, PORT="")
        product.wait_until(lambda: "is ready" in product.log(), 30, "no greeting")
    port = int(re.search(r"http://127\.0\.0\.1:(\d+)", product.log())[1])
    assert port > 5000


def test_an_unwritable_data_folder_is_one_plain_sentence(start_product, tmp_path):
    (tmp_path / "file").write_text("in the way")
    said = ended(start_product(wait=False, DATA_DIR=str(tmp_path / "file" / "data")))
    assert one_plain_sentence(said) and "cannot be written" in said


@pytest.mark.parametrize("variable, url", [
    ("REDIS_URL", "redis://:secret@127.0.0.1:9/0"),
    ("DATABASE_URL", "postgresql://me:secret@127.0.0.1:9/emulsion"),
])
def test_an_unreachable_server_is_one_plain_sentence(start_product, variable, url):
    said = ended(start_product(wait=False, **{variable: url}))
    assert one_plain_sentence(said) and variable in said and "secret" not in said


def test_a_port_that_is_no_number_is_one_plain_sentence(start_product):
    said = ended(start_product(wait=False, DATA_DIR="data", PORT="many"))
    assert one_plain_sentence(said) and "PORT is 'many'" in said


def test_a_second_start_on_the_same_folder_is_refused(product, tmp_path):
    second = subprocess.run(
        [sys.executable, str(ROOT / "run.py")], cwd=tmp_path, env={"PATH": "/bin", "DATA_DIR": str(product.data_dir)},
        capture_output=True, text=True, timeout=20,
    )
    assert "already runs" in second.stderr and product.base_url in second.stderr
    assert product.is_whole()


def test_the_entry_says_so_when_python_is_too_old():
    for entry in ("run.py", "worker.py"):
        text = (ROOT / entry).read_text()
        head = text[:text.index("import signal")]
        check = head.index("sys.version_info < (3, 11)")
        assert all(word not in head[:check] for word in ("match ", ":=", "f\"", "import server"))
    made = subprocess.run(["make", "python", "PYTHON=/bin/false"], cwd=ROOT, capture_output=True, text=True)
    assert "needs Python 3.11 or newer" in made.stdout and "Traceback" not in made.stderr


def test_the_launch_room_needs_only_the_standard_library_until_packages_are_installed():
    bare = [sys.executable, "-S", "-c", "import server.launch.install"]
    done = subprocess.run(bare, cwd=Path(ROOT), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
