"""A shop: the product with plans, and a Stripe of our own beside it."""

from collections.abc import Callable, Iterator

import pytest

from tests.billing.lives import SECRET, Till, shop_settings
from tests.contract import Server, contract_server
from tests.harness.client import Client, newcomers
from tests.harness.product import Product


@pytest.fixture(scope="package")
def stripe_server() -> Iterator[Server]:
    with contract_server("stripe") as server:
        yield server


@pytest.fixture(scope="package")
def shop(tmp_path_factory: pytest.TempPathFactory, stripe_server: Server) -> Iterator[Product]:
    with Product(tmp_path_factory.mktemp("shop"), SKETCH_PACE="0", **shop_settings(stripe_server)).running() as product:
        yield product


@pytest.fixture
def stripe(stripe_server: Server, shop: Product) -> Server:
    """Stripe in a good mood, sending its events to the shop."""
    stripe_server.script(behaviour=None, webhook=f"{shop.base_url}/webhooks/stripe", secret=SECRET)
    return stripe_server


@pytest.fixture
def till(stripe: Server, shop: Product) -> Till:
    return Till(shop, stripe)


@pytest.fixture
def buyer(shop: Product) -> Iterator[Callable[[str], Client]]:
    """`buyer("Bea")` is somebody on the Free plan of the shop."""
    with newcomers(shop.base_url) as make:
        yield make
