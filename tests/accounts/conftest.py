"""An installation with a mail server of its own, and people in it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.faults.crash_points import HOOKS
from tests.harness.client import Client, newcomers
from tests.harness.product import Product

DOOR = "server.sockets.gate:admit"


@pytest.fixture(scope="package")
def house(tmp_path_factory, post) -> Iterator[Product]:
    """It tries again soon and never slows anybody down; whoever comes in can be held at the door."""
    folder = tmp_path_factory.mktemp("house")
    with Product(
        folder, MAIL_URL=post.url, MAIL_FROM="Emulsion <lab@example.com>", BRAKE_SECONDS="0",
        RETRY_SECONDS="0.1", PUBLIC_URL="", WEB_PROCESSES="3", RECHECK_SECONDS="600",
        UPKEEP_SECONDS="0.5", PYTHONPATH=str(HOOKS), CRASH_FILE=str(folder / "hold"), CRASH_TARGETS=DOOR,
    ).running() as own:
        yield own


@pytest.fixture
def ledger(house) -> Iterator[sqlite3.Connection]:
    """The house's database, for what takes weeks to happen by itself."""
    opened = sqlite3.connect(house.data_dir / "emulsion.db", timeout=10, isolation_level=None)
    yield opened
    opened.close()


@pytest.fixture(scope="package")
def root(house) -> Iterator[Client]:
    """The superuser: whoever made the first account."""
    client = Client(house.base_url)
    client.register("Root")
    yield client
    client.close()


@pytest.fixture
def hold_the_door(house) -> Callable:
    """`with hold_the_door("before") as somebody_waits` keeps whoever comes in before they are asked who they are."""
    fuse = Path(house.settings["CRASH_FILE"])
    mark = fuse.with_name(f"{fuse.name}.held")

    @contextmanager
    def hold(when: str) -> Iterator[Callable[[], bool]]:
        fuse.write_text(f"web {DOOR} {when} hold")
        try:
            yield mark.exists
        finally:
            fuse.unlink()
            mark.unlink(missing_ok=True)

    return hold


@pytest.fixture
def resident(house, root) -> Iterator[Callable[[str], Client]]:
    """`resident("Ada")` has a fresh account there and is signed in."""
    with newcomers(house.base_url) as make:
        yield make


@pytest.fixture
def guest(house, root) -> Iterator[Callable[[], Client]]:
    """`guest()` is a browser in which nobody is signed in."""
    with ExitStack() as stack:

        def make() -> Client:
            client = Client(house.base_url)
            stack.callback(client.close)
            return client

        yield make
