"""What nginx does by the shipped file."""

import hashlib

import httpx
import pytest
import websocket

from tests.browser.looks import check_looks
from tests.harness.browser import Desk
from tests.harness.client import Client
from tests.harness.making import make
from tests.harness.room import Room
from tests.harness.wire import Wire


@pytest.fixture(scope="module")
def picture(product, someone):
    ada = someone("Ada")
    room = Room(ada, ada.workspace()["id"]).enter()
    image = make(ada, room)[0]
    room.leave()
    return ada, image


def test_pictures_are_sent_by_nginx_after_the_app_has_said_who_may_see_them(product, picture, person):
    ada, image = picture
    through = ada.raw("GET", image["original_url"])
    assert hashlib.sha256(through.content).hexdigest() == image["sha256"]
    assert through.headers["Server"] == "nginx" and through.headers["Content-Type"] == "image/png"
    assert through.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in through.headers["Content-Security-Policy"]
    assert "immutable" in through.headers["Cache-Control"] and "private" in through.headers["Cache-Control"]
    part = ada.raw("GET", image["original_url"], headers={"Range": "bytes=0-3"})
    assert part.status_code == 206 and part.content == through.content[:4]
    assert ada.raw("GET", f"/media/{image['id']}/download").headers["Content-Disposition"].startswith("attachment")
    assert person("Ben").raw("GET", image["original_url"]).status_code == 404
    app = httpx.get(f"http://127.0.0.1:{product.app_ports[0]}{image['original_url']}", cookies=dict(ada.http.cookies))
    assert app.content == b""
    inward = app.headers["X-Accel-Redirect"]
    assert inward.startswith("/internal/media/") and ada.raw("GET", inward).status_code == 404


def test_sockets_come_through_and_other_sites_do_not(product, picture):
    ada, _ = picture
    Wire.of(ada).close()
    with pytest.raises(websocket.WebSocketBadStatusException):
        Wire(product.base_url, ada.cookie(), "http://elsewhere.example")


def test_text_is_compressed_and_the_pages_keep_their_headers(product):
    page = httpx.get(product.base_url)
    assert page.headers["Content-Encoding"] == "gzip"
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    style = page.text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert "immutable" in httpx.get(product.base_url + style).headers["Cache-Control"]


def test_what_is_too_large_stops_at_the_door(product, picture):
    ada, image = picture
    assert ada.raw("PATCH", f"/api/images/{image['id']}", json={"tags": ["x" * 600_000]}).status_code == 413


def test_while_the_app_is_away_a_dark_page_waits_and_the_api_answers_plainly(product, browser):
    desk, client = Desk(browser, product.base_url), Client(product.base_url)
    token = client.token()
    try:
        for app in product.apps:
            app.process.kill()
            app.process.wait()
        answer = client.http.post("/api/auth/login", json={}, headers={"X-CSRFToken": token})
        assert answer.status_code == 503 and answer.headers["Retry-After"] == "5"
        assert answer.json()["error"]["code"] == "unavailable"
        desk.forgive("503")
        page = desk.page(path="/login")
        page.get_by_role("heading", name="Back in a moment").wait_for()
        check_looks(page, "the page that waits")
    finally:
        for app in product.apps:
            app.start()
    page.get_by_label("Email").first.wait_for(timeout=60_000)
    product.wait_until(product.is_whole, 30, "not whole again")
    client.close()
    desk.close()
