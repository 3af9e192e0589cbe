"""What nginx does by the shipped file."""

import hashlib
import re
import socket
import subprocess

import httpx
import pytest
import websocket

from server.launch import system
from server.launch.port import unused
from tests.browser.looks import check_looks
from tests.harness.browser import Desk
from tests.harness.client import Client
from tests.harness.making import make
from tests.harness.product import ROOT
from tests.harness.room import Room
from tests.harness.wire import Wire
from tests.production.town import House


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


@pytest.fixture
def with_tls(product, tmp_path):
    """(http, https): a second nginx whose TLS lines were uncommented by the command of docs/deployment.md."""
    plain, secret = unused(), unused()
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-keyout", key, "-out", certificate], check=True, capture_output=True)  # fmt: skip
    command = re.search(r"sed -i '(.+)' nginx\.conf", (ROOT / "docs" / "deployment.md").read_text())[1]
    text = subprocess.run(["sed", command], input=product.nginx_conf(), capture_output=True, text=True).stdout
    for theirs, ours in {
        f"listen 127.0.0.1:{product.door};": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl;": f"listen 127.0.0.1:{secret} ssl;",
        "/etc/letsencrypt/live/emulsion": str(tmp_path),
        f"{product.folder}/nginx.pid": f"{tmp_path}/nginx.pid",
        f"{product.folder}/static": f"{tmp_path}/static",
        "        http2 on;\n": "        http2 on;\n" if knows_http2() else "",
    }.items():
        assert theirs in text, theirs
        text = text.replace(theirs, ours)
    (tmp_path / "nginx.conf").write_text(text)
    call = [system.nginx(), "-c", str(tmp_path / "nginx.conf"), "-e", str(tmp_path / "nginx.log")]
    checked = subprocess.run([*call, "-t"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    house = House("nginx-tls", [*call, "-g", "daemon off;"], {}, 20, tmp_path).start()
    product.wait_until(lambda: listens(secret), 10, "nginx did not start")
    yield plain, secret
    house.stop()


def listens(port: int) -> bool:
    with socket.socket() as knock:
        return knock.connect_ex(("127.0.0.1", port)) == 0


def knows_http2() -> bool:
    """The directive came with nginx 1.25.1; the image has 1.28."""
    told = subprocess.run([system.nginx(), "-v"], capture_output=True, text=True).stderr
    return tuple(map(int, re.search(r"nginx/(\d+)\.(\d+)", told).groups())) > (1, 25)


def test_with_a_certificate_pages_come_by_tls_and_nothing_in_the_clear(with_tls):
    plain, secret = with_tls
    page = httpx.get(f"https://127.0.0.1:{secret}/login", verify=False)
    assert page.status_code == 200 and "Log in" in page.text
    clear = httpx.get(f"http://127.0.0.1:{plain}/login?next=/w")
    assert clear.status_code == 301 and clear.headers["Location"] == "https://127.0.0.1/login?next=/w"


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
