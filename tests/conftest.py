"""What every test may ask for: the running product, people, rooms and a real browser."""

import os
from collections.abc import Callable, Iterator

import pytest

from tests.harness.browser import Desk, open_browser
from tests.harness.client import Client, newcomers
from tests.harness.post_office import PostOffice
from tests.harness.product import Product
from tests.harness.room import Room


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The product that most tests share, in DATABASE_URL and ASYNC_MODE if set; others start their own."""
    chosen = {name: os.environ[name] for name in ("DATABASE_URL", "ASYNC_MODE") if name in os.environ}
    with Product(tmp_path_factory.mktemp("product"), GUIDE_PACE="0.04", **chosen).running() as shared:
        yield shared


@pytest.fixture(scope="session")
def gevent_product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The same on gevent, for the tests of the sockets."""
    with Product(tmp_path_factory.mktemp("gevent"), GUIDE_PACE="0.04", ASYNC_MODE="gevent").running() as shared:
        yield shared


@pytest.fixture(scope="session")
def post() -> Iterator[PostOffice]:
    """A real mail server; what comes is told apart by its address."""
    office = PostOffice().open()
    yield office
    office.close()


@pytest.fixture
def start_product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Product]]:
    """A product of one's own: `start_product(IMAGE_SLOTS="1")`; `wait=False` only launches it."""
    started: list[Product] = []

    def start(*, wait: bool = True, **settings: str) -> Product:
        product = Product(tmp_path_factory.mktemp("product"), **settings)
        started.append(product)
        if wait:
            product.start()
        else:
            product.launch()
        return product

    start.products = started
    yield start
    for product in started:
        product.discard()


@pytest.fixture
def person(product: Product) -> Iterator[Callable[[str], Client]]:
    """`person("Ada")` is somebody with a fresh account, signed in to the shared product."""
    with newcomers(product.base_url) as make:
        yield make


@pytest.fixture(scope="module")
def someone(product: Product) -> Iterator[Callable[[str], Client]]:
    """`someone("Ada")` has a fresh account and is signed in until the file is done."""
    with newcomers(product.base_url) as make:
        yield make


@pytest.fixture
def enter() -> Iterator[Callable[[Client, str], Room]]:
    """`enter(ada, workspace_id)` is a tab of hers without a screen, joined and in step."""
    rooms: list[Room] = []

    def make(client: Client, workspace_id: str) -> Room:
        room = Room(client, workspace_id)
        rooms.append(room)
        return room.enter()

    yield make
    for room in rooms:
        room.leave()


@pytest.fixture(scope="session")
def browser():
    with open_browser() as opened:
        yield opened


@pytest.fixture
def desk(browser, product: Product) -> Iterator[Desk]:
    """Pages of the shared product; unexpected complaints of the browser fail the test."""
    opened = Desk(browser, product.base_url)
    yield opened
    opened.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    """Show what the product printed beside each failure."""
    report = yield
    if report.failed:
        for value in getattr(item, "funcargs", {}).values():
            for product in getattr(value, "products", [value]):
                if isinstance(product, Product):
                    report.sections.append(("the product's log", product.log_tail()))
    return report
