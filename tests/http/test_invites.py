"""Invitation links: what they give, and when they end."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from tests.harness.making import refusal


@pytest.fixture
def invite(ana, place):
    def make(**wishes) -> dict:
        return ana.post(f"/api/workspaces/{place}/invites", {"role": "viewer", **wishes}, status=201)["invite"]

    return make


def accept(person, invite: dict):
    return person.raw("POST", f"/api/invites/{invite['token']}/accept", json={})


def test_an_invite_has_its_shape_and_an_address(ana, invite):
    made = invite(max_uses=3)
    assert set(made) == {"id", "token", "url", "role", "expires_at", "max_uses", "uses"}
    assert made["url"] == f"{ana.base_url}/invite/{made['token']}"
    assert (made["role"], made["expires_at"], made["max_uses"], made["uses"]) == ("viewer", None, 3, 0)


def test_who_accepts_becomes_a_member(invite, someone, place):
    gus = someone("Gus")
    answer = accept(gus, invite(role="editor")).json()
    assert answer["workspace"]["id"] == place
    assert set(answer["member"]) == {"user_id", "name", "color", "role", "joined_at"}
    assert (answer["member"]["user_id"], answer["member"]["role"]) == (gus.user["id"], "editor")


def test_a_member_who_follows_a_link_again_stays_what_they_are_and_uses_nothing_up(ana, invite, someone, place):
    gil, made = someone("Gil"), invite(max_uses=1)
    accept(gil, made)
    assert accept(gil, made).status_code == 200
    assert accept(ana, invite(max_uses=1)).json()["member"]["role"] == "owner"
    listed = {item["id"]: item["uses"] for item in ana.get(f"/api/workspaces/{place}/invites")["items"]}
    assert listed[made["id"]] == 1


def test_parallel_guests_never_pass_the_number_of_uses(ana, invite, someone, place):
    made, guests = invite(max_uses=1), [someone(f"Guest {number}") for number in range(3)]
    for guest in guests:
        guest.token()
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda guest: accept(guest, made), guests))
    assert sorted(answer.status_code for answer in answers) == [200, 410, 410]
    listed = {item["id"]: item["uses"] for item in ana.get(f"/api/workspaces/{place}/invites")["items"]}
    assert listed[made["id"]] == 1


def test_an_expired_link_is_gone(invite, stranger):
    past = (datetime.now(UTC) - timedelta(seconds=1)).isoformat()
    answer = accept(stranger, invite(expires_at=past))
    assert (answer.status_code, answer.json()["error"]["code"]) == (410, "gone")


def test_a_time_in_any_zone_is_kept_in_utc(invite):
    assert invite(expires_at="2099-01-01T02:00:00+02:00")["expires_at"] == "2099-01-01T00:00:00.000Z"


def test_a_revoked_link_is_gone_and_no_longer_listed(ana, invite, stranger, place):
    made = invite()
    ana.delete(f"/api/invites/{made['id']}", status=204)
    assert accept(stranger, made).status_code == 410
    assert made["id"] not in [item["id"] for item in ana.get(f"/api/workspaces/{place}/invites")["items"]]


def test_a_link_into_a_deleted_workspace_is_gone(ana, stranger):
    doomed = ana.workspace("Doomed")["id"]
    made = ana.post(f"/api/workspaces/{doomed}/invites", {"role": "viewer"})["invite"]
    ana.delete(f"/api/workspaces/{doomed}")
    assert accept(stranger, made).status_code == 410


def test_a_link_that_never_was_is_not_found(stranger):
    assert refusal(stranger, "POST", "/api/invites/nonsense/accept", json={})[:2] == (404, "not_found")
