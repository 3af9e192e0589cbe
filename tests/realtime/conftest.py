"""The room in both async modes."""

import pytest

from tests.harness.product import Product


@pytest.fixture(scope="session", params=["eventlet", "gevent"])
def product(request, product) -> Product:
    """Whatever holds in this folder holds in both async modes."""
    return request.getfixturevalue("gevent_product") if request.param == "gevent" else product
