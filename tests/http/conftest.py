"""People who stay for a whole file, since signing up is the slow part."""

from collections.abc import Callable, Iterator

import pytest

from tests.harness.client import Client, newcomers
from tests.harness.making import make
from tests.harness.product import Product
from tests.harness.room import Room


@pytest.fixture(scope="module")
def ana(someone) -> Client:
    return someone("Ana")


@pytest.fixture(scope="module")
def stranger(someone) -> Client:
    return someone("Sven")


@pytest.fixture(scope="module")
def place(ana) -> str:
    """A workspace of Ana's."""
    return ana.workspace()["id"]


@pytest.fixture(scope="module")
def room(ana, place) -> Iterator[Room]:
    """A tab of Ana's in it."""
    tab = Room(ana, place)
    yield tab.enter()
    tab.leave()


@pytest.fixture(scope="module")
def picture(ana, room) -> dict:
    """A ready image in it."""
    return make(ana, room)[0]


@pytest.fixture
def nobody(product) -> Iterator[Client]:
    """Somebody without an account."""
    client = Client(product.base_url)
    yield client
    client.close()


@pytest.fixture(scope="package")
def till(tmp_path_factory) -> Iterator[Product]:
    """A fresh installation that bills, and looks often whether its sockets are still signed in."""
    settings = {"BILLING_ENABLED": "1", "SKETCH_PACE": "0", "RECHECK_SECONDS": "0.3"}
    with Product(tmp_path_factory.mktemp("till"), **settings).running() as own:
        yield own


@pytest.fixture(scope="package")
def first(till) -> Iterator[Client]:
    """Whoever made its first account."""
    client = Client(till.base_url)
    client.register("Fay")
    yield client
    client.close()


@pytest.fixture
def free(till, first) -> Iterator[Callable[[str], Client]]:
    """`free("Finn")` is somebody on its Free plan."""
    with newcomers(till.base_url) as make:
        yield make
