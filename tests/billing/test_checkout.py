"""From Free to All Inclusive and back, over the counter."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.admin.seat import Seat
from tests.harness.client import PASSWORD
from tests.harness.making import admit, ask, refusal
from tests.harness.operator import cli


def plan(person) -> str:
    return person.get("/api/session")["plan"]


def pay(url: str) -> httpx.Response:
    """What the button of the hosted page does."""
    return httpx.post(url, timeout=10)


def wait_for_plan(person, wanted: str, shop) -> None:
    shop.wait_until(lambda: plan(person) == wanted, 10, f"the plan is not {wanted}")


def test_paying_makes_unlimited(buyer, till, shop):
    bea = buyer("Bea")
    answer = pay(bea.post("/api/billing/checkout")["url"])
    assert answer.headers["location"] == f"{shop.base_url}/billing?checkout=done"
    wait_for_plan(bea, "all_inclusive", shop)
    assert bea.get("/api/session")["quota"]["limit"] is None
    assert bea.get("/api/billing")["billing"]["subscription"]["status"] == "active"
    (invoice,) = bea.get("/api/billing/invoices")["items"]
    assert (invoice["amount"], invoice["currency"], invoice["status"]) == (899, "usd", "paid")


def test_asking_twice_opens_one_page_and_makes_one_customer(buyer, till, stripe):
    cleo = buyer("Cleo")
    cleo.token()
    made = stripe.seen().get("POST /v1/customers", 0)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: cleo.raw("POST", "/api/billing/checkout", json={}).json()["url"], range(4)))
    assert len(set(answers)) == 1
    assert cleo.post("/api/billing/checkout")["url"] == answers[0]
    till.open_account(cleo)
    assert stripe.seen()["POST /v1/customers"] - made <= 4


def test_who_has_a_subscription_is_sent_to_the_portal_and_not_to_pay_again(buyer, till):
    dora = buyer("Dora")
    customer = till.open_account(dora)
    till.happen(customer, "subscribe", "fail")
    assert refusal(dora, "POST", "/api/billing/checkout", json={})[:2] == (409, "conflict")
    assert "/portal/" in dora.post("/api/billing/portal")["url"]


def test_a_payment_whose_news_was_lost_is_found_at_the_next_click(buyer, till, stripe):
    erin = buyer("Erin")
    url = erin.post("/api/billing/checkout")["url"]
    stripe.script(webhook="http://127.0.0.1:9/nowhere")
    pay(url)
    assert refusal(erin, "POST", "/api/billing/checkout", json={})[:2] == (409, "conflict")
    assert plan(erin) == "all_inclusive"


def test_a_portal_is_opened_for_ones_own_customer_only(buyer, till, stripe):
    fay = buyer("Fay")
    assert refusal(fay, "POST", "/api/billing/portal", json={})[:2] == (409, "conflict")
    assert refusal(fay, "POST", "/api/billing/portal", json={"customer": "cus_000000000001"})[:2] == (422, "invalid")
    customer = till.open_account(fay)
    fay.post("/api/billing/portal")
    assert stripe.bodies()[-1]["customer"] == customer


def test_an_unreachable_stripe_stops_nothing_else(buyer, till, stripe, shop):
    gil = buyer("Gil")
    place = gil.workspace()["id"]
    till.happen(till.open_account(gil), "subscribe")
    stripe.script(behaviour="500")
    assert refusal(gil, "POST", "/api/billing/portal", json={})[:2] == (503, "unavailable")
    assert len(gil.get("/api/billing/invoices")["items"]) == 1
    ask(gil, place)


def test_a_stripe_that_hangs_holds_up_nobody(buyer, till, stripe, shop):
    hal = buyer("Hal")
    till.open_account(hal)
    hal.token()
    stripe.script(behaviour="silent")
    with ThreadPoolExecutor(1) as pool:
        hanging = pool.submit(hal.raw, "POST", "/api/billing/portal", json={}, timeout=4)
        shop.wait_until(lambda: stripe.seen().get("POST /v1/billing_portal/sessions"), 5, "nobody asked")
        took = [httpx.get(f"{shop.base_url}/api/health/live").elapsed.total_seconds() for _ in range(20)]
        assert not hanging.done()
        assert sorted(took)[10] < 0.1 and max(took) < 1
        with pytest.raises(httpx.ReadTimeout):
            hanging.result()


def test_who_pays_no_more_keeps_everything_and_reads_all_but_the_oldest_workspace(buyer, enter, till):
    ina, joe = buyer("Ina"), buyer("Joe")
    customer = till.open_account(ina)
    till.happen(customer, "subscribe")
    oldest, second = ina.workspace("One")["id"], ina.workspace("Two")["id"]
    admit(ina, joe, second, "editor")
    room = enter(joe, second)
    ask(ina, second)
    till.happen(customer, "end")
    room.wait_for_event("workspace.updated", id=second, read_only=True)
    for person in (ina, joe):
        style = {"json": {"name": "Ink"}}
        assert refusal(person, "POST", f"/api/workspaces/{second}/styles", **style)[:2] == (403, "plan_limit")
        assert len(person.get(f"/api/workspaces/{second}/images")["items"]) == 1
    ask(ina, second, status=403)
    ask(ina, oldest)
    ina.post(f"/api/workspaces/{second}/exports", status=202)
    ina.delete(f"/api/workspaces/{oldest}")
    room.wait_for_event("workspace.updated", id=second, read_only=False)
    ask(joe, second)


def test_a_past_due_payment_leaves_reading_and_a_paid_one_brings_all_back(buyer, till):
    kai = buyer("Kai")
    customer = till.open_account(kai)
    till.happen(customer, "subscribe", "fail")
    assert kai.get("/api/billing")["billing"]["subscription"]["status"] == "past_due"
    assert plan(kai) == "free"
    till.happen(customer, "recover")
    assert plan(kai) == "all_inclusive"


def test_who_leaves_at_the_end_of_the_month_has_it_until_then(buyer, till):
    lea = buyer("Lea")
    customer = till.open_account(lea)
    till.happen(customer, "subscribe", "leave")
    told = lea.get("/api/billing")["billing"]
    assert told["plan"] == "all_inclusive" and told["subscription"]["ends_at"] == told["subscription"]["period_end"]
    till.happen(customer, "end")
    assert plan(lea) == "free"


def test_a_refund_is_shown(buyer, till):
    mia = buyer("Mia")
    customer = till.open_account(mia)
    till.happen(customer, "subscribe", "refund")
    assert books(mia) == [("refunded", 899, 899)]


def books(person) -> list[tuple]:
    return [(item["status"], item["paid"], item["refunded"]) for item in person.get("/api/billing/invoices")["items"]]


def test_a_part_that_is_given_back_is_shown_to_the_cent(buyer, till):
    mo = buyer("Mo")
    customer = till.open_account(mo)
    till.happen(customer, "subscribe", "refund a part")
    assert books(mo) == [("partly_refunded", 899, 300)]
    till.happen(customer, "refund")
    assert books(mo) == [("refunded", 899, 899)]


def test_a_dispute_that_names_no_customer_takes_the_money_away_until_it_is_won(buyer, till):
    moe = buyer("Moe")
    customer = till.open_account(moe)
    till.happen(customer, "subscribe", "dispute")
    assert books(moe) == [("disputed", 899, 899)]
    till.happen(customer, "win")
    assert books(moe) == [("paid", 899, 0)]
    till.happen(customer, "lose")
    assert books(moe) == [("refunded", 899, 899)]


def test_revenue_is_what_came_and_stayed(buyer, till, shop):
    meg = buyer("Meg")
    cli(shop, "create-superuser", meg.user["email"])
    before = sum(paid - back for paid, back in shop.rows("SELECT paid, refunded FROM invoices"))
    till.happen(till.open_account(meg), "subscribe", "renew", "refund a part", "fail")
    seat = Seat(meg).sit()
    seat.watch("stats")
    seat.wait_for(lambda seat: seat.stats and seat.stats[-1]["revenue"] == {"usd": before + 899 + 899 - 300})
    seat.socket.disconnect()


def test_the_desk_counts_who_pays(buyer, till, shop):
    nan = buyer("Nan")
    cli(shop, "create-superuser", nan.user["email"])
    customer = till.open_account(nan)
    seat = Seat(nan).sit()
    seat.watch("stats")
    before = seat.wait_for(lambda seat: seat.stats)[-1]["paying"]
    for act, more in (("subscribe", 1), ("fail", 0)):
        till.happen(customer, act)
        seat.wait_for(lambda seat, more=more: seat.stats[-1]["paying"] == before + more)
    seat.socket.disconnect()


def test_who_was_deleted_at_stripe_can_begin_again(buyer, till):
    ned = buyer("Ned")
    gone = till.open_account(ned)
    till.happen(gone, "subscribe", "vanish")
    assert plan(ned) == "free"
    again = till.open_account(ned)
    assert again != gone
    till.happen(again, "subscribe")
    assert plan(ned) == "all_inclusive"


def test_who_leaves_pays_no_more(buyer, till):
    ole = buyer("Ole")
    customer = till.open_account(ole)
    till.happen(customer, "subscribe")
    ole.send("DELETE", "/api/account", json={"current": PASSWORD})
    assert till.says(customer) == "free"


def test_who_leaves_while_stripe_is_away_pays_no_more_once_it_is_back(buyer, till, stripe, shop):
    pia = buyer("Pia")
    customer = till.open_account(pia)
    till.happen(customer, "subscribe")
    stripe.script(behaviour="500")
    pia.send("DELETE", "/api/account", json={"current": PASSWORD})
    stripe.script(behaviour=None)
    assert till.says(customer) != "free"
    shop.wait_until(lambda: till.says(customer) == "free", 30, "still paying")


def test_the_copy_of_ones_data_holds_what_was_paid(buyer, till):
    pam = buyer("Pam")
    customer = till.open_account(pam)
    till.happen(customer, "subscribe", "refund a part")
    (kept,) = pam.get("/api/account/export")["customers"]
    assert kept["stripe_id"] == customer and kept["subscriptions"][0]["status"] == "active"
    assert [(item["paid"], item["refunded"]) for item in kept["invoices"]] == [(899, 300)]
