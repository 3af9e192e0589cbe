"""Away and back: the same workspace but for its ids, its people, and when it came to be."""

import hashlib
import json
import random
from collections.abc import Iterator

import pytest

from tests.archive.carrying import bring, essence, export, members
from tests.faults import journeys
from tests.faults.histories import QUICK, Unlimited
from tests.harness.client import Client, newcomers
from tests.harness.making import admit, ask, make
from tests.harness.product import Product
from tests.harness.room import Room

PROMPTS = (
    "a red fox",
    "a {red|grey} fox in {rain|snow}",
    "a lighthouse, {mood:=calm|storm}",
    "[fail:moderated] a fox",
    "ein Fuchs im Schnee ❄️",
)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory) -> Iterator[Product]:
    """A second installation, empty."""
    with Product(tmp_path_factory.mktemp("elsewhere"), **QUICK).running() as product:
        yield product


class Life:
    """Things that people do in a workspace, by chance."""

    def __init__(self, client: Client, room: Room, seed: int):
        self.client, self.room, self.chance = client, room, random.Random(seed)
        self.place = room.workspace_id
        self.images: list[dict] = []
        self.styles: list[str] = []

    def live(self, steps: int) -> None:
        acts = [self.generate, self.star, self.tag, self.delete, self.vary]
        acts += [self.talk, self.style, self.unstyle, self.world]
        for act in (self.generate, self.style, self.talk, *self.chance.choices(acts, k=steps)):
            act()

    def generate(self) -> None:
        styles = self.chance.sample(self.styles, min(len(self.styles), 2))
        prompt = self.chance.choice(PROMPTS)
        more = {"negative": "blur", "style_ids": styles, "batch_size": None}
        self.settle(ask(self.client, self.place, prompt, **more)["images"])

    def settle(self, images: list[dict]) -> None:
        """Wait until all are ready or failed."""
        for image in images:
            known = self.room.state.things["images"]
            self.room.wait_for(lambda room, id=image["id"], known=known: known.get(id, {}).get("finished_at"), 40)
            self.images.append(known[image["id"]])

    def one(self) -> dict:
        ready = [image for image in self.images if image["status"] == "ready"]
        return self.chance.choice(ready or self.images)

    def star(self) -> None:
        self.client.patch(f"/api/images/{self.one()['id']}", {"starred": True})

    def tag(self) -> None:
        self.client.patch(f"/api/images/{self.one()['id']}", {"tags": ["keep", "für später"]})

    def delete(self) -> None:
        image = self.images.pop(self.chance.randrange(len(self.images)))
        self.client.delete(f"/api/images/{image['id']}")
        if self.chance.random() < 0.5:
            self.images.append(self.client.post(f"/api/images/{image['id']}/restore")["image"])

    def vary(self) -> None:
        image = self.one()
        if image["status"] == "ready":
            self.settle(self.client.post(f"/api/images/{image['id']}/vary", {"count": 2})["images"])

    def talk(self) -> None:
        body = {"content": "variants of a fox at dawn", "image_ids": [self.one()["id"]] if self.images else []}
        sent = self.client.post(f"/api/workspaces/{self.place}/messages", body)
        done = {"id": sent["reply"]["id"], "status": "complete"}
        reply = self.room.wait_for_event("message.updated", patience=40, **done)["message"]
        if self.chance.random() < 0.7 and reply["proposals"]:
            self.client.patch(f"/api/proposals/{reply['proposals'][0]['id']}", {"status": "used"})
        elif self.chance.random() < 0.5:
            self.client.delete(f"/api/messages/{sent['message']['id']}")

    def style(self) -> None:
        body = {"name": "Ink", "positive": "{prompt}, ink", "steps": 2}
        self.styles.append(self.client.post(f"/api/workspaces/{self.place}/styles", body)["style"]["id"])

    def unstyle(self) -> None:
        if self.styles:
            self.client.delete(f"/api/styles/{self.styles.pop()}")

    def world(self) -> None:
        theme = self.client.post("/api/themes", {"name": "Coast", "base_prompt": "by the sea"})["theme"]
        self.client.patch(f"/api/workspaces/{self.place}", {"theme_id": theme["id"], "name": "Küste"})


def test_whatever_people_did_survives_the_trip_to_an_empty_installation(product, elsewhere, person, enter):
    ana, ben = person("Ana"), person("Ben")
    place = ana.workspace("Foxes")["id"]
    admit(ana, ben, place, "editor")
    room = enter(ana, place)
    Life(ana, room, seed=1).live(12)
    ask(ben, place, "a fox of Ben's")
    make(ana, room, "a last fox", batch_size=2)
    first = export(product, ana, place)
    carol = Client(elsewhere.base_url)
    carol.register("Carol")
    second = export(elsewhere, carol, bring(elsewhere, carol, first))
    assert essence(second) == essence(first)
    carol.close()


def test_every_history_of_the_state_machine_survives_the_trip(elsewhere):
    with newcomers(elsewhere.base_url) as join:
        tally = journeys.check(elsewhere, Unlimited(join("Ada")), elsewhere, join("Ben"), 5)
    assert tally["histories"] >= 5 and tally["pictures"] > 5


def test_everything_becomes_the_importers_and_nothing_is_spent(product, person, enter):
    ana, ben = person("Ana"), person("Ben")
    place = ana.workspace("Foxes")["id"]
    admit(ana, ben, place, "editor")
    room = enter(ana, place)
    image = make(ana, room)[0]
    ana.patch(f"/api/images/{image['id']}", {"starred": True})
    before = ben.get("/api/session")["quota"]["used"]
    there = bring(product, ben, export(product, ana, place), name="Foxes of mine")
    snapshot = ben.get(f"/api/workspaces/{there}/snapshot")["snapshot"]
    assert snapshot["workspace"]["name"] == "Foxes of mine"
    assert [member["name"] for member in snapshot["members"]] == ["Ben"]
    copy = snapshot["images"][0]
    assert copy["author_id"] == ben.user["id"] and copy["starred_by"] == [ben.user["id"]]
    assert copy["id"] != image["id"] and copy["sha256"] == image["sha256"]
    assert ben.raw("GET", copy["original_url"]).content == ana.raw("GET", image["original_url"]).content
    assert ben.get("/api/session")["quota"]["used"] == before
    make(ben, enter(ben, there))


def test_what_is_unfinished_is_cancelled_in_the_copy(product, person):
    ana = person("Ana")
    place = ana.workspace()["id"]
    slow = ask(ana, place, "[slow:30] a fox", steps=20)
    there = bring(product, ana, export(product, ana, place))
    ana.post(f"/api/generations/{slow['generation']['id']}/cancel")
    images = ana.get(f"/api/workspaces/{there}/images")["items"]
    assert [image["status"] for image in images] == ["cancelled"]


def test_an_archive_is_an_ordinary_tar_gz_with_a_checksum_for_each_file(product, person, enter):
    ana = person("Ana")
    place = ana.workspace()["id"]
    image = make(ana, enter(ana, place))[0]
    files = dict(members(export(product, ana, place)))
    manifest = json.loads(files.pop("emulsion.json"))
    assert {entry["name"]: entry["sha256"] for entry in manifest["files"]} == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items()
    }
    name = json.loads(files["images.jsonl"])["original_url"]
    assert files[name] == ana.raw("GET", image["original_url"]).content
