"""Every door, every role: who is let in and how the others are refused."""

import re

import pytest
from flask import Flask

from server import http
from tests.harness.client import Client
from tests.harness.making import admit, ask, make, refusal
from tests.http.policies import PAGES, ROUTES

RANKS = ["viewer", "editor", "owner"]
NOUNS = {"workspaces": "workspace", "themes": "theme", "invites": "invite", "styles": "style", "images": "image"}
NOUNS |= {"generations": "generation", "messages": "message", "proposals": "proposal", "media": "image"}
NOUNS |= {"transfers": "transfer", "sessions": "session", "keys": "key", "tickets": "ticket"}
NOUNS |= {"canned-replies": "canned"}


def doors() -> set[str]:
    """`METHOD /rule` of every route, its ids named by what they identify."""
    app = Flask("doors", static_folder=None)
    http.register(app)
    found = set()
    for rule in app.url_map.iter_rules():
        path = re.sub(r"([\w-]+)/<id>", lambda match: f"{match[1]}/<{NOUNS.get(match[1], 'id')}>", rule.rule)
        names = {rule.rule} if rule.rule in PAGES else {f"{verb} {path}" for verb in rule.methods - {"HEAD", "OPTIONS"}}
        found |= names
    return found


@pytest.fixture(scope="module")
def people(ana, someone, stranger, place) -> dict[str, Client]:
    """One signed-in person for each role in Ana's workspace."""
    viewer, editor = (admit(ana, someone(role), place, role) for role in ("viewer", "editor"))
    return {"stranger": stranger, "viewer": viewer, "editor": editor, "owner": ana}


@pytest.fixture(scope="module")
def target(ana, someone, place) -> Client:
    """The member whom the others try to change and remove."""
    return admit(ana, someone("Mo"), place, "viewer")


@pytest.fixture(scope="module")
def proposal(ana, place, room) -> dict:
    ana.post(f"/api/workspaces/{place}/messages", {"content": "propose a fox in the snow"})
    replies = room.wait_for(lambda tab: [m for m in tab.state.things["messages"].values() if m["proposals"]], 30)
    return replies[0]["proposals"][0]


@pytest.fixture
def address(ana, place, picture, proposal, target):
    """The address of a door with living things behind it, and its body."""
    things = {
        "workspace": lambda: place,
        "image": lambda: picture["id"],
        "generation": lambda: picture["generation_id"],
        "proposal": lambda: proposal["id"],
        "user_id": lambda: target.user["id"],
        "theme": lambda: ana.post("/api/themes", {"name": "Coast"})["theme"]["id"],
        "style": lambda: ana.post(f"/api/workspaces/{place}/styles", {"name": "Ink"})["style"]["id"],
        "message": lambda: ana.post(f"/api/workspaces/{place}/messages", {"content": "hello"})["reply"]["id"],
        "transfer": lambda: ana.post(f"/api/workspaces/{place}/exports")["transfer"]["id"],
        "session": lambda: ana.get("/api/account/sessions")["items"][0]["id"],
        "key": lambda: ana.post("/api/keys", {"name": "Script", "scopes": ["read"]})["key"]["id"],
        "ticket": lambda: ana.post("/api/tickets", {"subject": "Grey", "body": "It stays grey."})["ticket"]["id"],
        "canned": lambda: "00000000-0000-7000-8000-000000000000",
        "invite": lambda: new_invite(ana, place)["id"],
        "token": lambda: new_invite(ana, place)["token"],
        "id": lambda: target.user["id"],
    }

    def fill(door: str) -> tuple[str, str, dict | None]:
        method, path = door.split(" ")
        body = ROUTES[door][1]
        body = {**body, "workspace_id": place} if path == "/api/generate" else body
        path = re.sub(r"<(\w+)>", lambda match: things[match[1]](), path)
        return method, path + ("?since=0" if path.endswith("/events") else ""), body

    return fill


def new_invite(ana: Client, place: str) -> dict:
    return ana.post(f"/api/workspaces/{place}/invites", {"role": "viewer"})["invite"]


def test_every_door_has_a_policy():
    assert doors() == set(ROUTES) | PAGES


@pytest.mark.parametrize("door", [door for door, (role, _) in ROUTES.items() if role != "anyone"])
def test_a_door_refuses_everyone_below_its_role(door, address, people, nobody):
    method, path, body = address(door)
    options = {} if body is None else {"json": body}
    least = ROUTES[door][0]
    if "/admin" in path:
        for person in (nobody, *(one for one in people.values() if not one.user["is_superuser"])):
            answer = person.raw(method, path, **options)
            assert answer.status_code == 404 and "desk" not in answer.text.lower()
        return
    assert refusal(nobody, method, path, **options)[:2] == (401, "signed_out")
    if least in ("maker", "superuser"):
        assert refusal(people["editor"], method, path, **options)[:2] == (404, "not_found")
    elif least in RANKS:
        assert refusal(people["stranger"], method, path, **options)[:2] == (404, "not_found")
        for role in RANKS[: RANKS.index(least)]:
            assert refusal(people[role], method, path, **options)[:2] == (403, "forbidden"), role


LASTING = [door for door in ROUTES if not door.startswith("DELETE") and "logout" not in door]


@pytest.mark.parametrize("door", [door for door in LASTING if ROUTES[door][0] not in ("anyone", "person", "superuser")])
def test_a_door_lets_its_role_in(door, address, people):
    method, path, body = address(door)
    who = people["owner" if ROUTES[door][0] == "maker" else ROUTES[door][0]]
    answer = who.raw(method, path, **({} if body is None else {"json": body}))
    assert answer.is_success or answer.json()["error"]["code"] == "conflict", answer.text


def test_an_editor_deletes_anyones_images_styles_invites_and_replies(ana, place, room, people, address):
    image = make(ana, room)[0]
    for path in (
        f"/api/images/{image['id']}",
        address("DELETE /api/styles/<style>")[1],
        address("DELETE /api/invites/<invite>")[1],
    ):
        people["editor"].delete(path, status=204)
    reply = ana.post(f"/api/workspaces/{place}/messages", {"content": "hello"})["reply"]
    people["editor"].delete(f"/api/messages/{reply['id']}", status=204)


def test_an_editor_may_not_delete_the_words_of_another_but_the_owner_may(ana, place, people):
    mine = ana.post(f"/api/workspaces/{place}/messages", {"content": "mine"})["message"]
    theirs = people["editor"].post(f"/api/workspaces/{place}/messages", {"content": "theirs"})["message"]
    assert refusal(people["editor"], "DELETE", f"/api/messages/{mine['id']}")[:2] == (403, "forbidden")
    ana.delete(f"/api/messages/{theirs['id']}", status=204)


def test_a_viewer_stars_for_themselves_but_does_not_tag(people, picture):
    starred = people["viewer"].patch(f"/api/images/{picture['id']}", {"starred": True})["image"]
    assert people["viewer"].user["id"] in starred["starred_by"]
    body = {"json": {"tags": ["mine"]}}
    assert refusal(people["viewer"], "PATCH", f"/api/images/{picture['id']}", **body)[:2] == (403, "forbidden")


def test_anyone_but_the_owner_may_leave_and_nobody_unmakes_the_owner(ana, place, someone):
    guest = admit(ana, someone("Gus"), place, "viewer")
    guest.delete(f"/api/workspaces/{place}/members/{guest.user['id']}", status=204)
    guest.get(f"/api/workspaces/{place}", status=404)
    own = f"/api/workspaces/{place}/members/{ana.user['id']}"
    assert refusal(ana, "DELETE", own)[:2] == (403, "forbidden")
    assert refusal(ana, "PATCH", own, json={"role": "viewer"})[:2] == (403, "forbidden")


def test_a_changed_role_holds_at_the_next_request(ana, place, someone):
    guest = admit(ana, someone("Gil"), place, "editor")
    ask(guest, place)
    ana.patch(f"/api/workspaces/{place}/members/{guest.user['id']}", {"role": "viewer"})
    ask(guest, place, status=403)


def test_a_deleted_workspace_is_gone_for_its_members(ana, room, people):
    doomed = ana.workspace("Doomed")["id"]
    admit(ana, people["editor"], doomed, "editor")
    ana.delete(f"/api/workspaces/{doomed}", status=204)
    for person in (ana, people["editor"]):
        assert refusal(person, "GET", f"/api/workspaces/{doomed}/snapshot")[:2] == (404, "not_found")
        assert doomed not in [item["id"] for item in person.get("/api/workspaces")["items"]]


def test_a_theme_is_its_makers_though_others_see_it_at_work(ana, place, people):
    theme = people["editor"].post("/api/themes", {"name": "Harbour", "base_prompt": "at the quay"})["theme"]
    assert refusal(ana, "PATCH", f"/api/workspaces/{place}", json={"theme_id": theme["id"]}) == (
        422,
        "invalid",
        "theme_id",
    )
    people["editor"].patch(f"/api/workspaces/{place}", {"theme_id": theme["id"]})
    assert ana.get(f"/api/workspaces/{place}/snapshot")["snapshot"]["themes"] == [theme]
    assert refusal(ana, "PATCH", f"/api/themes/{theme['id']}", json={"name": "Mine"})[:2] == (404, "not_found")
    ana.patch(f"/api/workspaces/{place}", {"theme_id": theme["id"], "name": "Still Foxes"})
    people["editor"].delete(f"/api/themes/{theme['id']}")
    assert ana.get(f"/api/workspaces/{place}")["workspace"]["theme_id"] is None
