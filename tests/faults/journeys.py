"""Whatever people did in a workspace survives the trip: exported, imported elsewhere and exported again, it is equal.

`python -m tests.faults.journeys [JOURNEYS]`: the state machine of `histories`, some more that people do, and at the
end of each history a trip to a second installation. Ids, people and the workspace's own dates may differ.
"""

import sys

from hypothesis import strategies as st
from hypothesis.stateful import initialize, multiple, rule

from tests.archive.carrying import bring, essence, export
from tests.benchmarks.table import HEAD, Row, show
from tests.faults import histories, rig
from tests.faults.histories import NAMES, QUICK, Histories, Unlimited
from tests.harness.client import Client
from tests.harness.product import Product

TAGS = st.lists(st.sampled_from(["keep", "für später", "🦊"]), unique=True)
SMALL = {"model": "sketch", "width": 64, "height": 64, "steps": 1}


class Journeys(Histories):
    """A history with a trip from `here`, where its client works, to `there`, where `guest` unpacks it."""

    here: Product
    there: Product
    guest: Client

    @initialize(target=Histories.images, pictures=st.integers(0, 3), talk=st.booleans())
    def begin(self, pictures, talk):
        super().begin()
        if talk:
            self.say("variants of a fox at dawn")
        return self.ask("a {red|blue|white} fox", batch_size=pictures) if pictures else multiple()

    @rule(image=Histories.images, tags=TAGS)
    def tag(self, image, tags):
        self.try_to("PATCH", f"/api/images/{image}", {"tags": tags})

    @rule(target=Histories.images, image=Histories.images)
    def vary(self, image):
        answer = self.client.raw("POST", f"/api/images/{image}/vary", json={"count": 2})
        return multiple(*(made["id"] for made in answer.json().get("images", ())))

    @rule(target=Histories.images, style=Histories.styles)
    def generate_in_a_style(self, style):
        return self.ask("{mood: calm|wild} sea, {=mood}", batch_size=2, style_ids=[style])

    @rule(name=NAMES)
    def wear_a_theme(self, name):
        theme = self.client.post("/api/themes", {"name": name, "base_prompt": "by the sea"})["theme"]["id"]
        self.client.patch(f"/api/workspaces/{self.place}", {"theme_id": theme})

    @rule(target=Histories.messages, image=Histories.images)
    def ask_about(self, image):
        body = {"content": "variants of a fox at dawn", "image_ids": [image]}
        answer = self.client.raw("POST", f"/api/workspaces/{self.place}/messages", json=body)
        return multiple(*([answer.json()["reply"]["id"]] if answer.is_success else []))

    @rule(status=st.sampled_from(["used", "dismissed"]))
    def decide(self, status):
        for offer in self.offers()[:1]:
            self.try_to("PATCH", f"/api/proposals/{offer['id']}", {"status": status})

    @rule(target=Histories.images)
    def take_up_an_offer(self):
        offers = self.offers()
        return self.ask(offers[0]["prompt"], proposal_id=offers[0]["id"]) if offers else multiple()

    def ask(self, prompt: str, **more):
        """The pictures that were asked for; none when that is refused."""
        body = {"workspace_id": self.place, "prompt": prompt, "batch_size": 1, **SMALL, **more}
        answer = self.client.raw("POST", "/api/generate", json=body)
        return multiple(*(made["id"] for made in answer.json().get("images", ())))

    def offers(self) -> list[dict]:
        messages = self.client.get(f"/api/workspaces/{self.place}/messages")["items"]
        return [offer for message in messages for offer in message["proposals"]]

    def agree(self, patience: float = 20.0) -> None:
        super().agree(patience)
        away = export(self.here, self.client, self.place)
        back = export(self.there, self.guest, bring(self.there, self.guest, away))
        assert essence(back) == essence(away)
        self.tally["pictures"] = self.tally.get("pictures", 0) + len(essence(away)["images.jsonl"])


def check(here: Product, client: Client, there: Product, guest: Client, journeys: int) -> dict:
    """Go on so many journeys; {histories, types, pictures} of them."""
    kind = type("These", (Journeys,), {"here": here, "there": there, "guest": guest})
    return histories.check(client, journeys, kind=kind)


def rows(journeys: int = 150) -> list[Row]:
    with (
        rig.product(**QUICK) as here, rig.somebody(here) as ada,
        rig.product(**QUICK) as there, rig.somebody(there, "Ben") as ben,
    ):  # fmt: skip
        tally = check(here, Unlimited(ada), there, ben, journeys)
    return [Row(f"{tally['histories']} journeys with {tally['pictures']:,} pictures that end unlike", 0, "", target=0)]


if __name__ == "__main__":
    print(HEAD)
    show(rows(*map(int, sys.argv[1:])))
