"""An installation with a mail server of its own, and people in it."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator

import pytest

from tests.harness.client import Client, newcomers
from tests.harness.product import Product


@pytest.fixture(scope="session")
def house(tmp_path_factory, post) -> Iterator[Product]:
    """It tries again soon and never slows anybody down."""
    with Product(
        tmp_path_factory.mktemp("house"), MAIL_URL=post.url, MAIL_FROM="Emulsion <lab@example.com>", BRAKE_SECONDS="0",
        RETRY_SECONDS="0.1", PUBLIC_URL="", WEB_PROCESSES="3", RECHECK_SECONDS="600",
        UPKEEP_SECONDS="0.5",
    ).running() as own:
        yield own


@pytest.fixture
def ledger(house) -> Iterator[sqlite3.Connection]:
    """The house's database, for what takes weeks to happen by itself."""
    opened = sqlite3.connect(house.data_dir / "emulsion.db", timeout=10, isolation_level=None)
    yield opened
    opened.close()


@pytest.fixture
def resident(house) -> Iterator[Callable[[str], Client]]:
    """`resident("Ada")` has a fresh account there and is signed in."""
    with newcomers(house.base_url) as make:
        yield make


@pytest.fixture
def guest(house) -> Iterator[Callable[[], Client]]:
    """`guest()` is a browser in which nobody is signed in."""
    with contextlib.ExitStack() as stack:

        def make() -> Client:
            client = Client(house.base_url)
            stack.callback(client.close)
            return client

        yield make
