"""Lighthouse on a desk: a workspace of 200 pictures, signed in, and the public page; the median of five runs.

`python -m tests.benchmarks.lighthouse`; it takes about three minutes and wants a quiet machine.
"""

import json
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from server.launch import system
from server.launch.port import unused
from tests.benchmarks.table import HEAD, Row, show
from tests.harness.browser import QUIET
from tests.harness.client import Client
from tests.harness.product import Product

AUDIT = Path(__file__).with_name("audit")
PICTURES, TIMES = 200, 5
ROOM = {"performance": 95, "accessibility": 100, "best-practices": 100}
DOOR = {**ROOM, "seo": 100}
SERIES = {"first-contentful-paint": "ms", "largest-contentful-paint": "ms", "total-blocking-time": "ms",
          "cumulative-layout-shift": "", "speed-index": "ms"}  # fmt: skip


def rows() -> Iterator[Row]:
    install()
    with tempfile.TemporaryDirectory() as folder, Product(Path(folder)).running() as product:
        ada = Client(product.base_url)
        ada.register("Ada")
        place = ada.get("/api/workspaces")["items"][0]["id"]
        hang(place, product)
        with browser(ada) as port:
            yield from figures(f"{PICTURES} pictures", audited(port, f"{product.base_url}/w/{place}", ROOM), ROOM)
        with browser() as port:
            yield from figures("public page", audited(port, f"{product.base_url}/", DOOR), DOOR)
        ada.close()


def figures(name: str, runs: list[dict], wanted: dict[str, int]) -> Iterator[Row]:
    """Scores as points missing to a hundred, so that less is better as in every other row."""
    for category, least in wanted.items():
        missing = 100 - median(run["scores"][category] for run in runs)
        yield Row(f"{name}: {category}, points missing", missing, "", target=100 - least)
    for series, unit in SERIES.items():
        yield Row(f"{name}: {series}", median(run["took"][series] for run in runs), unit)
    short = {audit for run in runs for audit in run["short"]}
    if short:
        print(f"  {name}: below 90 in some run: {', '.join(sorted(short))}")


def hang(place: str, product: Product) -> None:
    """Fill the sample workspace by copies of its own batches, each a minute older than the one before."""
    with sqlite3.connect(product.data_dir / "emulsion.db", timeout=10) as database:
        made = database.execute("SELECT count(*) FROM images WHERE workspace_id = ?", (place,)).fetchone()[0]
        for age in range(1, PICTURES // made + 1):
            older = f"strftime('%Y-%m-%d %H:%M:%f000', created_at, '-{age} days')"
            again = f"substr({{}}, 1, 24) || printf('%012d', {age})"
            copy(database, "generations", place, id=again.format("id"), created_at=older)
            number = "printf('%08d', rowid) || substr(id, 9, 16) || printf('%012d', ?)".replace("?", str(age))
            copy(database, "images", place, id=number, generation_id=again.format("generation_id"), created_at=older)


def copy(database: sqlite3.Connection, table: str, place: str, **changed: str) -> None:
    """Copy the first rows of a workspace; the changed columns are SQL."""
    columns = [name for _, name, *_ in database.execute(f"PRAGMA table_info({table})")]
    values = ", ".join(changed.get(name, f'"{name}"') for name in columns)
    first = "workspace_id = ? AND id NOT LIKE '%-000000%'"
    database.execute(f"INSERT INTO {table} SELECT {values} FROM {table} WHERE {first}", (place,))


@contextmanager
def browser(person: Client | None = None) -> Iterator[int]:
    """The debugging port of a browser whose own profile is signed in, as Lighthouse wants it."""
    port = unused()
    with tempfile.TemporaryDirectory() as profile, sync_playwright() as playwright:
        arguments = [*QUIET, f"--remote-debugging-port={port}"]
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=system.chromium(), args=arguments, color_scheme="dark"
        )
        if person:
            context.add_cookies(person.browser_cookies())
        yield port
        context.close()


def audited(port: int, url: str, categories: dict[str, int], times: int = TIMES) -> list[dict]:
    """What Lighthouse said, each time."""
    command = [*system.node(), str(AUDIT / "run.js"), str(port), url, str(times), *categories]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    runs = [json.loads(line) for line in said.splitlines()]
    assert all(run["page"] == url for run in runs), f"another page was audited: {runs[0]['page']}"
    return runs


def install() -> None:
    if not (AUDIT / "node_modules").exists():
        quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run([*system.npm(), "ci", *quiet], cwd=AUDIT, check=True)


if __name__ == "__main__":
    print(HEAD)
    show(rows())
