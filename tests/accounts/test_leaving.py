"""Leaving: fourteen days in which nothing is lost, then nothing of the person is left."""

import json

from server.actions import erasing
from tests.harness.client import PASSWORD
from tests.harness.making import admit, make, refusal
from tests.harness.room import Room

RIGHT = {"current": PASSWORD}


def leave(person) -> None:
    person.send("DELETE", "/api/account", json=RIGHT, status=204)


def let_two_weeks_pass(ledger, person, house) -> None:
    """As if the person had asked long ago; upkeep then does its work by itself."""
    ledger.execute("UPDATE users SET deleted_at = '2020-01-01 00:00:00' WHERE id = ?", (person.user["id"],))
    purged = "SELECT purged_at FROM users WHERE id = ?"
    house.wait_until(lambda: ledger.execute(purged, (person.user["id"],)).fetchone()[0], 15, "nobody was purged")


def test_every_column_that_names_a_person_has_a_fate():
    kept, erased = set(erasing.KEPT), set(erasing.ERASED)
    assert not kept & erased
    assert erasing.columns_naming_people() == kept | erased


def test_deletion_takes_the_password_and_ends_everything_at_once(resident, post):
    quin = resident("Quin")
    secret = quin.post("/api/keys", {"name": "Script", "scopes": ["read"]})["secret"]
    assert refusal(quin, "DELETE", "/api/account", json={"current": "not it"}) == (422, "invalid", "current")
    leave(quin)
    assert refusal(quin, "GET", "/api/account")[:2] == (401, "signed_out")
    bearer = {"Authorization": f"Bearer {secret}"}
    assert refusal(quin, "GET", "/api/workspaces", headers=bearer)[:2] == (401, "signed_out")
    assert "Log in before that day" in post.wait_for(quin.user["email"], "will be deleted").text


def test_signing_in_within_the_days_asks_and_restores(resident, guest):
    rosa = resident("Rosa")
    place = rosa.workspace("Kept")
    leave(rosa)
    back, body = guest(), {"email": rosa.user["email"], "password": PASSWORD}
    assert refusal(back, "POST", "/api/auth/login", json={**body, "password": "wrong"})[:2] == (401, "signed_out")
    assert refusal(back, "POST", "/api/auth/login", json=body)[:2] == (409, "account_leaving")
    back.become(back.post("/api/auth/login", {**body, "restore": True})["user"])
    assert back.get(f"/api/workspaces/{place['id']}")["workspace"]["name"] == "Kept"


def test_after_the_days_a_shared_workspace_has_an_heir_and_the_rest_is_gone(resident, guest, house, ledger):
    sol, tess, ugo = resident("Sol"), resident("Tess"), resident("Ugo")
    shared, alone = sol.workspace("Shared")["id"], sol.workspace("Alone")["id"]
    admit(sol, ugo, shared, "viewer")
    admit(sol, tess, shared, "editor")
    rooms = [Room(sol, place).enter() for place in (shared, alone)]
    pictures = [make(sol, room)[0] for room in rooms]
    sol.patch(f"/api/images/{pictures[0]['id']}", {"starred": True})
    ticket = sol.post("/api/tickets", {"subject": "Leaving", "body": "How do I leave?"})["ticket"]["id"]
    shown = {"file": ("a.webp", sol.raw("GET", pictures[0]["original_url"]).content)}
    sol.send("POST", f"/api/tickets/{ticket}/pictures", status=201, files=shown, data={"body": "Like this?"})
    assert (house.data_dir / "media" / "tickets" / ticket).exists()
    folder = house.data_dir / "media" / alone[:2] / alone
    assert any(folder.iterdir())
    for room in rooms:
        room.leave()
    heir = Room(tess, shared).enter()
    leave(sol)
    let_two_weeks_pass(ledger, sol, house)

    heir.wait_for_event("member.removed", user_id=sol.user["id"])
    snapshot = tess.get(f"/api/workspaces/{shared}/snapshot")["snapshot"]
    assert snapshot["workspace"]["owner_id"] == tess.user["id"]
    assert {member["user_id"]: member["role"] for member in snapshot["members"]} == {
        tess.user["id"]: "owner", ugo.user["id"]: "viewer"}
    assert snapshot["images"][0]["id"] == pictures[0]["id"] and snapshot["images"][0]["starred_by"] == []
    assert heir.wait_for_seq(snapshot["seq"]).differences(snapshot) == {}
    heir.leave()
    house.wait_until(lambda: not folder.exists(), 10, "files were left")
    assert ledger.execute("SELECT count(*) FROM images WHERE workspace_id = ?", (alone,)).fetchone() == (0,)
    row = ledger.execute("SELECT name, email, password_hash FROM users WHERE id = ?", (sol.user["id"],)).fetchone()
    assert row == ("Deleted user", f"deleted-{sol.user['id']}@invalid", "")
    for name in erasing.ERASED:
        table, column = name.split(".")
        left = ledger.execute(f"SELECT count(*) FROM {table} WHERE {column} = ?", (sol.user["id"],)).fetchone()
        assert left == (0,), name
    assert not (house.data_dir / "media" / "tickets" / ticket).exists()
    assert ledger.execute("SELECT count(*) FROM ticket_replies WHERE ticket_id = ?", (ticket,)).fetchone() == (0,)
    mine = {"email": sol.user["email"], "password": PASSWORD}
    assert refusal(guest(), "POST", "/api/auth/login", json=mine)[:2] == (401, "signed_out")
    assert guest().raw("POST", "/api/auth/register", json={**mine, "name": "Sol"}).status_code == 201


def test_the_copy_holds_what_is_mine_and_no_secret(resident):
    vic, wes = resident("Vic"), resident("Wes")
    place = vic.workspace("Mine")["id"]
    admit(vic, wes, place, "editor")
    key = vic.post("/api/keys", {"name": "Script", "scopes": ["read"]})
    for person in (vic, wes):
        person.post("/api/themes", {"name": f"Of {person.user['name']}"})
    answer = vic.raw("GET", "/api/account/export")
    assert "attachment" in answer.headers["Content-Disposition"]
    data = answer.json()
    assert data["account"]["email"] == vic.user["email"]
    assert [theme["name"] for theme in data["themes"]] == ["Of Vic"]
    assert [item["workspace"]["name"] for item in data["memberships"]] == ["Mine"]
    assert data["keys"][0]["last4"] == key["secret"][-4:]
    assert key["secret"] not in answer.text and "$argon2" not in json.dumps(data)
