"""A thousand customers' lives at Stripe, told shuffled, doubled and replayed; each ends in the plan that Stripe's
object says. Beside them, every badly signed event must be refused.

`python -m tests.faults.stripe_lives [lives]` lives them all; the suite lives sixty.
"""

import json
import random
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.billing.lives import SECRET, Till, a_life, as_it_comes, shop_settings
from tests.contract import contract_server
from tests.harness.client import Client
from tests.harness.product import Product

LIVES, LENGTH, PEOPLE, AT_ONCE = 1000, 30, 20, 4


def live(till: Till, people: list[Client], lives: int, length: int, dice: random.Random) -> int:
    """Live them, a life of each person at a time; how many events were told."""
    customers, told = [till.open_account(person) for person in people], 0
    for _ in range(lives // len(people)):
        begun = {customer: len(till.live(customer, "state")) for customer in customers}
        events = [event for who in customers for event in as_it_comes(a_life(till, who, dice, length), dice)]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = list(pool.map(till.tell, events))
        assert {answer.status_code for answer in answers} == {200}
        told += len(events)
        for person, customer in zip(people, customers, strict=True):
            assert len(till.live(customer, "state")) == begun[customer] + 1
            assert person.get("/api/session")["plan"] == till.says(customer), "the plan is not what Stripe says"
            shown = [item["number"] for item in person.get("/api/billing/invoices", limit=200)["items"]]
            assert len(shown) == len(set(shown)), "an invoice is there twice"
    return told


def forge(till: Till, customer: str, dice: random.Random, times: int) -> int:
    """Tell the shop badly signed events of a living customer; how many it believed."""
    raw = json.dumps(till.live(customer, "subscribe")[-1])
    believed = 0
    for _ in range(times):
        body = list(raw)
        body[dice.randrange(len(body))] = dice.choice("abc019 ")
        tampered = "".join(body)
        wrongs = (
            {"event": tampered, "signed": raw},
            {"event": raw, "secret": f"whsec_{dice.random()}"},
            {"event": raw, "age": dice.randint(301, 10**6)},
        )
        wrong = dice.choice(wrongs)
        believed += tampered != raw and till.tell(**wrong).status_code != 400
    return believed


def main(lives: int = LIVES) -> None:
    began, dice = time.monotonic(), random.Random(22)
    with tempfile.TemporaryDirectory() as folder, contract_server("stripe") as stripe:
        shop = Product(Path(folder), **shop_settings(stripe))
        try:
            till = Till(shop.start(), stripe)
            stripe.script(webhook=f"{shop.base_url}/webhooks/stripe", secret=SECRET)
            people = [Client(shop.base_url) for _ in range(PEOPLE)]
            for person in people:
                person.register("Olga")
            told = live(till, people, lives, LENGTH, dice)
            stranger = Client(shop.base_url)
            stranger.register("Quin")
            believed = forge(till, till.open_account(stranger), dice, 1000)
            assert stranger.get("/api/session")["plan"] == "free"
        finally:
            shop.discard()
    assert believed == 0
    print(f"{lives} lives, {told} events shuffled, doubled and replayed: {lives} right plans; "
          f"1000 badly signed events: {believed} believed; {time.monotonic() - began:.0f} s")  # fmt: skip


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
