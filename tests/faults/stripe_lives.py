"""A thousand customers' lives at Stripe, told shuffled, doubled and replayed; each ends in the plan that Stripe's
object says, and in its money to the cent. Beside them, every badly signed event must be refused.

`python -m tests.faults stripe_lives` lives them all; the suite lives sixty.
"""

import json
import random
from concurrent.futures import ThreadPoolExecutor

from tests.benchmarks.table import Row
from tests.billing.lives import SECRET, Till, a_life, as_it_comes, shop_settings
from tests.contract import contract_server
from tests.faults import rig
from tests.harness.client import Client
from tests.harness.product import Product

LIVES, LENGTH, PEOPLE, AT_ONCE = 1000, 30, 20, 4


def live(till: Till, people: list[Client], lives: int, length: int, dice: random.Random) -> tuple[int, int]:
    """Live them, a life of each person at a time; how many events were told, and how many lives ended wrongly."""
    customers, told, wrong = [till.open_account(person) for person in people], 0, 0
    for _ in range(lives // len(people)):
        begun = {customer: len(till.live(customer, "state")) for customer in customers}
        events = [event for who in customers for event in as_it_comes(a_life(till, who, dice, length), dice)]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = list(pool.map(till.tell, events))
        assert {answer.status_code for answer in answers} == {200}
        told += len(events)
        till.settle(60)
        for person, customer in zip(people, customers, strict=True):
            assert len(till.live(customer, "state")) == begun[customer] + 1
            wrong += person.get("/api/session")["plan"] != till.says(customer)
            shown = person.get("/api/billing/invoices", limit=200)["items"]
            books = {item["number"]: (item["paid"], item["refunded"]) for item in shown}
            assert len(shown) == len(books), "an invoice is there twice"
            money = till.live(customer, "money")
            assert all(books[item["number"]] == (item["paid"], item["refunded"]) for item in money), (books, money)
    return told, wrong


def register(shop: Product, name: str) -> Client:
    person = Client(shop.base_url)
    person.http.timeout = 60
    person.register(name)
    return person


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


def rows(lives: int = LIVES, forgeries: int = LIVES) -> list[Row]:
    dice = random.Random(22)
    with contract_server("stripe") as stripe, rig.product(**shop_settings(stripe)) as shop:
        till = Till(shop, stripe)
        stripe.script(webhook=f"{shop.base_url}/webhooks/stripe", secret=SECRET)
        people = [register(shop, f"Olga {number}") for number in range(PEOPLE)]
        told, wrong = live(till, people, lives, LENGTH, dice)
        believed = forge(till, till.open_account(register(shop, "Quin")), dice, forgeries)
    return [
        Row("22 Stripe: lives that end in a wrong plan", wrong, "", beside=f"{lives} lives, {told} events", target=0),
        Row("22 Stripe: badly signed events believed", believed, "", target=0),
    ]
