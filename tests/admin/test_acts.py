"""What a superuser does: with a password typed lately, with a line in the log, and felt at once."""

import time

from server.http.admin import LISTS
from tests.admin.log import did, session_of
from tests.harness.client import PASSWORD, Client
from tests.harness.making import ask, finished, refusal
from tests.harness.room import Room


def change(root: Client, person: Client, **what) -> dict:
    return root.patch(f"/api/admin/users/{person.user['id']}", what)["user"]


def cut_within(tab: Room, act, seconds: float = 1.0) -> None:
    """The tab is disconnected within so many seconds of the act's answer."""
    tab.socket.reconnection = False
    act()
    deadline = time.monotonic() + seconds
    while tab.socket.connected:
        assert time.monotonic() < deadline, f"not cut within {seconds} s"
        time.sleep(0.01)


def test_who_is_disabled_is_cut_within_a_second_and_comes_back_when_enabled(root, resident, enter):
    ada = resident("Ada")
    key = ada.post("/api/keys", {"name": "Script", "scopes": ["read"]})["secret"]
    tab = enter(ada, ada.workspace()["id"])
    cut_within(tab, lambda: change(root, ada, disabled=True))
    ada.get("/api/account", status=401)
    assert ada.http.get("/api/workspaces", headers={"Authorization": f"Bearer {key}"}).status_code == 401
    assert refusal(ada, "POST", "/api/auth/login", json={"email": ada.user["email"], "password": PASSWORD})[0] == 401
    assert did(root, "user.disabled", ada.user["id"])[0]["actor"] == "Root"
    change(root, ada, disabled=False)
    ada.login(ada.user["email"])
    assert did(root, "user.enabled", ada.user["id"])


def test_who_is_signed_out_is_cut_on_every_device(root, resident, enter):
    ben = resident("Ben")
    tab = enter(ben, ben.workspace()["id"])
    cut_within(tab, lambda: root.post(f"/api/admin/users/{ben.user['id']}/sign-out", status=204))
    ben.get("/api/account", status=401)
    assert did(root, "user.signed_out", ben.user["id"])


def test_a_plan_that_is_given_shows_in_every_tab(root, resident, enter):
    cleo = resident("Cleo")
    tab = enter(cleo, cleo.workspace()["id"])
    assert cleo.get("/api/session")["quota"]["limit"] == 20
    change(root, cleo, plan="all_inclusive")
    tab.wait_for(lambda room: any(news["plan"] == "all_inclusive" for news in room.heard("account")))
    (line,) = did(root, "user.plan", cleo.user["id"])
    assert line["facts"] == {"before": "free", "after": "all_inclusive"}


def test_another_number_of_images_a_day_is_given_and_taken_back(root, resident, enter):
    cas = resident("Cas")
    tab = enter(cas, (place := cas.workspace()["id"]))
    assert change(root, cas, daily_images=3)["daily_images"] == 3
    tab.wait_for(lambda room: any(news["quota"]["limit"] == 3 for news in room.heard("account")))
    assert root.get("/api/admin/users", q=cas.user["email"])["items"][0]["limit"] == 3
    ask(cas, place, batch_size=3)
    refused = cas.raw("POST", "/api/generate", json={"workspace_id": place, "model": "sketch", "prompt": "an owl"})
    assert refused.status_code == 429 and "0 of 3" in refused.json()["error"]["message"]
    change(root, cas, plan="free")
    assert cas.get("/api/session")["quota"]["limit"] == 3
    change(root, cas, daily_images=None)
    assert cas.get("/api/session")["quota"]["limit"] == 20
    lines = [line["facts"] for line in did(root, "user.quota", cas.user["id"])]
    assert lines == [{"before": 3, "after": None}, {"before": None, "after": 3}]
    for wrong in (0, 1001, "3"):
        path = f"/api/admin/users/{cas.user['id']}"
        assert refusal(root, "PATCH", path, json={"daily_images": wrong}) == (422, "invalid", "daily_images")


def test_a_superuser_is_made_and_unmade_and_cannot_unmake_themselves(root, resident):
    dora = resident("Dora")
    dora.get("/api/admin/users", status=404)
    change(root, dora, is_superuser=True)
    dora.get("/api/admin/users")
    change(root, dora, is_superuser=False)
    dora.get("/api/admin/users", status=404)
    assert did(root, "user.raised", dora.user["id"]) and did(root, "user.lowered", dora.user["id"])
    for body in ({"is_superuser": False}, {"disabled": True}):
        path = f"/api/admin/users/{root.user['id']}"
        assert refusal(root, "PATCH", path, json=body)[:2] == (409, "conflict")


def test_what_changes_people_takes_a_password_that_was_typed_lately(lab, root, resident, ledger):
    emil = resident("Emil")
    other = Client(lab.base_url)
    other.login(root.user["email"])
    path = f"/api/admin/users/{emil.user['id']}"
    needed = (403, "password_needed")
    assert refusal(other, "PATCH", path, json={"disabled": True})[:2] == needed
    for act in ("queue/0/cancel", "queue/0/retry", "outbox/0/send", f"users/{emil.user['id']}/sign-out"):
        assert refusal(other, "POST", f"/api/admin/{act}", json={})[:2] == needed
    for name in (*LISTS, "settings", "popularity"):
        assert refusal(other, "GET", f"/api/admin/{name}?format=csv")[:2] == needed
    wrong = refusal(other, "POST", "/api/admin/confirm", json={"password": "not this one"})
    assert wrong == (422, "invalid", "password")
    assert refusal(other, "PATCH", path, json={"disabled": True})[:2] == needed
    other.post("/api/admin/confirm", {"password": PASSWORD})
    other.patch(path, {"plan": "all_inclusive"})
    ledger.execute("UPDATE sessions SET sure_until = '2026-01-01 00:00:00' WHERE id = ?", (session_of(other),))
    assert refusal(other, "PATCH", path, json={"disabled": True})[:2] == needed
    assert emil.get("/api/account")
    other.close()


def test_an_image_is_cancelled_and_tried_again_from_the_desk(root, resident, enter, ledger):
    finn = resident("Finn")
    tab = enter(finn, finn.workspace()["id"])
    held = ask(finn, tab.workspace_id, batch_size=8, width=256, height=256, steps=8)["images"]
    waiting = held[-1]["id"]
    assert waiting in {item["id"] for item in root.get("/api/admin/queue", q="finn")["items"]}
    assert root.post(f"/api/admin/queue/{waiting}/cancel")["image"]["status"] == "cancelled"
    finished(tab, waiting, "cancelled")
    assert refusal(root, "POST", f"/api/admin/queue/{waiting}/cancel", json={})[:2] == (409, "conflict")
    root.post(f"/api/admin/queue/{waiting}/retry", status=202)
    finished(tab, waiting)
    assert finn.get("/api/session")["quota"]["used"] == 8
    assert did(root, "image.cancelled", waiting) and did(root, "image.retried", waiting)


def test_letters_wait_in_the_outbox_and_secrets_are_shown_to_the_sure_only(lab, root, resident):
    gina = resident("Gina")
    Client(lab.base_url).post("/api/auth/password-reset", {"email": gina.user["email"]}, status=202)
    lab.wait_until(lambda: outbox(root, gina, "kept"), 10, "the letter was not written")
    (mail,) = outbox(root, gina, "kept")
    assert "text" not in mail and mail["kind"] == "reset"
    letter = root.raw("GET", f"/api/admin/outbox/{mail['id']}/letter")
    assert "/reset#" in letter.text and "sandbox" in letter.headers["Content-Security-Policy"]
    assert did(root, "mail.read", mail["id"])
    other = Client(lab.base_url)
    other.login(root.user["email"])
    assert refusal(other, "GET", f"/api/admin/outbox/{mail['id']}/letter")[:2] == (403, "password_needed")
    assert refusal(root, "POST", f"/api/admin/outbox/{mail['id']}/send", json={})[:2] == (409, "conflict")
    other.close()


def outbox(root: Client, person: Client, status: str) -> list[dict]:
    found = root.get("/api/admin/outbox", q=person.user["email"])["items"]
    return [mail for mail in found if mail["status"] == status]
