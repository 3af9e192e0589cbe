"""How the site behaves towards those who do not work in it: crawlers, shared links, and pages that are not there."""

import io
import re

import httpx
import psycopg
import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.browser.looks import check_looks
from tests.harness.browser import Desk


@pytest.fixture
def reader(product, browser):
    desk = Desk(browser, product.base_url)
    yield desk
    desk.close()


def named(html: str, name: str) -> str:
    return re.search(rf'<meta (?:property|name)="{name}" content="([^"]*)"', html)[1]


def check_at_each_width(page: Page, screen: str) -> None:
    for width, height in ((390, 844), (2560, 1440), (1440, 900)):
        page.set_viewport_size({"width": width, "height": height})
        check_looks(page, f"{screen} at {width}")


def test_a_shared_link_shows_a_title_words_and_a_picture(product):
    html = httpx.get(product.base_url).text
    assert named(html, "og:url") == f"{product.base_url}/"
    assert "Emulsion" in named(html, "og:title") and named(html, "og:description") and named(html, "description")
    answer = httpx.get(named(html, "og:image"))
    picture = Image.open(io.BytesIO(answer.content))
    size = (int(named(html, "og:image:width")), int(named(html, "og:image:height")))
    assert picture.size == size and answer.headers["Content-Type"] == "image/jpeg" and len(answer.content) < 200_000


def test_crawlers_read_the_front_page_and_its_pictures_and_nothing_else(product):
    lines = httpx.get(f"{product.base_url}/robots.txt").text.splitlines()
    assert lines == ["User-agent: *", "Allow: /$", "Allow: /static/", "Disallow: /"]
    icon = httpx.get(f"{product.base_url}/favicon.ico")
    assert icon.status_code == 200 and "svg" in icon.headers["Content-Type"]


def test_a_page_that_is_not_there_and_one_that_breaks_are_pages_too(product, reader, person):
    ada = person("Ada")
    reader.forgive("404")
    reader.forgive("500")
    page = reader.page(ada, "/nowhere")
    assert "Nothing here" in page.title()
    check_at_each_width(page, "nothing here")
    place = ada.workspace()["id"]
    with psycopg.connect(product.database_url) as connection:
        connection.execute("UPDATE memberships SET role = 'nobody' WHERE workspace_id = %s", (place,))
    page.goto(f"/w/{place}")
    reference = page.locator("[data-reference]").inner_text()
    check_at_each_width(page, "something broke")
    assert page.title() == "Something broke" and reference in product.log_tail()
    answer = ada.raw("GET", f"/api/workspaces/{place}/snapshot")
    assert answer.status_code == 500 and set(answer.json()["error"]) == {"code", "message", "reference"}
