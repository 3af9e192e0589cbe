"""An installation with a helpdesk that has an address, its staff, and people who ask."""

from collections.abc import Callable, Iterator

import pytest

from tests.harness.browser import Desk
from tests.harness.client import Client, newcomers
from tests.harness.product import Product

HELPDESK = "helpdesk@example.com"


@pytest.fixture(scope="package")
def office(tmp_path_factory, post) -> Iterator[Product]:
    with Product(
        tmp_path_factory.mktemp("office"), MAIL_URL=post.url, MAIL_FROM="Emulsion <lab@example.com>",
        HELPDESK_EMAIL=HELPDESK, SKETCH_PACE="0", RETRY_SECONDS="0.1",
    ).running() as own:  # fmt: skip
        yield own


@pytest.fixture(scope="package")
def sue(office) -> Iterator[Client]:
    """The superuser: whoever made the first account."""
    client = Client(office.base_url)
    client.register("Sue")
    yield client
    client.close()


@pytest.fixture
def resident(office, sue) -> Iterator[Callable[[str], Client]]:
    """`resident("Ada")` has a fresh account there and is signed in."""
    with newcomers(office.base_url) as make:
        yield make


@pytest.fixture
def pat(resident) -> Client:
    return resident("Pat")


@pytest.fixture
def guest(office, sue) -> Iterator[Client]:
    """A browser in which nobody is signed in."""
    client = Client(office.base_url)
    yield client
    client.close()


@pytest.fixture
def desk(browser, office, sue) -> Iterator[Desk]:
    """Pages of it; unexpected complaints of the browser fail the test."""
    opened = Desk(browser, office.base_url)
    yield opened
    opened.close()
