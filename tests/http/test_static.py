"""The client's files: kept for ever under the name of their state, small on the wire, nothing beside them."""

import gzip
import re

import httpx
import pytest

from tests.harness.product import ROOT


@pytest.fixture(scope="module")
def prefix(product) -> str:
    return re.search(r"/static/[0-9a-f]+/", httpx.get(f"{product.base_url}/login").text)[0]


def fetch(product, path: str, encoding: str = "gzip") -> httpx.Response:
    with httpx.stream("GET", product.base_url + path, headers={"Accept-Encoding": encoding}) as answer:
        answer.body = b"".join(answer.iter_raw())
    return answer


@pytest.mark.parametrize("name", ["js/main.js", "css/theme.css", "vendor/icons.svg", "vendor/marked/marked.esm.js"])
def test_texts_travel_as_gzip_and_are_kept_for_ever(product, prefix, name):
    answer, plain = fetch(product, prefix + name), fetch(product, prefix + name, "identity")
    assert answer.headers["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain.headers
    assert gzip.decompress(answer.body) == plain.body
    assert answer.headers["Content-Type"] == plain.headers["Content-Type"]
    for one in (answer, plain):
        assert one.headers["Cache-Control"].endswith("immutable") and "Accept-Encoding" in one.headers["Vary"]


def test_a_picture_is_sent_as_it_is(product, prefix):
    answer = fetch(product, f"{prefix}img/sea-moon.webp")
    assert "Content-Encoding" not in answer.headers
    assert answer.body == (ROOT / "client/static/img/sea-moon.webp").read_bytes()


def test_an_older_name_still_finds_the_file_but_does_not_keep_it(product):
    answer = fetch(product, "/static/0/js/main.js")
    assert answer.status_code == 200 and "immutable" not in answer.headers.get("Cache-Control", "")


@pytest.mark.parametrize("name", ["../run.py", "vendor/../package.json", "%2e%2e/package.json", "js/none.js", "js"])
def test_nothing_else_is_served(product, prefix, name):
    assert fetch(product, prefix + name).status_code == 404
