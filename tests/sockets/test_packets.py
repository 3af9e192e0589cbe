"""Frames by hand: what no client of ours sends ends that socket, leaves no trace and hurts nobody else."""

import contextlib

import httpx
import pytest
import websocket

from tests.harness.wire import Wire

ABYSS = "[" * 3000 + "]" * 3000
ROOM = '"00000000-0000-7000-8000-000000000000"'
WRONG = [
    "41x", "42", "42{}", "42[]", "42[5]", "42[{}]", "42[null]", '42["join"', "42nonsense", '42["join",NaN]',
    '42["join",{"workspace_id":Infinity}]', '42["join",1e999]', '42["join",{"a":1,"a":2}]', f'42["join",{ABYSS}]',
    '42["join",{},{}]', '42["connect",{}]', '42["disconnect"]', '42["connect_error"]', '42["newListener"]',
    '451-["join",{"_placeholder":true,"num":0}]', '459999999999-["join",{}]', '451-["join"]', "461-[]", "43", "430[]",
    "44{}", "49", "4x", "4", "4{}", '4{"a":1}', "4[[[[", f"4{ABYSS}", "4" + "9" * 200, "42" + "1" * 150 + '["join",{}]',
    '42["join","\\ud800"]', "5", "6", "7", "x", "9", "",
]  # fmt: skip
HARMLESS = [
    '42["paint",{}]', '42["join"]', '42["join",null]', '42["typing",{}]', '42["leave",{"workspace_id":' + ROOM + "}]",
    '42/admin,["watch",{}]', "40/admin,", "40", "2", "3",
]  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def before(product) -> int:
    """How much the product had printed before this file."""
    return len(product.log())


@pytest.fixture
def wire(ana):
    own = Wire.of(ana)
    yield own
    own.close()


@pytest.fixture(scope="module")
def calm(someone):
    """Somebody who goes on working all the while."""
    other = someone("Cal")
    wire, place = Wire.of(other), other.workspace()["id"]
    yield lambda: wire.ask("join", {"workspace_id": place})
    wire.close()


def send(wire: Wire, frame: str) -> None:
    with contextlib.suppress(websocket.WebSocketException, OSError):
        wire.send(frame)


@pytest.mark.parametrize("frame", WRONG, ids=lambda frame: repr(frame[:24]))
def test_a_wrong_frame_leaves_everyone_else_in_peace(wire, calm, product, before, frame):
    send(wire, frame)
    assert calm()["snapshot"]
    assert "Traceback" not in product.log()[before:]


@pytest.mark.parametrize("frame", ['42["join",NaN]', "42{}", '42["disconnect"]', '451-["join",{"num":0}]', "42[5]"])
def test_a_socket_that_sends_what_no_client_sends_is_dropped(wire, frame):
    wire.send(frame)
    assert wire.is_closed()


@pytest.mark.parametrize("frame", HARMLESS)
def test_a_frame_that_is_only_mistaken_is_answered_or_passed_over(wire, ana, frame):
    wire.send(frame)
    assert "error" in wire.ask("join", {"workspace_id": "x"})


def test_bytes_are_refused(wire, calm):
    wire.send_bytes(b"\x00\x01\x02")
    assert wire.is_closed()
    assert calm()["snapshot"]


def test_a_frame_that_is_too_large_ends_the_socket(wire, calm):
    send(wire, '42["join",{"workspace_id":"' + "x" * 100_000 + '"}]')
    assert wire.is_closed()
    assert calm()["snapshot"]


def test_events_before_the_greeting_are_passed_over(ana, calm):
    wire = Wire(ana.base_url, ana.cookie())
    wire.send('42["join",{"workspace_id":' + ROOM + "}]")
    wire.send("40")
    assert wire.hear("40{")
    wire.close()


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://127.0.0.1:1", "http://localhost"])
def test_a_page_of_another_origin_opens_no_socket(ana, origin):
    with pytest.raises(websocket.WebSocketBadStatusException):
        Wire(ana.base_url, ana.cookie(), origin)


def test_forwarded_headers_of_a_stranger_open_no_socket(ana):
    lies = "X-Forwarded-Host: elsewhere.example", "X-Forwarded-Proto: https"
    with pytest.raises(websocket.WebSocketBadStatusException):
        Wire(ana.base_url, ana.cookie(), "https://elsewhere.example", *lies)


def test_a_program_without_an_origin_and_with_a_cookie_may_come_in(ana):
    wire = Wire(ana.base_url, ana.cookie(), "")
    wire.send("40")
    assert wire.hear("40{")
    wire.close()


def test_without_a_sign_in_there_is_no_socket(product):
    with pytest.raises(websocket.WebSocketBadStatusException):
        Wire(product.base_url)
    signed_out = httpx.get(f"{product.base_url}/api/session").headers["Set-Cookie"].split(";")[0]
    with pytest.raises(websocket.WebSocketBadStatusException):
        Wire(product.base_url, signed_out)


def test_an_ended_sign_in_opens_no_namespace(someone):
    zoe = someone("Zoe")
    kept = zoe.cookie()
    zoe.post("/api/auth/logout")
    wire = Wire(zoe.base_url, kept)
    wire.send("40")
    assert "signed_out" in wire.hear("44")
    wire.close()


def test_there_is_no_long_polling(ana):
    answer = ana.raw("GET", "/socket.io/?EIO=4&transport=polling")
    assert answer.status_code == 400
