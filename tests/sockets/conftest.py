"""Both async modes; two people who stay for a whole file, and a workspace of theirs."""

import pytest

from tests.harness.client import Client
from tests.harness.making import admit
from tests.harness.product import Product


@pytest.fixture(scope="session", params=["eventlet", "gevent"])
def product(request, product) -> Product:
    """Whatever holds in this folder holds in both async modes."""
    return request.getfixturevalue("gevent_product") if request.param == "gevent" else product


@pytest.fixture(scope="module")
def ana(someone) -> Client:
    return someone("Ana")


@pytest.fixture(scope="module")
def ben(someone) -> Client:
    return someone("Ben")


@pytest.fixture(scope="module")
def stranger(someone) -> Client:
    return someone("Sven")


@pytest.fixture
def place(ana, ben) -> str:
    """A workspace of Ana's in which Ben is an editor."""
    id = ana.workspace()["id"]
    admit(ana, ben, id, "editor")
    return id
