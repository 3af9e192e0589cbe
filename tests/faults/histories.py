"""Test 9: whatever people do and whatever is lost on the way, state from events equals state fetched afresh.

`python -m tests.faults.histories [HISTORIES]`: a Hypothesis state machine against the running product. People do all
that can be done by HTTP; tabs join late, lose, double and reorder what they hear, and are cut; processes are killed;
at the end of each history all must agree. Beside them a plain tab hears the same over the same bad line.
"""

import sys
import time

from hypothesis import HealthCheck, Verbosity, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from server.protocol.events import DURABLE
from tests.benchmarks.table import HEAD, Row, show
from tests.faults import rig
from tests.faults.acts import Acts, doors
from tests.faults.tabs import CarelessTab, PlainTab
from tests.harness.client import Client
from tests.harness.product import Product

STEPS = 12
BETWEEN_DEATHS = 40
QUICK = {"SKETCH_PACE": "0", "GUIDE_PACE": "0", "SWEEP_SECONDS": "0.3", "HEAD_SECONDS": "0.5",
         "LEASE_SECONDS": "1.5", "UPKEEP_SECONDS": "0.2"}  # fmt: skip
HABITS = st.sampled_from(["drop", "double", "reverse", "none"])
MORTAL = st.sampled_from(["web", "valkey", "images", "chat", "upkeep"])


class Histories(Acts):
    """`client`, `friend`, `product` and `tally` are given before a run."""

    @initialize()
    def begin(self):
        super().begin()
        self.tabs = [CarelessTab(self.client, self.place)]
        self.plain = PlainTab(self.client, self.place)

    @rule(habit=HABITS)
    def join_late(self, habit):
        self.tabs.append(CarelessTab(self.client, self.place, habit))

    @rule(number=st.integers(0, 9))
    def cut(self, number):
        self.tabs[number % len(self.tabs)].cut()
        self.plain.cut()

    @rule(number=st.integers(0, 9), habit=HABITS)
    def turn_careless(self, number, habit):
        self.tabs[number % len(self.tabs)].habit = self.plain.habit = habit

    @rule(name=MORTAL)
    def kill(self, name):
        """Now and then a process ends in the middle of a history."""
        if self.tally["deaths"] * BETWEEN_DEATHS > self.tally["histories"]:
            return
        self.tally["deaths"] += 1
        self.product.wait_for_successor(name, self.product.kill(name))
        if name == "web":
            rig.serving(self.product, "web")
            for tab in (*self.tabs, self.plain):
                tab.cut()

    @invariant()
    def orders_hold(self):
        for tab in getattr(self, "tabs", ()):
            assert tab.trouble is None, tab.trouble

    def teardown(self):
        if not hasattr(self, "tabs"):
            return
        try:
            for tab in (*self.tabs, self.plain):
                tab.habit = "none"
            self.agree()
            self.end()
            self.product.wait_until(lambda: all("workspace.deleted" in tab.types for tab in self.tabs), 20, "no end")
        finally:
            for tab in (*self.tabs, self.plain):
                tab.leave()
        self.tally["types"] |= {kind for tab in self.tabs for kind in tab.types}

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
        self.tally["plain"] += bool(self.plain.differences(fresh))


def check(
    product: Product, client: "Unlimited", histories: int, steps: int = STEPS, kind: type[Histories] = Histories
) -> dict:
    """Run so many histories. How many `histories` and `deaths` there were, and in how many the `plain` tab was wrong
    in the end; which event `types` occurred, and which `doors` were gone through."""
    tally = {"histories": 0, "deaths": 0, "plain": 0, "types": set(), "doors": set()}
    with rig.somebody(product, "Ben") as ben:
        machine = type("These", (kind,), {"product": product, "client": client, "friend": Unlimited(ben),
                                          "tally": tally})  # fmt: skip
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=histories, stateful_step_count=steps, deadline=None, database=None,
                verbosity=Verbosity.quiet, derandomize=histories < 100, suppress_health_check=list(HealthCheck),
            ),
        )  # fmt: skip
    return tally


def rows(histories: int = 2000, steps: int = STEPS) -> list[Row]:
    with rig.product(**QUICK) as product, rig.somebody(product) as ada:
        tally = check(product, Unlimited(ada), histories, steps)
    count = tally["histories"]
    return [
        Row(f"9 histories of {count} whose tabs differ", 0, "%", 100 * tally["plain"] / count, "a plain tab", target=0),
        Row("9 histories: event types that never occurred", len(set(DURABLE) - tally["types"]), "", target=0),
        Row("9 histories: doors that nobody went through", len(doors() - tally["doors"]), "", target=0),
        Row("9 histories: processes killed in their middle", tally["deaths"], ""),
    ]


class Unlimited:
    """Somebody who is replaced by somebody new before a rate limit is reached."""

    MOST = 150

    def __init__(self, first: Client):
        self.base_url, self.person, self.asked, self.number = first.base_url, first, 0, 0

    def renew(self) -> None:
        """Between two histories."""
        if self.asked > self.MOST:
            self.number += 1
            self.person = Client(self.base_url)
            self.person.register(f"Ada {self.number}")
            self.asked = 0

    def __getattr__(self, name: str):
        self.asked += 1
        return getattr(self.person, name)


if __name__ == "__main__":
    print(HEAD)
    show(rows(int(sys.argv[1]) if sys.argv[1:] else 2000))
