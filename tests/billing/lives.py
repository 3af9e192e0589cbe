"""Customers' lives at Stripe: how they begin, what happens in them, and what the shop must think of them then."""

import json
import random
import time

import httpx

from tests.contract import Server
from tests.contract.stripe import KEY, PRICE, sign
from tests.harness.client import Client
from tests.harness.product import Product

SECRET, OLD_SECRET = "whsec_new", "whsec_old"
PAYING = ("active", "trialing")
ACTS = ("renew", "fail", "recover", "refund", "refund a part", "leave", "stay", "pause", "resume")


def shop_settings(server: Server) -> dict[str, str]:
    return {
        "BILLING_ENABLED": "1",
        "STRIPE_SECRET_KEY": KEY,
        "STRIPE_WEBHOOK_SECRET": f"{SECRET},{OLD_SECRET}",
        "STRIPE_PRICE_ID": PRICE,
        "STRIPE_API_BASE": server.url,
        "RETRY_SECONDS": "0.5",
    }


class Till:
    """Both sides of the counter: moves lives on at Stripe, and carries its events to the shop or keeps them."""

    def __init__(self, shop: Product, stripe: Server):
        self.shop, self.stripe = shop, stripe
        self.http = httpx.Client(base_url=shop.base_url, timeout=30)

    def open_account(self, person: Client) -> str:
        """Begin a checkout; the customer's id at Stripe."""
        session = person.post("/api/billing/checkout")["url"].rpartition("/")[2]
        return self.stripe.ask("/_live", {"customer": session, "act": "whose"})["events"][0]

    def live(self, customer: str, act: str) -> list[dict]:
        """One thing that happens to a customer; the events that tell of it, still unsent."""
        return self.stripe.ask("/_live", {"customer": customer, "act": act})["events"]

    def tell(self, event: dict | str, secret: str = SECRET, age: int = 0, signed: str | None = None) -> httpx.Response:
        """Send one event to the shop as Stripe does; `signed` is another body than the one that is sent."""
        raw = event if isinstance(event, str) else json.dumps(event)
        signature = sign(signed or raw, secret, int(time.time()) - age)
        return self.http.post("/webhooks/stripe", content=raw, headers={"Stripe-Signature": signature})

    def happen(self, customer: str, *acts: str) -> None:
        """Let things happen, tell the shop of each, and wait until it has taken them in."""
        for act in acts:
            for event in self.live(customer, act):
                assert self.tell(event).status_code == 200
            self.settle()

    def settle(self, patience: float = 20) -> None:
        news = "SELECT id FROM customers WHERE asked > applied"
        self.shop.wait_until(lambda: not self.shop.rows(news), patience, "Stripe was not asked")

    def says(self, customer: str) -> str:
        """The plan that Stripe's own objects stand for."""
        states = [item["status"] for item in self.live(customer, "state")]
        return "all_inclusive" if any(state in PAYING for state in states) else "free"


def a_life(till: Till, customer: str, dice: random.Random, length: int) -> list[dict]:
    """The events of a random life that ends anyhow, in the order in which it was lived."""
    events = till.live(customer, "subscribe")
    while len(events) < length:
        events += till.live(customer, dice.choice(ACTS))
    if dice.random() < 0.3:
        events += till.live(customer, "end")
    return events


def as_it_comes(events: list[dict], dice: random.Random) -> list[dict]:
    """Shuffled, with doubles and with one event of long ago once more."""
    told = events + dice.sample(events, len(events) // 3) + [events[0]]
    dice.shuffle(told)
    return told
