"""A viewer who would like to make pictures too: who hears of it, and how often."""

from tests.harness.making import admit, refusal


def test_the_owner_gets_a_letter_that_leads_to_the_members(post, resident):
    owner, viewer = resident("Oda"), resident("Vic")
    place = owner.workspace("Moss study")["id"]
    admit(owner, viewer, place, "viewer")
    assert viewer.raw("POST", f"/api/workspaces/{place}/access", json={}).status_code == 202
    letter = post.wait_for(owner.user["email"], "Someone would like to make pictures with you")
    assert "Vic may look at “Moss study”" in letter.text
    assert f"/w/{place}#share" in letter.text


def test_who_may_make_pictures_has_nothing_to_ask_and_a_stranger_finds_nothing(resident):
    owner, stranger = resident("Oda"), resident("Sven")
    place = owner.workspace("Moss study")["id"]
    path = f"/api/workspaces/{place}/access"
    assert refusal(owner, "POST", path, json={})[:2] == (409, "conflict")
    assert refusal(stranger, "POST", path, json={})[:2] == (404, "not_found")


def test_asking_again_and_again_is_slowed_down(product, person):
    owner, viewer = person("Oda"), person("Vic")
    place = owner.workspace("Moss study")["id"]
    admit(owner, viewer, place, "viewer")
    path = f"/api/workspaces/{place}/access"
    answers = [viewer.raw("POST", path, json={}).status_code for _ in range(4)]
    assert answers == [202, 202, 429, 429]
