"""Test 9: whatever people do and whatever is lost on the way, state from events equals state fetched afresh.

`python -m tests.faults.histories [HISTORIES]`: a Hypothesis state machine against the running product. People act by
HTTP; tabs join late, lose, double and reorder what they hear, and are cut; at the end of each history all must agree.
"""

import sys
import time

from hypothesis import HealthCheck, Verbosity, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from server.protocol.events import DURABLE
from tests.benchmarks.table import HEAD, Row, show
from tests.faults import rig
from tests.faults.tabs import CarelessTab
from tests.harness.client import Client

STEPS = 12
QUICK = {"SKETCH_PACE": "0", "GUIDE_PACE": "0", "SWEEP_SECONDS": "0.3", "HEAD_SECONDS": "0.5"}
NAMES = st.sampled_from(["Foxes", "Hares", "Wolves", "Owls"])
WORDS = st.sampled_from(["a fox", "a {red|blue} hare", "an owl [fail:moderated]"])


class Histories(RuleBasedStateMachine):
    """One workspace; `client` and `tally` are given before a run."""

    client: Client
    tally: dict

    styles = Bundle("styles")
    images = Bundle("images")
    messages = Bundle("messages")

    @initialize()
    def begin(self):
        self.place = self.client.workspace("Foxes")["id"]
        self.tabs = [CarelessTab(self.client, self.place)]

    @rule(name=NAMES)
    def rename(self, name):
        self.client.patch(f"/api/workspaces/{self.place}", {"name": name})

    @rule(target=styles, name=NAMES)
    def add_style(self, name):
        body = {"name": name, "positive": "{prompt}, ink"}
        return self.client.post(f"/api/workspaces/{self.place}/styles", body)["style"]["id"]

    @rule(style=styles, steps=st.integers(1, 40))
    def change_style(self, style, steps):
        self.try_to("PATCH", f"/api/styles/{style}", {"steps": steps})

    @rule(style=styles)
    def delete_style(self, style):
        self.try_to("DELETE", f"/api/styles/{style}")

    @rule(target=images, prompt=WORDS)
    def generate(self, prompt):
        body = {"workspace_id": self.place, "prompt": prompt, "model": "sketch", "batch_size": 1, "width": 64,
                "height": 64, "steps": 1}  # fmt: skip
        return self.client.post("/api/generate", body)["images"][0]["id"]

    @rule(image=images, act=st.sampled_from(["cancel", "retry", "restore"]))
    def act_on_image(self, image, act):
        self.try_to("POST", f"/api/images/{image}/{act}", {})

    @rule(image=images, starred=st.booleans())
    def star(self, image, starred):
        self.try_to("PATCH", f"/api/images/{image}", {"starred": starred})

    @rule(image=images)
    def delete_image(self, image):
        self.try_to("DELETE", f"/api/images/{image}")

    @rule(target=messages, content=NAMES)
    def say(self, content):
        return self.client.post(f"/api/workspaces/{self.place}/messages", {"content": content})["reply"]["id"]

    @rule(message=messages, act=st.sampled_from(["stop", "retry"]))
    def act_on_message(self, message, act):
        self.try_to("POST", f"/api/messages/{message}/{act}", {})

    @rule(message=messages)
    def delete_message(self, message):
        self.try_to("DELETE", f"/api/messages/{message}")

    @rule(habit=st.sampled_from(["drop", "double", "reverse", "none"]))
    def join_late(self, habit):
        self.tabs.append(CarelessTab(self.client, self.place, habit))

    @rule(number=st.integers(0, 9))
    def cut(self, number):
        self.tabs[number % len(self.tabs)].cut()

    @rule(number=st.integers(0, 9), habit=st.sampled_from(["drop", "double", "reverse", "none"]))
    def turn_careless(self, number, habit):
        self.tabs[number % len(self.tabs)].habit = habit

    @invariant()
    def orders_hold(self):
        for tab in getattr(self, "tabs", ()):
            assert tab.trouble is None, tab.trouble

    def try_to(self, method: str, path: str, body: dict | None = None) -> None:
        """Do it if it may be done now; refusals are answers too."""
        answer = self.client.raw(method, path, json=body)
        assert answer.status_code < 500, answer.text

    def teardown(self):
        if not hasattr(self, "tabs"):
            return
        try:
            for tab in self.tabs:
                tab.habit = "none"
            self.agree()
        finally:
            for tab in self.tabs:
                tab.leave()

    def agree(self, patience: float = 20.0) -> None:
        deadline = time.monotonic() + patience
        while True:
            fresh = self.client.get(f"/api/workspaces/{self.place}/snapshot")["snapshot"]
            unlike = [differences for tab in self.tabs if (differences := tab.differences(fresh))]
            if not unlike:
                break
            assert time.monotonic() < deadline, unlike
            time.sleep(0.05)
        self.tally["histories"] += 1
        self.tally["types"] |= {kind for tab in self.tabs for kind in tab.types}


def check(client: Client, histories: int, steps: int = STEPS, kind: type[Histories] = Histories) -> dict:
    """Run so many histories; {histories, types}: how many there were, and which event types occurred."""
    tally = {"histories": 0, "types": set()}
    machine = type("These", (kind,), {"client": client, "tally": tally})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=histories, stateful_step_count=steps, deadline=None, database=None, verbosity=Verbosity.quiet,
            derandomize=histories < 100, suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    return tally


def rows(histories: int = 2000, steps: int = STEPS) -> list[Row]:
    with rig.product(**QUICK) as product, rig.somebody(product) as ada:
        tally = check(Unlimited(ada), histories, steps)
    return [
        Row(f"9 histories of {tally['histories']} whose tabs differ", 0, "", target=0),
        Row("9 histories: event types that never occurred", len(set(DURABLE) - tally["types"]), ""),
    ]


class Unlimited:
    """Somebody who is replaced by somebody new before a rate limit is reached."""

    MOST = 150

    def __init__(self, first: Client):
        self.base_url, self.person, self.asked, self.number = first.base_url, first, 0, 0

    def workspace(self, name: str) -> dict:
        if self.asked > self.MOST:
            self.number += 1
            self.person = Client(self.base_url)
            self.person.register(f"Ada {self.number}")
            self.asked = 0
        return self.person.workspace(name)

    def __getattr__(self, name: str):
        self.asked += 1
        return getattr(self.person, name)


if __name__ == "__main__":
    print(HEAD)
    show(rows(int(sys.argv[1]) if sys.argv[1:] else 2000))
