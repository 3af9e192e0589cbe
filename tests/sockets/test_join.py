"""Entering a room: what one is given, first or tenth time."""

import uuid

import pytest

from tests.harness.making import admit

ANSWER = {"seq", "epoch", "snapshot", "events", "presence", "streams"}
SNAPSHOT = {
    "seq", "epoch", "workspace", "me", "members", "themes", "styles", "messages", "generations", "images",
    "images_total", "draft",
}  # fmt: skip


@pytest.fixture
def room(ana, place, enter):
    return enter(ana, place)


def rejoin(room, **known) -> dict:
    return room.call("join", {"workspace_id": room.workspace_id, **known})


def test_the_first_time_gives_a_snapshot(ana, room):
    answer = room.joined
    assert set(answer) == ANSWER and set(answer["snapshot"]) == SNAPSHOT
    assert answer["events"] is None and answer["streams"] == []
    assert answer["snapshot"]["seq"] == answer["seq"]
    assert answer["snapshot"]["epoch"] == answer["epoch"]
    assert answer["snapshot"]["me"] == {"user_id": ana.user["id"], "role": "owner"}
    assert answer["snapshot"]["draft"] == {"text": "", "negative": "", "settings": {}}


def test_who_knows_everything_gets_no_events(room):
    answer = rejoin(room, since=room.joined["seq"], epoch=room.joined["epoch"])
    assert (answer["events"], answer["snapshot"]) == ([], None)


def test_who_missed_something_gets_just_that(ana, room):
    since = room.joined["seq"]
    ana.patch(f"/api/workspaces/{room.workspace_id}", {"name": "One"})
    ana.patch(f"/api/workspaces/{room.workspace_id}", {"name": "Two"})
    answer = rejoin(room, since=since, epoch=room.joined["epoch"])
    assert answer["snapshot"] is None
    assert [event["seq"] for event in answer["events"]] == [since + 1, since + 2]
    assert answer["events"][1]["data"]["workspace"]["name"] == "Two"
    assert answer["seq"] == since + 2


@pytest.mark.parametrize("known", [{}, {"since": None}, {"since": 10**6}, {"since": 0, "epoch": "another"}])
def test_whoever_knows_nothing_right_gets_a_snapshot(room, known):
    answer = rejoin(room, **known)
    assert answer["events"] is None and answer["snapshot"]["seq"] == answer["seq"]


def test_entering_again_and_again_is_one_seat(ana, room):
    for _ in range(3):
        answer = rejoin(room)
    assert [(person["user_id"], person["tabs"]) for person in answer["presence"]] == [(ana.user["id"], 1)]


def test_a_viewer_enters_and_sees_their_own_role(ana, ben, place, enter):
    ana.patch(f"/api/workspaces/{place}/members/{ben.user['id']}", {"role": "viewer"})
    assert enter(ben, place).joined["snapshot"]["me"] == {"user_id": ben.user["id"], "role": "viewer"}


def test_each_event_reaches_every_tab_in_order(ana, ben, place, enter):
    tabs = [enter(ana, place), enter(ana, place), enter(ben, place)]
    for number in range(5):
        ben.post(f"/api/workspaces/{place}/styles", {"name": f"Style {number}"})
    head = ana.get(f"/api/workspaces/{place}/snapshot")["snapshot"]["seq"]
    for tab in tabs:
        tab.wait_for_seq(head)
        assert [event["seq"] for event in tab.events] == list(range(tab.joined["seq"] + 1, head + 1))
        assert set(tab.events[0]) == {"workspace_id", "seq", "type", "at", "actor_id", "data"}
        assert {event["actor_id"] for event in tab.events} == {ben.user["id"]}


def test_who_leaves_hears_nothing_more(ana, ben, place, enter):
    gone, stays = enter(ben, place), enter(ana, place)
    assert gone.call("leave", {"workspace_id": place}) == {}
    ana.patch(f"/api/workspaces/{place}", {"name": "Quiet"})
    stays.wait_for_event("workspace.updated", name="Quiet")
    assert gone.call("leave", {"workspace_id": place}) == {}
    assert gone.events == []


def test_what_a_member_may_a_stranger_may_not(stranger, place, enter):
    room = enter(stranger, stranger.workspace()["id"])
    reply = str(uuid.uuid4())
    for name, data in (
        ("join", {"workspace_id": place}),
        ("typing", {"workspace_id": place, "typing": True}),
        ("focus", {"workspace_id": place, "image_id": None}),
        ("hide", {"workspace_id": place, "hidden": True}),
        ("watch_replies", {"message_id": reply}),
    ):
        error = room.call(name, data)["error"]
        assert error["code"] == "not_found" and error["message"], name


def test_a_wrong_body_is_answered_with_its_field(room):
    for name, data, field in (
        ("join", None, None),
        ("join", [], None),
        ("join", "x", None),
        ("join", {}, "workspace_id"),
        ("join", {"workspace_id": 5}, "workspace_id"),
        ("join", {"workspace_id": "x"}, "workspace_id"),
        ("join", {"workspace_id": room.workspace_id, "since": -1}, "since"),
        ("join", {"workspace_id": room.workspace_id, "since": "0"}, "since"),
        ("typing", {"workspace_id": room.workspace_id, "typing": "yes"}, "typing"),
        ("focus", {"workspace_id": room.workspace_id, "image_id": "x"}, "image_id"),
        ("hide", {"workspace_id": room.workspace_id}, "hidden"),
        ("hide", {"workspace_id": room.workspace_id, "hidden": 1}, "hidden"),
        ("leave", {"workspace_id": room.workspace_id, "more": 1}, "more"),
    ):
        error = room.call(name, data)["error"]
        assert (error["code"], error.get("field")) == ("invalid", field), (name, data)


def test_an_event_that_nobody_knows_is_answered(room):
    assert room.call("paint", {})["error"]["code"] == "not_found"


def test_a_reply_can_be_watched_as_far_as_it_is(ana, place, room, stranger, enter):
    reply = ana.post(f"/api/workspaces/{place}/messages", {"content": "tell me about harbours"})["reply"]
    room.wait_for(lambda tab: tab.heard("message.delta"))
    late = enter(ana, place)
    assert [stream["message_id"] for stream in late.joined["streams"]] in ([reply["id"]], [])
    done = room.wait_for_event("message.updated", id=reply["id"], status="complete", patience=30)["message"]
    assert room.call("watch_replies", {"message_id": reply["id"]}) == {"attempt": 1, "text": done["content"]}
    other = enter(stranger, stranger.workspace()["id"])
    assert other.call("watch_replies", {"message_id": reply["id"]})["error"]["code"] == "not_found"


def test_deltas_join_to_the_whole_reply_by_their_offsets(ana, place, room):
    reply = ana.post(f"/api/workspaces/{place}/messages", {"content": "help me with a harbour"})["reply"]
    done = room.wait_for_event("message.updated", id=reply["id"], status="complete", patience=30)["message"]
    text = ""
    for delta in room.heard("message.delta"):
        assert set(delta) == {"workspace_id", "message_id", "attempt", "offset", "text"}
        assert delta["offset"] == len(text.encode("utf-16-le")) // 2
        text += delta["text"]
    assert text.strip() == done["content"]


def test_someone_let_in_while_others_look_on_is_seen_at_once(ana, place, room, someone):
    guest = admit(ana, someone("Gus"), place, "viewer")
    assert room.wait_for_event("member.added", user_id=guest.user["id"])
