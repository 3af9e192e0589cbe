"""Ids made by clients: a repeated create gets the stored result, anyone else's id is taken."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.harness.making import SMALL, admit, refusal

CREATES = {
    "workspace": ("/api/workspaces", {"name": "Foxes"}, 201),
    "theme": ("/api/themes", {"name": "Coast"}, 201),
    "invite": ("/api/workspaces/{place}/invites", {"role": "viewer"}, 201),
    "style": ("/api/workspaces/{place}/styles", {"name": "Ink"}, 201),
    "message": ("/api/workspaces/{place}/messages", {"content": "hello"}, 202),
    "generation": ("/api/generate", {"prompt": "a fox", "batch_size": 2, **SMALL}, 202),
}
everything = pytest.mark.parametrize("noun", CREATES)


@pytest.fixture(scope="module")
def editor(ana, someone, place):
    return admit(ana, someone("Ed"), place, "editor")


@pytest.fixture
def create(place):
    """(path, body with a new id, status of success)."""

    def prepare(noun: str) -> tuple[str, dict, int]:
        path, body, status = CREATES[noun]
        where = {"workspace_id": place} if noun == "generation" else {}
        return path.replace("{place}", place), {**body, **where, "id": str(uuid.uuid4())}, status

    return prepare


@everything
def test_a_repeated_create_answers_the_stored_result(ana, create, noun):
    path, body, status = create(noun)
    first = ana.post(path, body, status=status)
    again = ana.post(path, body, status=200)
    assert first[noun]["id"] == body["id"]
    assert ids(again) == ids(first)


def ids(answer: dict) -> dict:
    """Which things an answer holds."""
    return {
        name: [item["id"] for item in (value if isinstance(value, list) else [value])] for name, value in answer.items()
    }


@everything
def test_an_id_in_another_spelling_is_the_same(ana, create, noun):
    path, body, status = create(noun)
    ana.post(path, {**body, "id": body["id"].upper()}, status=status)
    ana.post(path, {**body, "id": body["id"].replace("-", "")}, status=200)


@everything
def test_somebody_elses_id_is_taken(ana, editor, create, noun):
    path, body, _ = create(noun)
    ana.post(path, body)
    assert refusal(editor, "POST", path, json=body) == (409, "id_taken", "id")


@pytest.mark.parametrize("noun", ["invite", "style", "message", "generation"])
def test_the_same_id_in_another_workspace_is_taken(ana, place, create, noun):
    path, body, _ = create(noun)
    ana.post(path, body)
    other = ana.workspace("Other")["id"]
    body = {**body, "workspace_id": other} if "workspace_id" in body else body
    assert refusal(ana, "POST", path.replace(place, other), json=body) == (409, "id_taken", "id")


@everything
def test_the_same_create_sent_eight_times_at_once_is_made_once(ana, create, noun):
    path, body, status = create(noun)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: ana.raw("POST", path, json=body), range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [status]
    assert len({answer.json()[noun]["id"] for answer in answers}) == 1


def test_a_deleted_thing_does_not_come_back_by_its_id(ana, create):
    path, body, _ = create("style")
    ana.post(path, body)
    ana.delete(f"/api/styles/{body['id']}")
    assert refusal(ana, "POST", path, json=body) == (409, "id_taken", "id")


def test_a_repeated_variation_is_made_once(ana, picture):
    body = {"count": 2, "id": str(uuid.uuid4())}
    first = ana.post(f"/api/images/{picture['id']}/vary", body, status=202)
    again = ana.post(f"/api/images/{picture['id']}/vary", body, status=200)
    assert ids(first) == ids(again)
    assert first["generation"]["parent_id"] == picture["id"]


def test_one_star_however_often_it_is_given_at_once(ana, picture):
    path = f"/api/images/{picture['id']}"
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: ana.raw("PATCH", path, json={"starred": True}), range(8)))
    assert [answer.status_code for answer in answers] == [200] * 8
    assert ana.patch(path, {"starred": True})["image"]["starred_by"] == [ana.user["id"]]
