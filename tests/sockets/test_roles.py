"""Every socket event, every role: a stranger finds no room, a viewer may all that happens in it, few have a desk."""

import json
import uuid

import pytest
import websocket

from server.extensions import socketio
from server.sockets import admin, workspace
from tests.harness.client import PASSWORD, Client
from tests.harness.making import admit
from tests.harness.operator import cli
from tests.harness.wire import Wire
from tests.http.policies import EVENTS

RANKS = ("viewer", "editor", "owner")
NOT_FOUND = "not_found"


@pytest.fixture(scope="module")
def place(ana) -> str:
    return ana.workspace()["id"]


@pytest.fixture(scope="module")
def people(ana, stranger, someone, product, place) -> dict[str, Client]:
    root = someone("Root")
    cli(product, "create-superuser", root.user["email"])
    root.post("/api/admin/confirm", {"password": PASSWORD})
    root.patch(f"/api/admin/users/{ana.user['id']}", {"is_superuser": False})
    members = {role: admit(ana, someone(role), place, role) for role in ("viewer", "editor")}
    return {"stranger": stranger, **members, "owner": ana, "superuser": root}


@pytest.fixture(scope="module")
def bodies(ana, place) -> dict[str, dict]:
    """What each event says that is right, about Ana's workspace."""
    message = ana.post(f"/api/workspaces/{place}/messages", {"content": "hello"})["message"]["id"]
    return {
        "join": {"workspace_id": place},
        "leave": {"workspace_id": place},
        "typing": {"workspace_id": place, "typing": False},
        "focus": {"workspace_id": place, "image_id": None},
        "hide": {"workspace_id": place, "hidden": False},
        "watch_replies": {"message_id": message},
        "watch": {"topics": ["stats", "events"]},
        "*": {},
    }


def let_in(client: Client, namespace: str) -> tuple[Wire, str]:
    """A socket that asks for a namespace, and what it is told: it begins with 0 (in) or 4 (refused)."""
    wire = Wire(client.base_url, client.cookie())
    name = "" if namespace == "/" else f"{namespace},"
    wire.send(f"40{name}")
    return wire, wire.hear("4").removeprefix("4").replace(name, "", 1)


def may(policy: str, role: str) -> bool:
    if policy == "viewer":
        return role in RANKS
    return policy == "person" or policy == role


def test_every_event_has_a_policy():
    assert workspace.join and admin.watch
    assert {(namespace, name) for name, _, namespace in socketio.handlers} == set(EVENTS)


@pytest.mark.parametrize("namespace", [namespace for namespace, name in EVENTS if name == "connect"])
def test_a_namespace_lets_in_whom_it_may(namespace, people):
    for role, person in people.items():
        wire, told = let_in(person, namespace)
        assert told[0] == ("0" if may(EVENTS[namespace, "connect"], role) else "4"), (role, told)
        wire.close()


def test_without_a_sign_in_there_is_no_socket(product):
    for more in ((), ("Authorization: Bearer em_invented",)):
        with pytest.raises(websocket.WebSocketBadStatusException, match="401"):
            Wire(product.base_url, "", None, *more)


@pytest.mark.parametrize("namespace, name", [event for event in EVENTS if event[1] not in ("connect", "disconnect")])
def test_an_event_is_heard_from_whom_it_may_be(namespace, name, people, bodies):
    said = name if name != "*" else f"paint {uuid.uuid4()}"
    for role, person in people.items():
        wire, told = let_in(person, namespace)
        if told[0] == "4":
            hears_nothing(wire, namespace, said, bodies[name])
            wire.close()
            continue
        answer = ask(wire, namespace, said, bodies[name])
        refused = answer.get("error", {}).get("code")
        assert refused == (None if name != "*" and may(EVENTS[namespace, name], role) else NOT_FOUND), (role, answer)
        wire.close()


def ask(wire: Wire, namespace: str, name: str, body: dict) -> dict:
    prefix = "" if namespace == "/" else f"{namespace},"
    wire.send(f"42{prefix}7" + json.dumps([name, body]))
    return json.loads(wire.hear(f"43{prefix}7").removeprefix(f"43{prefix}7"))[0]


def hears_nothing(wire: Wire, namespace: str, name: str, body: dict) -> None:
    """Whoever was not let in and speaks all the same gets no answer; a socket is answered in order."""
    wire.send(f"42{namespace},7" + json.dumps([name, body]))
    wire.send("40")
    assert wire.hear("4").startswith("40{")
