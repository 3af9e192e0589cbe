"""What the Free plan allows: twenty images a day and one workspace, exact whatever happens to an image."""

import contextlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from tests.harness.client import Client
from tests.harness.making import admit, ask, finished, refusal
from tests.harness.room import Room


@pytest.fixture
def finn(free) -> Client:
    return free("Finn")


@pytest.fixture
def place(finn) -> Iterator[str]:
    """A workspace of his; what is still being made in it ends with the test."""
    workspace = finn.workspace()
    yield workspace["id"]
    finn.raw("DELETE", f"/api/workspaces/{workspace['id']}")


@pytest.fixture
def room(finn, place):
    tab = Room(finn, place)
    yield tab.enter()
    tab.leave()


def used(client: Client) -> int:
    return client.get("/api/session")["quota"]["used"]


def test_the_session_tells_plan_and_quota(finn):
    session = finn.get("/api/session")
    assert session["plan"] == "free"
    assert session["quota"]["limit"] == 20 and session["quota"]["used"] == 0
    assert datetime.fromisoformat(session["quota"]["resets_at"])


def test_a_second_workspace_is_beyond_the_plan(finn, place):
    assert refusal(finn, "POST", "/api/workspaces", json={"name": "Two"})[:2] == (403, "plan_limit")
    finn.delete(f"/api/workspaces/{place}")
    finn.workspace("Another one instead")


def test_the_twenty_first_image_of_a_day_is_refused_with_a_time(finn, place):
    ask(finn, place, "[slow:30] a fox", batch_size=20, steps=20)
    answer = finn.raw("POST", "/api/generate", json={"workspace_id": place, "model": "sketch", "prompt": "one more"})
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (429, "quota_exceeded")
    assert 0 < error["retry_after"] <= 24 * 3600 + 1
    assert answer.headers["Retry-After"] == str(error["retry_after"])
    assert used(finn) == 20


def test_a_batch_that_is_too_large_for_today_spends_nothing(finn, place):
    ask(finn, place, "a fox", batch_size=21, status=429)
    assert used(finn) == 0
    assert finn.get(f"/api/workspaces/{place}/images")["items"] == []


def test_parallel_requests_never_pass_the_limit(finn, place):
    finn.token()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: finn.raw("POST", "/api/generate", json=wish(place)), range(8)))
    assert sorted(answer.status_code for answer in answers) == [202] * 5 + [429] * 3
    assert used(finn) == 20


def wish(place: str) -> dict:
    slow = {"model": "sketch", "width": 64, "height": 64, "steps": 20}
    return {"workspace_id": place, "prompt": "[slow:30] a fox", "batch_size": 4, **slow}


def test_a_cancelled_batch_gives_its_units_back_once(finn, place):
    generation = ask(finn, place, "[slow:30] a fox", batch_size=6, steps=20)["generation"]
    assert used(finn) == 6
    finn.post(f"/api/generations/{generation['id']}/cancel", status=202)
    finn.post(f"/api/generations/{generation['id']}/cancel", status=202)
    assert used(finn) == 0


def test_a_failed_image_gives_its_unit_back_and_trying_again_pays_again(finn, place, room):
    image = ask(finn, place, "[fail:moderated] a fox")["images"][0]
    finished(room, image["id"], "failed")
    room.wait_for(lambda tab: any(told["quota"]["used"] == 0 for told in tab.heard("account")[1:]))
    assert used(finn) == 0
    finn.post(f"/api/images/{image['id']}/retry", status=202)
    room.wait_for(lambda tab: tab.state.things["images"][image["id"]]["attempt"] == 2)
    finished(room, image["id"], "failed")


def test_who_tries_another_persons_image_again_pays_and_is_paid_back(free, finn, place):
    with contextlib.closing(free("Greta")) as greta:
        admit(finn, greta, place, "editor")
        image = ask(finn, place, "[slow:30] a fox", steps=20)["images"][0]
        finn.post(f"/api/images/{image['id']}/cancel")
        greta.post(f"/api/images/{image['id']}/retry", status=202)
        assert (used(finn), used(greta)) == (0, 1)
        finn.post(f"/api/images/{image['id']}/cancel")
        assert (used(finn), used(greta)) == (0, 0)


def test_a_deleted_unfinished_image_and_a_deleted_workspace_give_back(finn, place):
    images = ask(finn, place, "[slow:30] a fox", batch_size=3, steps=20)["images"]
    finn.delete(f"/api/images/{images[0]['id']}")
    assert used(finn) == 2
    finn.delete(f"/api/workspaces/{place}")
    assert used(finn) == 0


def test_the_first_page_names_a_price_only_where_something_is_sold(till, first, nobody):
    sold = Client(till.base_url)
    page, free_of_charge = (client.raw("GET", "/").text for client in (sold, nobody))
    sold.close()
    assert "Free for 20 images a day" in page and "$8.99" in page
    assert "20 images" not in free_of_charge and "$8.99" not in free_of_charge and "#price" not in free_of_charge
