"""The product connected to a vendor's contract server, one of each a vendor, and people who ask it for pictures."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.contract import Server, contract_server
from tests.harness.client import Client
from tests.harness.product import Product
from tests.harness.room import Room

MODELS = {"a1111": "sd15", "openai": "gpt-image-1", "bfl": "flux-dev"}
BRISK = {
    "BILLING_ENABLED": "1",
    "LEASE_SECONDS": "2",
    "PROBE_SECONDS": "0.5",
    "RETRY_SECONDS": "0.5",
    "UPKEEP_SECONDS": "0.2",
}


@dataclass(frozen=True)
class Studio:
    """A running product whose first image model is the vendor's, and whose chat model is the talker's."""

    product: Product
    vendor: Server
    talker: Server
    model: str


def connected(kind: str, url: str) -> dict[str, str]:
    return {"IMAGE_API_KIND": kind, "IMAGE_API_URL": url, "IMAGE_API_KEY": "me:key", "IMAGE_API_MODELS": MODELS[kind]}


def open_studio(kind: str, folder) -> Iterator[Studio]:
    with contract_server(kind) as vendor, contract_server("chat") as talker:
        chat = {"CHAT_API_KIND": "openai", "CHAT_API_URL": talker.url, "CHAT_API_MODELS": "script-large"}
        with Product(folder, **BRISK, **connected(kind, vendor.url), **chat).running(90) as product:
            yield Studio(product, vendor, talker, MODELS[kind])


@pytest.fixture(scope="package")
def openai_studio(tmp_path_factory) -> Iterator[Studio]:
    yield from open_studio("openai", tmp_path_factory.mktemp("openai"))


@pytest.fixture(scope="package")
def a1111_studio(tmp_path_factory) -> Iterator[Studio]:
    yield from open_studio("a1111", tmp_path_factory.mktemp("a1111"))


@pytest.fixture(scope="package")
def bfl_studio(tmp_path_factory) -> Iterator[Studio]:
    yield from open_studio("bfl", tmp_path_factory.mktemp("bfl"))


@pytest.fixture(params=list(MODELS))
def studio(request) -> Studio:
    """Each vendor in turn, polite again."""
    opened = request.getfixturevalue(f"{request.param}_studio")
    opened.vendor.reset()
    return opened


@pytest.fixture
def sit_down(enter) -> Iterator[Callable[[Studio], Room]]:
    """`sit_down(studio)` is a new person's tab in a workspace of their own."""
    people: list[Client] = []

    def make(studio: Studio) -> Room:
        person = Client(studio.product.base_url)
        people.append(person)
        person.register("Ada")
        return enter(person, person.workspace()["id"])

    yield make
    for person in people:
        person.close()
