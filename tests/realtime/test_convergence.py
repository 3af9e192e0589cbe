"""The law of the room: state built from events equals state fetched afresh, for every durable event type."""

import pytest

from server.protocol.events import DURABLE

SMALL = {"model": "sketch", "width": 64, "height": 64, "steps": 1}


@pytest.fixture(scope="module")
def told(product) -> set[str]:
    """The types of all events that the tests of this file saw."""
    return set()


@pytest.fixture
def ana(person):
    return person("Ana")


@pytest.fixture
def place(ana) -> str:
    return ana.workspace()["id"]


@pytest.fixture
def agree(ana, place, enter, told):
    """Watch the room from before the test; afterwards the watcher must equal a fresh snapshot."""
    room = enter(ana, place)

    def check() -> None:
        snapshot = ana.get(f"/api/workspaces/{place}/snapshot")["snapshot"]
        room.wait_for_seq(snapshot["seq"])
        fresh = ana.get(f"/api/workspaces/{place}/snapshot")["snapshot"]
        if fresh["seq"] != snapshot["seq"]:
            return check()
        assert room.state.differences(fresh) == {}
        told.update(event["type"] for event in room.events)

    room.check = check
    return room


def make(person, place: str, count: int = 2, room=None) -> list[dict]:
    """Generate and wait until every picture is ready."""
    body = {"workspace_id": place, "prompt": "a red fox in rain", "batch_size": count, **SMALL}
    images = person.post("/api/generate", body)["images"]
    for image in images:
        room.wait_for_event("image.updated", id=image["id"], status="ready", patience=40)
    return images


def test_pictures_from_waiting_to_ready(ana, place, agree):
    make(ana, place, 3, agree)
    agree.check()


def test_deleting_restoring_starring_and_tagging(ana, place, agree):
    first, second = make(ana, place, 2, agree)
    ana.patch(f"/api/images/{first['id']}", {"starred": True, "tags": ["keep"]})
    ana.delete(f"/api/images/{second['id']}")
    agree.check()
    ana.post(f"/api/images/{second['id']}/restore")
    ana.patch(f"/api/images/{first['id']}", {"starred": False})
    agree.check()


def test_cancelling_and_trying_again(ana, place, agree):
    body = {"workspace_id": place, "prompt": "[slow:20] a fox", "batch_size": 2, **SMALL, "steps": 20}
    generation = ana.post("/api/generate", body)["generation"]
    ana.post(f"/api/generations/{generation['id']}/cancel")
    agree.check()
    ana.post(f"/api/generations/{generation['id']}/retry")
    ana.post(f"/api/generations/{generation['id']}/cancel")
    agree.check()


def test_failing(ana, place, agree):
    body = {"workspace_id": place, "prompt": "[fail:moderated] a fox", "batch_size": 1, **SMALL}
    image = ana.post("/api/generate", body)["images"][0]
    failed = agree.wait_for_event("image.updated", id=image["id"], status="failed")["image"]
    assert failed["error"]["kind"] == "moderated"
    agree.check()


def test_talking_proposing_and_deleting(ana, place, agree):
    sent = ana.post(f"/api/workspaces/{place}/messages", {"content": "variants of a fox at dawn"})
    reply = agree.wait_for_event("message.updated", id=sent["reply"]["id"], status="complete", patience=30)["message"]
    ana.patch(f"/api/proposals/{reply['proposals'][0]['id']}", {"status": "used"})
    agree.check()
    ana.delete(f"/api/messages/{sent['message']['id']}")
    agree.check()


def test_stopping_a_reply_and_asking_again(ana, place, agree):
    sent = ana.post(f"/api/workspaces/{place}/messages", {"content": "help me with a picture of a harbour"})
    agree.wait_for(lambda room: room.heard("message.delta"))
    ana.post(f"/api/messages/{sent['reply']['id']}/stop")
    agree.check()
    ana.post(f"/api/messages/{sent['reply']['id']}/retry")
    agree.wait_for_event("message.updated", id=sent["reply"]["id"], status="complete", patience=30)
    agree.check()


def test_themes_and_styles_and_the_name(ana, place, agree):
    theme = ana.post("/api/themes", {"name": "Coast", "base_prompt": "by the sea"})["theme"]
    ana.patch(f"/api/workspaces/{place}", {"name": "Harbour", "theme_id": theme["id"]})
    ana.patch(f"/api/themes/{theme['id']}", {"base_prompt": "by the grey sea"})
    style = ana.post(f"/api/workspaces/{place}/styles", {"name": "Ink", "positive": "{prompt}, ink"})["style"]
    ana.patch(f"/api/styles/{style['id']}", {"steps": 12})
    agree.check()
    ana.delete(f"/api/styles/{style['id']}")
    ana.delete(f"/api/themes/{theme['id']}")
    agree.check()


def test_people_coming_changing_and_going(ana, person, place, agree):
    ben = person("Ben")
    token = ana.post(f"/api/workspaces/{place}/invites", {"role": "editor"})["invite"]["token"]
    ben.post(f"/api/invites/{token}/accept")
    ana.patch(f"/api/workspaces/{place}/members/{ben.user['id']}", {"role": "viewer"})
    ben.patch("/api/account", {"name": "Benjamin"})
    agree.check()
    ana.delete(f"/api/workspaces/{place}/members/{ben.user['id']}")
    agree.check()


def test_the_last_event_of_a_workspace_is_its_end(ana, place, agree, told):
    ana.delete(f"/api/workspaces/{place}")
    agree.wait_for_event("workspace.deleted", id=place)
    told.update(event["type"] for event in agree.events)
    assert agree.events[-1]["type"] == "workspace.deleted"


def test_every_durable_event_type_was_seen(told):
    assert told == set(DURABLE)
