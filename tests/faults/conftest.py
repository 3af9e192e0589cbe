"""One product that bears being broken: short leases and periods, whole again before each test."""

from collections.abc import Callable, Iterator

import pytest

from tests.contract import Server, contract_server
from tests.harness.client import Client
from tests.harness.product import Product
from tests.harness.room import Room

SHORT = {
    "LEASE_SECONDS": "2.5",
    "UPKEEP_SECONDS": "0.2",
    "SWEEP_SECONDS": "0.5",
    "HEAD_SECONDS": "1",
    "PROBE_SECONDS": "1",
}


@pytest.fixture(scope="package")
def talker() -> Iterator[Server]:
    """The chat vendor of the sturdy product."""
    with contract_server("chat") as server:
        yield server


@pytest.fixture(scope="package")
def sturdy_product(tmp_path_factory, talker) -> Iterator[Product]:
    chat = {"CHAT_API_KIND": "openai", "CHAT_API_URL": talker.url, "CHAT_API_MODELS": "script-large"}
    with Product(tmp_path_factory.mktemp("sturdy"), **SHORT, **chat).running(90) as product:
        yield product


@pytest.fixture
def sturdy(sturdy_product, talker) -> Product:
    talker.reset()
    sturdy_product.wait_until(sturdy_product.is_whole, 30, "the test before left it broken")
    return sturdy_product


@pytest.fixture
def tabs(sturdy, enter) -> Iterator[Callable[[], list[Room]]]:
    """`tabs()` are two tabs of a new person in a workspace of their own."""
    people: list[Client] = []

    def make() -> list[Room]:
        person = Client(sturdy.base_url)
        people.append(person)
        person.register("Ada")
        workspace = person.workspace()
        return [enter(person, workspace["id"]) for _ in range(2)]

    yield make
    for person in people:
        person.close()
