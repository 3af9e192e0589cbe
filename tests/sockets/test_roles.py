"""Every socket event, every role: a stranger finds no room, a viewer may all that happens in it."""

import pytest

from server.extensions import socketio
from server.sockets import workspace
from tests.harness.making import admit
from tests.http.policies import EVENTS


@pytest.fixture(scope="module")
def rooms(ana, someone, stranger):
    """(workspace, id of a message in it, one signed-in person for each role)."""
    place = ana.workspace()["id"]
    people = {"stranger": stranger, "owner": ana}
    people |= {role: admit(ana, someone(role), place, role) for role in ("viewer", "editor")}
    message = ana.post(f"/api/workspaces/{place}/messages", {"content": "hello"})["message"]["id"]
    return place, message, people


def test_every_event_has_a_policy():
    assert workspace.join
    assert {name for name, _, namespace in socketio.handlers if namespace == "/"} == set(EVENTS)


@pytest.mark.parametrize("name", [name for name, role in EVENTS.items() if role == "viewer"])
def test_members_are_heard_and_strangers_are_not(rooms, enter, name):
    place, message, people = rooms
    bodies = {
        "join": {"workspace_id": place},
        "typing": {"workspace_id": place, "typing": False},
        "focus": {"workspace_id": place, "image_id": None},
        "hide": {"workspace_id": place, "hidden": False},
        "watch_replies": {"message_id": message},
    }
    for role, person in people.items():
        tab = enter(person, person.workspace()["id"])
        answer = tab.call(name, bodies[name])
        refused = answer.get("error", {}).get("code")
        assert refused == ("not_found" if role == "stranger" else None), role
