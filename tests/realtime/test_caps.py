"""How many pictures one person, and one connection, may have developing at once, however many slots are free."""

from tests.contract import contract_server
from tests.harness.client import Client
from tests.harness.making import ask, finished
from tests.harness.room import Room

A_PERSONS = 8


def test_a_person_has_eight_pictures_developing_at_most(start_product, enter):
    room = enter_alone(start_product(IMAGE_SLOTS="12"), enter)
    images = ask(room.client, room.workspace_id, "a fox [slow:0.5]", batch_size=20)["images"]
    assert most_at_once(room, images) == A_PERSONS


def test_a_connection_makes_no_more_at_once_than_its_vendor_takes(start_product, enter):
    with contract_server("a1111") as vendor:
        vendors = {"IMAGE_API_KIND": "a1111", "IMAGE_API_URL": vendor.url, "IMAGE_API_MODELS": "sd15"}
        room = enter_alone(start_product(IMAGE_SLOTS="6", **vendors), enter)
        images = ask(room.client, room.workspace_id, model="sd15", batch_size=6)["images"]
        assert most_at_once(room, images) == 1


def enter_alone(product, enter) -> Room:
    person = Client(product.base_url)
    person.register("Ada")
    return enter(person, person.workspace()["id"])


def most_at_once(room: Room, images: list[dict]) -> int:
    """The most of them that were running at one moment, once all are ready."""
    for image in images:
        finished(room, image["id"])
    running, most = set(), 0
    for told in room.found("image.updated", {}):
        image = told["image"]
        (running.add if image["status"] == "running" else running.discard)(image["id"])
        most = max(most, len(running))
    return most
