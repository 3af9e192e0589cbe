"""Whatever people did in a workspace survives the trip: exported, imported elsewhere and exported again, it is equal.

`python -m tests.faults.journeys [JOURNEYS]`: the state machine of `histories`, and at the end of each history a trip
to a second installation. Ids, people and the workspace's own dates may differ.
"""

import sys

from hypothesis import strategies as st
from hypothesis.stateful import initialize, multiple

from tests.archive.carrying import bring, essence, export
from tests.benchmarks.table import HEAD, Row, show
from tests.faults import histories, rig
from tests.faults.acts import VARIANTS
from tests.faults.histories import QUICK, Histories, Unlimited
from tests.harness.client import Client
from tests.harness.product import Product


class Journeys(Histories):
    """A history with a trip from `product` to `there`, where `keeper` unpacks it."""

    there: Product
    keeper: Client

    @initialize(target=Histories.images, pictures=st.integers(0, 3), talk=st.booleans())
    def begin(self, pictures, talk):
        super().begin()
        if talk:
            self.say(VARIANTS)
        return self.ask("a {red|blue|white} fox", batch_size=pictures) if pictures else multiple()

    def agree(self, patience: float = 20.0) -> None:
        super().agree(patience)
        away = export(self.product, self.client, self.place)
        back = export(self.there, self.keeper, bring(self.there, self.keeper, away))
        assert essence(back) == essence(away)
        self.tally["pictures"] = self.tally.get("pictures", 0) + len(essence(away)["images.jsonl"])


def check(here: Product, client: Unlimited, there: Product, keeper: Client, journeys: int) -> dict:
    """Go on so many journeys; the tally of `histories`, and the `pictures` that travelled."""
    kind = type("These", (Journeys,), {"there": there, "keeper": keeper})
    return histories.check(here, client, journeys, kind=kind)


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
