"""The log of the desk: who did what to whom, from where; it only grows."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from tests.admin.log import did, session_of
from tests.harness.client import PASSWORD, Client
from tests.harness.making import admit
from tests.harness.operator import cli


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


def test_a_line_says_from_where_and_in_which_request(lab, root, resident):
    lin = resident("Lin")
    answer = root.raw("PATCH", f"/api/admin/users/{lin.user['id']}", json={"plan": "all_inclusive"})
    (line,) = did(root, "user.plan", lin.user["id"])
    here = next(one["address"] for one in root.get("/api/account/sessions")["items"] if one["current"])
    assert (line["address"], line["request_id"]) == (here, answer.headers["X-Request-Id"])
    assert root.get("/api/admin/audit", q=line["request_id"])["items"] == [line]
    assert line["id"] in {found["id"] for found in root.get("/api/admin/audit", q=here, limit=200)["items"]}
    cli(lab, "create-superuser", lin.user["email"])
    (line,) = did(root, "user.raised", lin.user["id"])
    assert (line["address"], line["request_id"]) == (None, None)


def test_a_refused_and_an_ended_sign_in_are_in_the_log(lab, root, resident):
    lars, stranger = resident("Lars"), Client(lab.base_url)
    for email in (lars.user["email"], "nobody.at.all@example.com"):
        stranger.post("/api/auth/login", {"email": email, "password": "not this one"}, status=401)
    phone = Client(lab.base_url)
    phone.login(lars.user["email"])
    lars.delete(f"/api/account/sessions/{session_of(phone)}", status=204)
    lars.post("/api/auth/logout", status=204)
    lines = root.get("/api/admin/audit", limit=200)["items"]
    refused = [(line["act"], line["actor"], line["target"]) for line in lines if line["act"].startswith("sign_in.")]
    assert refused[:2] == [("sign_in.unknown", None, None), ("sign_in.refused", None, "Lars")]
    acts = [line["act"] for line in lines if line["actor"] == "Lars"]
    assert acts == ["signed_out", "device_signed_out", "signed_in", "signed_in", "registered"]
    stranger.close()
    phone.close()


def test_who_may_what_in_a_workspace_is_in_the_log(root, resident):
    may, ned = resident("May"), resident("Ned")
    root.patch(f"/api/admin/users/{may.user['id']}", {"plan": "all_inclusive"})
    place = may.workspace()["id"]
    admit(may, ned, place, "viewer")
    path = f"/api/workspaces/{place}/members/{ned.user['id']}"
    may.patch(path, {"role": "editor"})
    may.delete(path, status=204)
    assert did(root, "member.joined", place)[0]["facts"] == {"role": "viewer"}
    (changed,) = did(root, "member.changed", ned.user["id"])
    assert (changed["actor"], changed["facts"]) == ("May", {"workspace": place, "role": "editor"})
    assert did(root, "member.removed", ned.user["id"])[0]["facts"] == {"workspace": place}


LINE = "(id, act, facts, created_at, address) VALUES (?, 'old', '{}', ?, '10.0.0.1')"
TAMPERING = (
    "UPDATE audit SET act = 'nothing'",
    "UPDATE audit SET address = NULL WHERE id = 'young'",
    "UPDATE audit SET address = '10.0.0.2' WHERE id = 'old'",
    "UPDATE audit SET address = NULL, created_at = '2026-01-01' WHERE id = 'old'",
    "DELETE FROM audit",
    "REPLACE INTO audit (id, act, facts, created_at) VALUES ('old', 'nothing', '{}', '2026-01-01')",
    "REPLACE INTO audit (rowid, id, act, facts, created_at) "
    "SELECT rowid, 'new', 'nothing', '{}', '2026-01-01' FROM audit WHERE id = 'old'",
)


def test_the_log_only_grows_and_forgets_but_where_old_things_were_done(lab, root, ledger):
    for id, age in (("old", 91), ("young", 89)):
        ledger.execute(f"INSERT INTO audit {LINE}", (id, str(datetime.now(UTC) - timedelta(days=age))[:26]))
    before = ledger.execute("SELECT * FROM audit ORDER BY id").fetchall()
    for statement in TAMPERING:
        with pytest.raises(sqlite3.IntegrityError, match="audit only grows"):
            ledger.execute(statement)
    assert set(before) <= set(ledger.execute("SELECT * FROM audit").fetchall())
    lab.wait_for_successor("upkeep", lab.kill("upkeep"))
    addresses = "SELECT id, address FROM audit WHERE id IN ('old', 'young')"
    lab.wait_until(lambda: dict(lab.rows(addresses))["old"] is None, 15, "the address was not forgotten")
    assert dict(lab.rows(addresses)) == {"old": None, "young": "10.0.0.1"}


def test_signing_in_and_a_new_password_are_in_the_log(root, resident):
    hugo = resident("Hugo")
    hugo.post("/api/auth/password", {"current": PASSWORD, "password": "a slow grey heron"}, status=204)
    hugo.login(hugo.user["email"], "a slow grey heron")
    mine = [line["act"] for line in root.get("/api/admin/audit", limit=200)["items"] if line["actor"] == "Hugo"]
    assert mine[:3] == ["signed_in", "password_changed", "signed_in"]
