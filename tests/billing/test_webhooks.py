"""The door through which Stripe speaks: whatever order its words come in, the plan is what its object says."""

import json
import random
import time

import pytest

from tests.billing.lives import OLD_SECRET, SECRET
from tests.contract.stripe import sign
from tests.faults.stripe_lives import forge, live


def test_lives_end_in_the_plan_that_stripes_object_says(buyer, till):
    """Sixty of the thousand that `make faults` lives."""
    people = [buyer("Olga") for _ in range(6)]
    assert live(till, people, 60, 4, random.Random(22))[1] == 0


def test_liars_are_not_believed(buyer, till):
    """A tenth of those of `make faults`."""
    lou = buyer("Lou")
    assert forge(till, till.open_account(lou), random.Random(7), 100) == 0
    assert lou.get("/api/session")["plan"] == "free"


def test_a_double_changes_nothing_and_asks_nothing(buyer, till, stripe):
    pia = buyer("Pia")
    customer = till.open_account(pia)
    events = till.live(customer, "subscribe")
    for event in events:
        till.tell(event)
    till.settle()
    asked = sum(stripe.seen().values())
    assert all(till.tell(event).status_code == 200 for event in events * 2)
    assert sum(stripe.seen().values()) == asked
    assert len(pia.get("/api/billing/invoices")["items"]) == 1


FORGERIES = {
    "no signature": lambda raw: {},
    "an empty signature": lambda raw: {"Stripe-Signature": ""},
    "nonsense": lambda raw: {"Stripe-Signature": "t=now,v1=yes"},
    "no time": lambda raw: {"Stripe-Signature": sign(raw, SECRET).partition(",")[2]},
    "another secret": lambda raw: {"Stripe-Signature": sign(raw, "whsec_guess")},
    "another body": lambda raw: {"Stripe-Signature": sign(raw + " ", SECRET)},
    "six minutes ago": lambda raw: {"Stripe-Signature": sign(raw, SECRET, int(time.time()) - 360)},
    "an older scheme": lambda raw: {"Stripe-Signature": sign(raw, SECRET).replace("v1=", "v0=")},
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_event_is_refused(buyer, till, forgery):
    quin = buyer("Quin")
    customer = till.open_account(quin)
    raw = json.dumps(till.live(customer, "subscribe")[-1])
    answer = till.http.post("/webhooks/stripe", content=raw, headers=FORGERIES[forgery](raw))
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_signature")
    assert quin.get("/api/session")["plan"] == "free"


def test_while_a_secret_is_replaced_both_are_good(buyer, till):
    rob = buyer("Rob")
    event = till.live(till.open_account(rob), "subscribe")[-1]
    assert till.tell(event, OLD_SECRET).status_code == 200
    till.settle()
    assert rob.get("/api/session")["plan"] == "all_inclusive"


def test_an_event_of_the_live_mode_is_refused_by_a_test_key(buyer, till):
    event = till.live(till.open_account(buyer("Sue")), "subscribe")[-1]
    assert till.tell({**event, "livemode": True}).status_code == 400


def test_an_event_that_is_none_of_our_business_is_taken_with_thanks(till, shop):
    somebody = {"id": "evt_x", "type": "invoice.paid", "livemode": False,
                "data": {"object": {"object": "invoice", "customer": "cus_of_another_shop"}}}  # fmt: skip
    answer = till.tell(somebody)
    assert answer.status_code == 200
    line = next(line for line in shop.log().splitlines() if "cus_of_another_shop" in line)
    assert answer.headers["X-Request-Id"] in line
    assert till.tell({**somebody, "type": "payout.paid"}).status_code == 200
    assert till.tell({**somebody, "data": {"object": {}}}).status_code == 200


@pytest.mark.parametrize("raw", ["", "[]", "{}", '{"id": 1}', "\x00", '{"id": "e", "type": "invoice.paid"}'])
def test_a_signed_body_that_is_no_event_is_refused(till, raw):
    assert till.tell(raw).status_code == 400


def test_an_event_is_taken_at_once_and_outlives_a_stripe_that_is_away(buyer, till, stripe):
    tom = buyer("Tom")
    event = till.live(till.open_account(tom), "subscribe")[-1]
    stripe.script(behaviour="500")
    assert till.tell(event).status_code == 200
    assert tom.get("/api/session")["plan"] == "free"
    stripe.script(behaviour=None)
    till.settle()
    assert tom.get("/api/session")["plan"] == "all_inclusive"


def test_a_silent_stripe_holds_up_no_answer_and_a_worker_that_dies_meanwhile_loses_nothing(buyer, till, stripe, shop):
    ulf = buyer("Ulf")
    event = till.live(till.open_account(ulf), "subscribe")[-1]
    stripe.script(behaviour="silent")
    asked = stripe.seen().get("GET /v1/subscriptions", 0)
    answer = till.tell(event)
    assert answer.status_code == 200 and answer.elapsed.total_seconds() < 1
    shop.wait_until(lambda: stripe.seen().get("GET /v1/subscriptions", 0) > asked, 5, "nobody asked")
    shop.wait_for_successor("upkeep", shop.kill("upkeep"))
    stripe.script(behaviour=None)
    till.settle()
    assert ulf.get("/api/session")["plan"] == "all_inclusive"
