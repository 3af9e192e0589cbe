"""What a superuser does: with a password typed lately, with a line in the log, and felt at once."""

import sqlite3
import time

import pytest

from server.http.admin import LISTS
from tests.harness.client import PASSWORD, Client
from tests.harness.making import ask, finished, refusal
from tests.harness.operator import cli
from tests.harness.room import Room


def did(root: Client, act: str, target_id: str | None = None) -> list[dict]:
    """The lines of the log about an act on somebody or something."""
    lines = root.get("/api/admin/audit", q=act, limit=200)["items"]
    return [line for line in lines if line["act"].startswith(act) and line["target_id"] == target_id]


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


def session_of(client: Client) -> str:
    return next(item["id"] for item in client.get("/api/account/sessions")["items"] if item["current"])


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


def test_what_the_operator_does_by_hand_is_in_the_log_too(lab, root, resident):
    ines = resident("Ines")
    cli(lab, "create-superuser", ines.user["email"])
    (line,) = did(root, "user.raised", ines.user["id"])
    assert line["actor_id"] is None and line["target"] == "Ines"


def test_a_list_that_is_taken_along_and_a_wrong_password_are_in_the_log(root):
    root.raw("GET", "/api/admin/users", params={"format": "csv"})
    assert did(root, "list.taken")[0]["facts"] == {"list": "users"}
    refused = len(did(root, "confirm_refused"))
    root.post("/api/admin/confirm", {"password": "not this one"}, status=422)
    assert len(did(root, "confirm_refused")) == refused + 1


def test_who_looks_and_who_is_turned_away_is_in_the_log_once(lab, root, resident):
    ivo = resident("Ivo")
    for path in ("/admin", "/api/admin/users", "/api/admin/users"):
        assert ivo.raw("GET", path).status_code == 404
    lines = [line for line in root.get("/api/admin/audit", q="desk.refused")["items"] if line["actor"] == "Ivo"]
    assert 1 <= len(lines) <= int(lab.settings["WEB_PROCESSES"])
    root.get("/api/admin/payments")
    root.raw("GET", "/admin")
    seen = [line["facts"]["list"] for line in root.get("/api/admin/audit", q="desk.seen", limit=200)["items"]]
    assert {"desk", "payments"} <= set(seen)


def test_what_concerns_the_safety_of_an_account_is_in_the_log(root, resident):
    jo = resident("Jo")
    key = jo.post("/api/keys", {"name": "Script", "scopes": ["read"]})["key"]["id"]
    jo.delete(f"/api/keys/{key}", status=204)
    jo.post(f"/api/workspaces/{jo.workspace()['id']}/exports")
    jo.raw("GET", "/api/account/export")
    jo.send("DELETE", "/api/account", json={"current": PASSWORD}, status=204)
    lines = root.get("/api/admin/audit", limit=200)["items"]
    mine = [line["act"] for line in lines if line["actor_id"] == jo.user["id"]]
    assert mine[:4] == ["left", "account.exported", "workspace.exported", "key.deleted"]
    assert mine[4:] == ["key.made", "signed_in", "registered"]


def test_the_helpdesk_is_in_the_log(root, resident):
    kay = resident("Kay")
    ticket = kay.post("/api/tickets", {"subject": "Grey", "body": "It stays grey."})["ticket"]["id"]
    root.post(f"/api/tickets/{ticket}/replies", {"body": "Look again."})
    root.patch(f"/api/tickets/{ticket}", {"status": "solved"})
    assert [line["act"] for line in reversed(did(root, "ticket", ticket))] == ["ticket.answered", "ticket.moved"]
    assert [(line["id"], line["assignee"]) for line in root.get("/api/admin/tickets", q="grey")["items"]] == [
        (ticket, "Root")]


def test_the_log_only_grows(root, ledger):
    count = ledger.execute("SELECT count(*) FROM audit").fetchone()[0]
    assert count
    for statement in ("UPDATE audit SET act = 'nothing'", "DELETE FROM audit"):
        with pytest.raises(sqlite3.IntegrityError, match="audit only grows"):
            ledger.execute(statement)
    assert ledger.execute("SELECT count(*) FROM audit").fetchone()[0] == count


def test_signing_in_and_a_new_password_are_in_the_log(root, resident):
    hugo = resident("Hugo")
    hugo.post("/api/auth/password", {"current": PASSWORD, "password": "a slow grey heron"}, status=204)
    hugo.login(hugo.user["email"], "a slow grey heron")
    mine = [line["act"] for line in root.get("/api/admin/audit", limit=200)["items"] if line["actor"] == "Hugo"]
    assert mine[:3] == ["signed_in", "password_changed", "signed_in"]
