"""A picture that is paid for at submit is taken up again, not paid twice; what nobody can know is asked once more."""

import pytest

from tests.contract import contract_server
from tests.end_to_end.asking import ask, life, outcomes, spent
from tests.end_to_end.conftest import BRISK, connected

EACH, MOST = 8, 24


@pytest.fixture
def studio(bfl_studio):
    """The vendor that is paid at submit, polite again."""
    bfl_studio.vendor.reset()
    yield bfl_studio
    bfl_studio.product.wait_until(bfl_studio.product.is_whole, 20, "not whole again")


def kill_worker(studio) -> None:
    studio.product.wait_for_successor("images", studio.product.kill("images"))


def test_a_submitted_picture_survives_its_worker_and_is_not_submitted_twice(studio, sit_down):
    studio.vendor.script(steps=8)
    room = sit_down(studio)
    (image,) = ask(room, "a fox", batch_size=1)
    room.wait_for(lambda room: any(said["image_id"] == image["id"] for said in room.heard("image.progress")))
    kill_worker(studio)
    (made,) = outcomes(room, [image])
    assert made["status"] == "ready" and made["attempt"] == 2
    assert studio.vendor.seen()["submit"] == 1 and spent(room) == 1


def test_an_order_without_a_receipt_is_sent_once_more_and_then_given_up(studio, sit_down):
    room = sit_down(studio)
    (image,) = ask(room, "a fox rude:silent", batch_size=1)
    for times in (1, 2):
        studio.product.wait_until(lambda times=times: studio.vendor.seen().get("submit") == times, 20, "not ordered")
        kill_worker(studio)
    (ended,) = outcomes(room, [image])
    assert ended["status"] == "failed" and ended["error"]["kind"] == "unknown_outcome"
    assert life(room, image) == ["running", "queued", "running", "failed"]
    assert studio.vendor.seen()["submit"] == 2 and spent(room) == 0


def test_whoever_asks_again_for_what_nobody_knows_orders_anew(studio, sit_down):
    studio.vendor.script(behaviour="drop", times=2)
    room = sit_down(studio)
    (image,) = outcomes(room, ask(room, "a fox", batch_size=1))
    assert image["error"]["kind"] == "unknown_outcome" and studio.vendor.seen()["submit"] == 2
    room.client.post(f"/api/images/{image['id']}/retry", status=202)
    room.wait_for_event("image.updated", id=image["id"], status="ready")
    assert studio.vendor.seen()["submit"] == 3 and spent(room) == 1


def test_a_job_that_failed_at_the_vendor_is_not_asked_about_again(studio, sit_down):
    studio.vendor.script(behaviour="error", times=1)
    room = sit_down(studio)
    (made,) = outcomes(room, ask(room, "a fox", batch_size=1))
    assert made["status"] == "ready" and studio.vendor.seen()["submit"] == 2


def test_a_connection_gets_no_more_at_once_than_it_takes(start_product, sit_down):
    with contract_server("bfl") as vendor:
        product = start_product(**BRISK, **connected("bfl", vendor.url), IMAGE_SLOTS="30")
        people = [sit_down(Place(product)) for _ in range(MOST // EACH + 1)]
        waiting = [ask(room, "a fox rude:pending", batch_size=EACH) for room in people]
        product.wait_until(lambda: count(product, "running") == MOST, 20, "not so many run at once")
        (other,) = outcomes(people[0], ask(people[0], "a fox", batch_size=1, model="sketch"))
        assert other["status"] == "ready", "a slot was free all the while"
        assert count(product, "running") == vendor.seen()["submit"] == MOST
        people[0].client.post(f"/api/generations/{waiting[0][0]['generation_id']}/cancel")
        product.wait_until(lambda: count(product, "queued") == 0, 20, "the rest was not ordered")
        assert count(product, "running") == MOST


class Place:
    """Where one sits down."""

    def __init__(self, product):
        self.product = product


def count(product, status: str) -> int:
    query = "SELECT count(*) FROM images WHERE status = :status AND connection = 'image-api'"
    return product.rows(query, status=status)[0][0]
