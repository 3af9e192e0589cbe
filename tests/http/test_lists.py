"""Lists: newest first, in pages, without gaps or repeats."""

import pytest

from tests.harness.making import ask, make
from tests.harness.room import Room

FIELDS = {"id", "name", "owner_id", "theme_id", "is_sample", "read_only", "created_at", "updated_at"}


def walk(client, path: str, limit: int) -> list[dict]:
    """All items, page by page."""
    found, place = [], None
    while True:
        page = client.get(path, limit=limit, **({"before": place} if place else {}))
        assert len(page["items"]) <= limit
        found += page["items"]
        place = page["next"]
        if place is None:
            return found
        assert len(page["items"]) == limit


@pytest.fixture(scope="module")
def full(ana, someone) -> str:
    """A workspace with some of everything; the images of one batch share their time."""
    id = ana.workspace("Full")["id"]
    for number in range(3):
        ana.post(f"/api/workspaces/{id}/styles", {"name": f"Style {number}"})
        ana.post(f"/api/workspaces/{id}/messages", {"content": f"hello {number}"})
        ana.post("/api/themes", {"name": f"Theme {number}"})
        ana.post(f"/api/workspaces/{id}/invites", {"role": "viewer"})
    room = Room(ana, id).enter()
    make(ana, room, "a fox", batch_size=7)
    make(ana, room, "a crow", batch_size=4)
    room.leave()
    return id


@pytest.mark.parametrize(
    "path, count",
    [("/api/workspaces/{id}/images", 11), ("/api/workspaces/{id}/messages", 6), ("/api/workspaces/{id}/styles", 3),
     ("/api/workspaces/{id}/invites", 3), ("/api/workspaces/{id}/members", 1), ("/api/themes", 3)],
)  # fmt: skip
@pytest.mark.parametrize("limit", [1, 2, 3, 200])
def test_pages_hold_everything_once(ana, full, path, count, limit):
    path = path.format(id=full)
    whole = ana.get(path)
    items = walk(ana, path, limit)
    key = "user_id" if path.endswith("members") else "id"
    assert [item[key] for item in items] == [item[key] for item in whole["items"]]
    assert len({item[key] for item in items}) == count
    assert whole["next"] is None


def test_images_and_messages_come_newest_first(ana, full):
    images = ana.get(f"/api/workspaces/{full}/images")["items"]
    assert [image["prompt"] for image in images] == ["a crow"] * 4 + ["a fox"] * 7
    assert [image["created_at"] for image in images] == sorted((i["created_at"] for i in images), reverse=True)
    messages = ana.get(f"/api/workspaces/{full}/messages")["items"]
    assert [message["content"] for message in messages if message["role"] == "user"] == [
        "hello 2",
        "hello 1",
        "hello 0",
    ]


def test_what_is_made_meanwhile_does_not_disturb_the_pages(ana, full):
    path = f"/api/workspaces/{full}/images"
    before = [image["id"] for image in ana.get(path)["items"]]
    page = ana.get(path, limit=4)
    room = Room(ana, full).enter()
    (new,) = make(ana, room, "an owl")
    room.leave()
    rest = ana.get(path, limit=200, before=page["next"])["items"]
    assert [image["id"] for image in page["items"] + rest] == before
    assert ana.get(path, limit=1)["items"][0]["id"] == new["id"]


def test_the_list_of_workspaces_shows_role_members_and_cover(someone):
    own = someone("Pia")
    made = [own.workspace(f"Number {number}")["id"] for number in range(3)]
    items = walk(own, "/api/workspaces", 2)
    assert [item["id"] for item in items] == made[::-1]
    assert set(items[0]) >= FIELDS
    assert (items[0]["role"], items[0]["members"], items[0]["cover"]) == ("owner", 1, [])


def test_a_workspace_has_the_same_fields_everywhere_but_the_list(ana, full):
    workspace = ana.get(f"/api/workspaces/{full}")["workspace"]
    assert set(workspace) == FIELDS
    assert ana.get(f"/api/workspaces/{full}/snapshot")["snapshot"]["workspace"] == workspace


def test_events_come_oldest_first_and_without_holes(ana, full):
    path = f"/api/workspaces/{full}/events"
    answer = ana.get(path, since=0)
    assert [event["seq"] for event in answer["events"]] == list(range(1, answer["seq"] + 1))
    assert set(answer["events"][0]) == {"workspace_id", "seq", "type", "at", "actor_id", "data"}
    assert ana.get(path, since=answer["seq"]) == {"seq": answer["seq"], "events": []}


def test_events_from_beyond_the_head_are_gone(ana):
    id = ana.workspace("Quiet")["id"]
    head = ana.get(f"/api/workspaces/{id}/events", since=0)["seq"]
    answer = ana.raw("GET", f"/api/workspaces/{id}/events", params={"since": head + 1})
    assert (answer.status_code, answer.json()["error"]["code"]) == (410, "gone")


def test_five_hundred_events_are_replayed_and_one_more_is_not(ana):
    id = ana.workspace("Busy")["id"]
    path = f"/api/workspaces/{id}/events"
    batch, head = ask(ana, id, "[slow:30] a fox", batch_size=64, steps=20)["generation"]["id"], 0
    while head <= 500:
        ana.post(f"/api/generations/{batch}/cancel")
        head = ana.get(path, since=head)["seq"]
        ana.post(f"/api/generations/{batch}/retry")
    ana.post(f"/api/generations/{batch}/cancel")
    head = ana.get(f"/api/workspaces/{id}/snapshot")["snapshot"]["seq"]
    assert len(ana.get(path, since=head - 500)["events"]) == 500
    assert ana.raw("GET", path, params={"since": head - 501}).status_code == 410
