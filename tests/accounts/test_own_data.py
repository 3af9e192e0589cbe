"""The copy of one's data: everything about oneself, nothing that lets somebody in, nothing of others."""

from server.actions import own_data
from tests.harness.making import admit


def test_every_column_that_names_a_person_is_in_the_copy_or_left_out_for_a_reason():
    assert own_data.unaccounted() == set()


def test_the_copy_holds_requests_letters_transfers_and_what_was_done(resident, guest, house, post, root):
    xan, yve = resident("Xan"), resident("Yve")
    place = xan.workspace("Mine")["id"]
    admit(xan, yve, place, "editor")
    for person in (xan, yve):
        person.post("/api/tickets", {"subject": f"From {person.user['name']}", "body": "Hello?"})
    xan.post(f"/api/workspaces/{place}/exports", status=202)
    xan.post("/api/keys", {"name": "Nightly", "scopes": ["read"]})
    guest().post("/api/auth/password-reset", {"email": xan.user["email"]})
    letter = post.wait_for(xan.user["email"], "Choose a new password")
    answer = xan.raw("GET", "/api/account/export")
    data = answer.json()
    (ticket,) = data["tickets"]
    assert ticket["subject"] == "From Xan" and ticket["replies"][0]["body"] == "Hello?"
    assert [item["kind"] for item in data["transfers"]] == ["export"]
    assert [key["name"] for key in data["keys"]] == ["Nightly"]
    assert {"Choose a new password"} <= {item["subject"] for item in data["letters"]}
    assert letter.token not in answer.text
    assert {("registered", True), ("key.made", True)} <= {(act["act"], act["by_me"]) for act in data["acts"]}
    assert yve.user["email"] not in answer.text
