"""Who is here: one absolute list of people, their tabs, what they type and look at."""

import uuid

import pytest

PERSON = {"user_id", "name", "color", "tabs", "typing", "focus"}


@pytest.fixture
def room(ana, place, enter):
    return enter(ana, place)


def until(room, condition):
    """Wait until the newest list of people meets the condition; the list by name."""

    def look(tab):
        lists = tab.heard("presence")
        people = {person["name"]: person for person in lists[-1]["members"]} if lists else {}
        return people if condition(people) else None

    return room.wait_for(look)


def test_people_are_listed_with_their_tabs(ana, ben, place, room, enter):
    enter(ben, place)
    enter(ben, place)
    people = until(room, lambda people: people.get("Ben", {}).get("tabs") == 2)
    assert set(people["Ben"]) == PERSON
    assert (people["Ana"]["tabs"], people["Ana"]["color"]) == (1, ana.user["color"])
    assert (people["Ben"]["typing"], people["Ben"]["focus"]) == (False, None)


def test_typing_and_looking_are_seen_by_the_others(ben, place, room, enter):
    other, image = enter(ben, place), str(uuid.uuid4())
    assert other.call("typing", {"workspace_id": place, "typing": True}) == {}
    until(room, lambda people: people.get("Ben", {}).get("typing"))
    other.call("focus", {"workspace_id": place, "image_id": image})
    other.call("typing", {"workspace_id": place, "typing": False})
    people = until(room, lambda people: not people["Ben"]["typing"] and people["Ben"]["focus"])
    assert people["Ben"]["focus"] == image
    other.call("focus", {"workspace_id": place, "image_id": None})
    until(room, lambda people: people["Ben"]["focus"] is None)


def test_who_leaves_or_closes_their_tab_is_gone(ben, place, room, enter):
    first, second = enter(ben, place), enter(ben, place)
    until(room, lambda people: people.get("Ben", {}).get("tabs") == 2)
    first.call("leave", {"workspace_id": place})
    until(room, lambda people: people["Ben"]["tabs"] == 1)
    second.leave()
    until(room, lambda people: "Ben" not in people)


def test_a_new_name_reaches_the_list(someone, ana, place, room, enter):
    cora = someone("Cora")
    token = ana.post(f"/api/workspaces/{place}/invites", {"role": "viewer"})["invite"]["token"]
    cora.post(f"/api/invites/{token}/accept")
    enter(cora, place)
    until(room, lambda people: "Cora" in people)
    cora.patch("/api/account", {"name": "Coraline"})
    assert "Cora" not in until(room, lambda people: "Coraline" in people)


def test_who_hides_is_not_listed_by_any_of_their_tabs(ana, ben, place, room, enter):
    first, second = enter(ben, place), enter(ben, place)
    until(room, lambda people: people.get("Ben", {}).get("tabs") == 2)
    assert first.call("hide", {"workspace_id": place, "hidden": True}) == {}
    second.call("typing", {"workspace_id": place, "typing": True})
    until(room, lambda people: "Ana" in people and "Ben" not in people)
    assert [person["name"] for person in second.call("join", {"workspace_id": place})["presence"]] == ["Ana"]
    first.call("hide", {"workspace_id": place, "hidden": False})
    until(room, lambda people: people.get("Ben", {}).get("typing"))


def test_who_enters_hidden_is_never_seen(ben, place, room, enter):
    tab = enter(ben, place)
    answer = tab.call("join", {"workspace_id": place, "hidden": True})
    assert "Ben" not in [person["name"] for person in answer["presence"]]
