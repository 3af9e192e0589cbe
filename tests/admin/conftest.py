"""An installation with a superuser at its desk, two web processes, and no mail server."""

import sqlite3
from collections.abc import Callable, Iterator

import pytest

from tests.harness.client import PASSWORD, Client, newcomers
from tests.harness.product import Product


@pytest.fixture(scope="package")
def lab(tmp_path_factory) -> Iterator[Product]:
    with Product(
        tmp_path_factory.mktemp("lab"), SKETCH_PACE="0", IMAGE_SLOTS="1", BRAKE_SECONDS="0", WEB_PROCESSES="2",
        RECHECK_SECONDS="600", BILLING_ENABLED="1", IMAGE_API_URL="http://me:sesame@10.0.0.1", UPKEEP_SECONDS="0.5",
    ).running() as own:
        yield own


@pytest.fixture(scope="package")
def root(lab) -> Iterator[Client]:
    """The superuser, who has just typed the password."""
    client = Client(lab.base_url)
    client.register("Root")
    client.post("/api/admin/confirm", {"password": PASSWORD})
    yield client
    client.close()


@pytest.fixture
def resident(lab, root) -> Iterator[Callable[[str], Client]]:
    """`resident("Ada")` has a fresh account there and is signed in."""
    with newcomers(lab.base_url) as make:
        yield make


@pytest.fixture
def ledger(lab) -> Iterator[sqlite3.Connection]:
    """The lab's database."""
    opened = sqlite3.connect(lab.data_dir / "emulsion.db", timeout=10, isolation_level=None)
    yield opened
    opened.close()
