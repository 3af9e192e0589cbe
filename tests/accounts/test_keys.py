"""API keys: what they open, and what stays shut."""

import httpx
import pytest
import socketio

from tests.harness.making import refusal


def using(secret: str, base_url: str) -> httpx.Client:
    """A program: no cookie, no token, no origin."""
    return httpx.Client(base_url=base_url, headers={"Authorization": f"Bearer {secret}"}, timeout=15)


@pytest.fixture
def yara(resident):
    return resident("Yara")


@pytest.fixture
def program(yara, house):
    """`program("read")` holds a key of Yara's with these scopes."""
    opened = []

    def make(*scopes: str) -> httpx.Client:
        secret = yara.post("/api/keys", {"name": "Script", "scopes": list(scopes)})["secret"]
        opened.append(using(secret, house.base_url))
        return opened[-1]

    yield make
    for client in opened:
        client.close()


def test_a_key_is_listed_without_its_secret_and_says_when_it_was_used(yara, house):
    made = yara.post("/api/keys", {"name": "Script", "scopes": ["read", "generate"]}, status=201)
    assert made["secret"].startswith("em_") and len(made["secret"]) > 40
    assert set(made["key"]) == {"id", "name", "scopes", "last4", "created_at", "last_used_at"}
    assert made["key"]["last_used_at"] is None
    with using(made["secret"], house.base_url) as program:
        assert program.get("/api/workspaces").status_code == 200
    listed = yara.get("/api/keys")["items"]
    assert [key["id"] for key in listed] == [made["key"]["id"]]
    assert listed[0]["last_used_at"] and made["secret"] not in str(listed)


def test_each_scope_opens_its_doors_only(yara, program):
    place = yara.workspace("Foxes")["id"]
    reader, maker, admin = program("read"), program("generate"), program("admin")
    style, name = {"name": "Ink"}, {"name": "Owls"}
    answers = {
        "read": (200, 403, 403), "generate": (403, 201, 403), "admin": (403, 403, 200),
    }
    for scope, client in {"read": reader, "generate": maker, "admin": admin}.items():
        got = (
            client.get(f"/api/workspaces/{place}/snapshot").status_code,
            client.post(f"/api/workspaces/{place}/styles", json=style).status_code,
            client.patch(f"/api/workspaces/{place}", json=name).status_code,
        )
        assert got == answers[scope], scope
    refused = reader.post(f"/api/workspaces/{place}/styles", json=style).json()["error"]
    assert refused["code"] == "forbidden" and "generate" in refused["message"]


def test_no_key_opens_the_account_or_makes_keys(program):
    everything = program("read", "generate", "admin")
    for method, path in (("GET", "/api/keys"), ("POST", "/api/keys"), ("DELETE", "/api/account"),
                         ("GET", "/api/account/export"), ("GET", "/api/account/sessions"),
                         ("POST", "/api/auth/password"), ("POST", "/api/auth/logout-everywhere"),
                         ("POST", "/api/billing/checkout")):
        assert refusal(Raw(everything), method, path, json={})[:2] == (403, "forbidden"), path


class Raw:
    """What `refusal` asks of a person."""

    def __init__(self, client: httpx.Client):
        self.raw = client.request


def test_a_deleted_and_an_invented_key_open_nothing_even_beside_a_cookie(yara, house):
    made = yara.post("/api/keys", {"name": "Script", "scopes": ["read"]})
    yara.delete(f"/api/keys/{made['key']['id']}", status=204)
    for secret in (made["secret"], "em_invented"):
        with using(secret, house.base_url) as program:
            assert refusal(Raw(program), "GET", "/api/workspaces")[:2] == (401, "signed_out")
            program.cookies = yara.http.cookies
            assert program.get("/api/workspaces").status_code == 401


def test_a_key_opens_no_page_and_no_socket(yara, house):
    secret = yara.post("/api/keys", {"name": "Script", "scopes": ["read", "generate", "admin"]})["secret"]
    with using(secret, house.base_url) as program:
        assert program.get("/workspaces").status_code == 302
    tab = socketio.Client(reconnection=False)
    with pytest.raises(socketio.exceptions.ConnectionError):
        tab.connect(house.base_url, headers={"Authorization": f"Bearer {secret}"}, transports=["websocket"])


def test_a_key_of_another_is_not_found(yara, resident):
    made = resident("Zoe").post("/api/keys", {"name": "Hers", "scopes": ["read"]})
    assert refusal(yara, "DELETE", f"/api/keys/{made['key']['id']}")[:2] == (404, "not_found")


def test_every_blueprint_says_what_keys_may_do_there():
    from flask import Flask

    from server import http
    from server.http.scopes import SCOPES

    app = Flask("doors", static_folder=None)
    http.register(app)
    assert set(app.blueprints) == set(SCOPES)
