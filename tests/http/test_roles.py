"""Every door, every role: who is let in and how the others are refused."""

import re
from contextlib import ExitStack

import httpx
import pytest
from flask import Flask

from server import http
from tests.harness.client import PASSWORD, Client
from tests.harness.making import admit, ask, make, refusal
from tests.harness.operator import cli
from tests.http.policies import KEYS, PAGES, ROUTES

RANKS = ["viewer", "editor", "owner"]
COMPLAINTS = ("invalid", "bad_request", "bad_signature")
SPARSE = ({}, {"current": "not this one", "password": "long enough"}, {"password": "not this one"})
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
def people(ana, someone, stranger, place, product) -> dict[str, Client]:
    """One signed-in person for each role in Ana's workspace, and a superuser, who has none there."""
    viewer, editor = (admit(ana, someone(role), place, role) for role in ("viewer", "editor"))
    root = raised(someone, product)
    root.patch(f"/api/admin/users/{ana.user['id']}", {"is_superuser": False})
    return {"stranger": stranger, "viewer": viewer, "editor": editor, "owner": ana, "superuser": root}


def raised(someone, product) -> Client:
    root = someone("Root")
    cli(product, "create-superuser", root.user["email"])
    root.post("/api/admin/confirm", {"password": PASSWORD})
    return root


@pytest.fixture(scope="module")
def target(ana, someone, place) -> Client:
    """The member whom the others try to change and remove."""
    return someone("Mo")


@pytest.fixture(scope="module")
def account(someone) -> str:
    """The account that the superuser changes and signs out."""
    return someone("Ada").user["id"]


@pytest.fixture(scope="module")
def proposal(ana, place, room) -> dict:
    ana.post(f"/api/workspaces/{place}/messages", {"content": "propose a fox in the snow"})
    replies = room.wait_for(lambda tab: [m for m in tab.state.things["messages"].values() if m["proposals"]], 30)
    return replies[0]["proposals"][0]


@pytest.fixture(scope="module")
def ticket(ana) -> str:
    return ana.post("/api/tickets", {"subject": "Grey", "body": "It stays grey."})["ticket"]["id"]


@pytest.fixture(scope="module")
def shown(ana, ticket, picture) -> str:
    """A reply in it with a picture."""
    file = {"file": ("pasted.png", ana.raw("GET", picture["original_url"]).content)}
    answer = ana.raw("POST", f"/api/tickets/{ticket}/pictures", files=file, data={"body": "Look."})
    return answer.json()["reply"]["id"]


@pytest.fixture
def address(ana, place, picture, proposal, target, account, people, ticket, shown):
    """The address of a door with living things behind it, and its body; what may be deleted is new each time."""
    root = people["superuser"]
    things = {
        "workspace": lambda: place,
        "image": lambda: picture["id"],
        "generation": lambda: picture["generation_id"],
        "proposal": lambda: proposal["id"],
        "user_id": lambda: admit(ana, target, place, "viewer").user["id"],
        "theme": lambda: ana.post("/api/themes", {"name": "Coast"})["theme"]["id"],
        "style": lambda: ana.post(f"/api/workspaces/{place}/styles", {"name": "Ink"})["style"]["id"],
        "message": lambda: ana.post(f"/api/workspaces/{place}/messages", {"content": "hello"})["reply"]["id"],
        "transfer": lambda: ana.post(f"/api/workspaces/{place}/exports")["transfer"]["id"],
        "session": lambda: other_sign_in(ana),
        "key": lambda: ana.post("/api/keys", {"name": "Script", "scopes": ["read"]})["key"]["id"],
        "ticket": lambda: ticket,
        "reply_id": lambda: shown,
        "canned": lambda: root.post("/api/canned-replies", {"title": "Hi", "body": "Hello"})["canned_reply"]["id"],
        "invite": lambda: new_invite(ana, place)["id"],
        "token": lambda: new_invite(ana, ana.workspace("Open house")["id"])["token"],
        "users": lambda: account,
        "queue": lambda: picture["id"],
        "outbox": lambda: root.get("/api/admin/outbox")["items"][0]["id"],
    }
    passing = {
        "DELETE /api/workspaces/<workspace>": lambda: ana.workspace("Doomed")["id"],
        "DELETE /api/images/<image>": lambda: ask(ana, place)["images"][0]["id"],
    }

    def fill(door: str, lasts: bool = True) -> tuple[str, str, dict | None]:
        method, path = door.split(" ")
        body = ROUTES[door][1]
        body = {**body, "workspace_id": place} if path in ("/api/generate", "/api/images/move") else body
        body = {**body, "image_ids": [picture["id"]]} if path == "/api/images/move" else body
        if door in passing and not lasts:
            path = re.sub(r"<\w+>", lambda _: passing[door](), path)
        path = re.sub(r"(\w+)/<id>", lambda match: f"{match[1]}/{things[match[1]]()}", path)
        path = re.sub(r"<(\w+)>", lambda match: things[match[1]](), path)
        return method, path + ("?since=0" if path.endswith("/events") else ""), body

    return fill


def new_invite(ana: Client, place: str) -> dict:
    return ana.post(f"/api/workspaces/{place}/invites", {"role": "viewer"})["invite"]


def other_sign_in(person: Client) -> str:
    """The id of a sign-in of the same person in another browser."""
    other = Client(person.base_url)
    other.login(person.user["email"])
    other.close()
    return next(one["id"] for one in person.get("/api/account/sessions")["items"] if not one["current"])


def verdict(policy: str, role: str, path: str) -> tuple[int, str] | None:
    """How somebody is refused; None is let in."""
    if policy == "anyone" or role == policy:
        return None
    if "/admin" in path:
        return 404, "not_found"
    if role == "nobody":
        return 401, "signed_out"
    if policy == "person" or (policy, role) in (("maker", "owner"), ("asker", "owner"), ("asker", "superuser")):
        return None
    if policy not in RANKS or role not in RANKS:
        return 404, "not_found"
    return None if RANKS.index(role) >= RANKS.index(policy) else (403, "forbidden")


def is_let_in(answer: httpx.Response, body: dict | None) -> bool:
    """It was done; or could not be done to this thing as it is; or, of a body left empty, said what is missing."""
    code = answer.json()["error"]["code"] if answer.is_error and "json" in answer.headers["content-type"] else ""
    return answer.is_success or code == "conflict" or (code in COMPLAINTS and body in SPARSE)


def test_every_door_has_a_policy():
    assert doors() == set(ROUTES) | set(PAGES)


@pytest.mark.parametrize("door", ROUTES)
def test_a_door_refuses_whom_it_must_and_lets_in_whom_it_may(door, address, people, nobody, someone):
    policy, sent = ROUTES[door]
    for role, person in {"nobody": nobody, **people}.items():
        expected = verdict(policy, role, door)
        method, path, body = address(door, lasts=expected is not None)
        who = someone(role) if "logout" in door and role != "nobody" else person
        answer = who.raw(method, path, **({} if body is None else {"json": body}))
        if expected is None:
            assert is_let_in(answer, sent), f"{role}: {answer.status_code} {answer.text[:300]}"
        else:
            assert answer.status_code == expected[0], f"{role}: {answer.status_code} {answer.text[:300]}"
            assert "json" not in answer.headers["content-type"] or answer.json()["error"]["code"] == expected[1], role
            assert "desk" not in answer.text.lower()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_shown_to_whom_it_may_be(page, ana, place, people, nobody):
    names = {"<id>": place, "<token>": "nothing", "<version>/<path:name>": "0/nothing.css"}
    path = re.sub(r"<any\((\w+).*>", r"\1", page)
    for name, value in names.items():
        path = path.replace(name, value)
    for role, person in {"nobody": nobody, **people}.items():
        answer = person.raw("GET", path)
        if PAGES[page] == "anyone":
            shown = answer.status_code == 200 or answer.headers.get("location", "/login") != "/login"
            assert shown or answer.status_code == 404 and "nothing" in path, (role, answer.status_code)
        elif role == "nobody":
            assert (answer.status_code, answer.headers["location"]) == (302, f"/login?next={path}")
        else:
            assert answer.status_code == (404 if PAGES[page] == "viewer" and role not in RANKS else 200), role


def key_scope(door: str) -> str | None:
    method, path = door.split(" ")
    begins = [start for start in KEYS if f"{path}/".startswith(f"{start}/")]
    writes = KEYS[max(begins, key=len)] if begins else "read"
    return "read" if method == "GET" and writes else writes


@pytest.fixture(scope="module")
def programs(people):
    """A key of the superuser's with each scope, and one with all."""
    scopes = {name: [name] for name in ("read", "generate", "admin")} | {"all": ["read", "generate", "admin"]}
    root = people["superuser"]
    with ExitStack() as stack:
        made = {}
        for name, held in scopes.items():
            secret = root.post("/api/keys", {"name": name, "scopes": held})["secret"]
            client = httpx.Client(base_url=root.base_url, headers={"Authorization": f"Bearer {secret}"}, timeout=15)
            made[name] = stack.enter_context(client)
        yield made


@pytest.mark.parametrize("door", [door for door in ROUTES if ROUTES[door][0] != "anyone" and door != "GET /admin"])
def test_a_key_opens_what_its_scope_names_even_that_of_a_superuser(door, address, programs):
    method, path, body = address(door)
    needed = key_scope(door)
    for name, program in programs.items():
        answer = program.request(method, path, **({} if body is None else {"json": body}))
        code = answer.json()["error"]["code"] if answer.is_error and "json" in answer.headers["content-type"] else ""
        if "/admin" in path:
            assert answer.status_code == 404, name
        elif name == "all" and needed or name == needed:
            assert code not in ("forbidden", "signed_out"), (name, answer.text)
        else:
            assert (answer.status_code, code) == (403, "forbidden"), (name, answer.text)


def test_no_address_of_the_desk_is_there_for_others_with_any_method(people, nobody):
    for person in (nobody, people["owner"]):
        for method, path in (("DELETE", "/api/admin/users"), ("PUT", "/api/admin/audit"), ("POST", "/admin"),
                             ("GET", "/api/admin/nothing"), ("GET", "/api/admin")):
            assert person.raw(method, path, json={}).status_code == 404, path
    assert people["superuser"].raw("DELETE", "/api/admin/users", json={}).status_code == 405


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
