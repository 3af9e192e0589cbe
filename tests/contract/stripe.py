"""Stripe's wire as far as we use it: https://docs.stripe.com/api at version 2026-10-28.endive.

Calls need the key, the pinned version and, to create, an Idempotency-Key; a repeated one gets the first answer.
`GET /pay/<session>` is the page that Checkout sends people to: its buttons pay or go back, and paying fires signed
webhooks, the later ones first. `POST /_script` takes `{"webhook": url, "secret": …}` and the behaviours of `desk.py`
(`silent`, `500`); `POST /_live {"customer", "act"}` moves a life on and answers the events that came of it, unsent.
"""

import hashlib
import hmac
import html
import itertools
import json
import threading
import time
import urllib.request
from urllib.parse import parse_qsl

from tests.contract.desk import Desk, Handler, serve

VERSION, KEY, PRICE, AMOUNT = "2026-10-28.endive", "sk_test_emulsion", "price_all_inclusive", 899
MONTH = 30 * 24 * 3600


class Ledger(Desk):
    """Everything that stands at this Stripe."""

    def reset(self) -> None:
        super().reset()
        self.numbers = itertools.count(1)
        self.objects: dict[str, dict] = {}
        self.repeats: dict[str, tuple[str, int, dict]] = {}

    def id(self, kind: str) -> str:
        return f"{kind}_{next(self.numbers):012d}"

    def keep(self, prefix: str, kind: str, **fields) -> dict:
        made = {"id": self.id(prefix), "object": kind, "livemode": False, "created": int(time.time()), **fields}
        self.objects[made["id"]] = made
        return made

    def of(self, kind: str, customer: str) -> list[dict]:
        found = [thing for thing in self.objects.values() if thing["object"] == kind and thing["customer"] == customer]
        return found[::-1]

    def event(self, type: str, thing: dict) -> dict:
        """An event as it is sent: with the object as it is at this moment."""
        return {
            "id": self.id("evt"), "object": "event", "api_version": VERSION, "created": int(time.time()),
            "livemode": False, "pending_webhooks": 1, "request": {"id": None, "idempotency_key": None},
            "type": type, "data": {"object": json.loads(json.dumps(thing))},
        }  # fmt: skip

    def customer(self, wish: dict) -> dict:
        return self.keep("cus", "customer", email=wish.get("email"), name=wish.get("name"),
                         metadata=below(wish, "metadata"))  # fmt: skip

    def session(self, wish: dict, origin: str) -> dict:
        session = self.keep(
            "cs_test", "checkout.session", customer=wish["customer"], mode=wish["mode"], status="open",
            payment_status="unpaid", subscription=None, client_reference_id=wish.get("client_reference_id"),
            success_url=wish["success_url"], cancel_url=wish["cancel_url"],
        )  # fmt: skip
        session["url"] = f"{origin}/pay/{session['id']}"
        return session

    def subscription(self, customer: str, status: str = "active") -> dict:
        now = int(time.time())
        item = {"id": self.id("si"), "object": "subscription_item", "quantity": 1, "price": {"id": PRICE},
                "current_period_start": now, "current_period_end": now + MONTH}  # fmt: skip
        return self.keep(
            "sub", "subscription", customer=customer, status=status, cancel_at=None, cancel_at_period_end=False,
            canceled_at=None, ended_at=None, items=listed([item], "/v1/subscription_items"),
        )  # fmt: skip

    def invoice(self, subscription: dict, status: str) -> dict:
        number = f"EM-{next(self.numbers):04d}"
        charges = [self.charge(subscription["customer"])] if status == "paid" else []
        payments = [{"object": "invoice_payment", "status": "paid", "amount_paid": AMOUNT,
                     "payment": {"type": "payment_intent", "payment_intent": charge["payment_intent"]}}
                    for charge in charges]  # fmt: skip
        return self.keep(
            "in", "invoice", customer=subscription["customer"], status=status, total=AMOUNT, currency="usd",
            amount_due=AMOUNT, amount_paid=AMOUNT if status == "paid" else 0, number=number,
            payments=listed(payments, "/v1/invoice_payments"),
            hosted_invoice_url=f"https://invoice.stripe.example/{number}",
            invoice_pdf=f"https://invoice.stripe.example/{number}.pdf",
            parent={"type": "subscription_details", "subscription_details": {"subscription": subscription["id"]}},
        )  # fmt: skip

    def charge(self, customer: str) -> dict:
        return self.keep("ch", "charge", customer=customer, amount=AMOUNT, amount_refunded=0, refunded=False,
                         disputed=False, payment_intent=self.id("pi"))  # fmt: skip

    def disputes(self, charge: str) -> list[dict]:
        return [thing for thing in self.objects.values() if thing["object"] == "dispute" and thing["charge"] == charge]

    def live(self, order: dict) -> dict:
        """Let one thing happen in a customer's life; the events of it."""
        with self.lock:
            return {"events": ACTS[order["act"]](self, order["customer"])}


def pay(ledger: Ledger, session: dict) -> list[dict]:
    """What paying on the hosted page brings."""
    subscription = ledger.subscription(session["customer"])
    invoice = ledger.invoice(subscription, "paid")
    session.update(status="complete", payment_status="paid", subscription=subscription["id"], url=None)
    told = {"checkout.session.completed": session, "customer.subscription.created": subscription,
            "invoice.paid": invoice}  # fmt: skip
    return [ledger.event(type, thing) for type, thing in told.items()]


def subscribe(ledger: Ledger, customer: str) -> list[dict]:
    subscription = ledger.subscription(customer, "incomplete")
    begun = ledger.event("customer.subscription.created", subscription)
    subscription["status"] = "active"
    invoice = ledger.invoice(subscription, "paid")
    return [begun, ledger.event("customer.subscription.updated", subscription), ledger.event("invoice.paid", invoice)]


def newest(ledger: Ledger, customer: str) -> dict:
    return ledger.of("subscription", customer)[0]


def change(ledger: Ledger, customer: str, type: str = "updated", **fields) -> list[dict]:
    subscription = newest(ledger, customer)
    subscription.update(fields)
    return [ledger.event(f"customer.subscription.{type}", subscription)]


def renew(ledger: Ledger, customer: str) -> list[dict]:
    subscription = newest(ledger, customer)
    subscription["items"]["data"][0]["current_period_end"] += MONTH
    invoice = ledger.invoice(subscription, "paid")
    return [ledger.event("invoice.paid", invoice), *change(ledger, customer, status="active")]


def fail(ledger: Ledger, customer: str) -> list[dict]:
    invoice = ledger.invoice(newest(ledger, customer), "open")
    return [ledger.event("invoice.payment_failed", invoice), *change(ledger, customer, status="past_due")]


def end(ledger: Ledger, customer: str) -> list[dict]:
    return change(ledger, customer, "deleted", status="canceled", ended_at=int(time.time()))


def refund(ledger: Ledger, customer: str, amount: int = AMOUNT) -> list[dict]:
    """Give back of the newest payment what is left of this amount, without a credit note."""
    charge = ledger.of("charge", customer)[0]
    charge["amount_refunded"] = min(AMOUNT, charge["amount_refunded"] + amount)
    charge["refunded"] = charge["amount_refunded"] == AMOUNT
    return [ledger.event("charge.refunded", charge)]


def dispute(ledger: Ledger, customer: str) -> list[dict]:
    """The bank takes the newest payment back; like Stripe's, the dispute names no customer."""
    charge = ledger.of("charge", customer)[0]
    charge["disputed"] = True
    made = ledger.keep("du", "dispute", amount=AMOUNT, currency="usd", charge=charge["id"], status="needs_response",
                       payment_intent=charge["payment_intent"], reason="fraudulent")  # fmt: skip
    return [ledger.event("charge.dispute.created", made)]


def settle(ledger: Ledger, customer: str, status: str) -> list[dict]:
    (made,) = ledger.disputes(ledger.of("charge", customer)[0]["id"])
    made["status"] = status
    return [ledger.event("charge.dispute.closed", made)]


def money(ledger: Ledger, customer: str) -> list[dict]:
    """What came and what went back of the newest invoices."""
    back = {charge["payment_intent"]: charge["amount_refunded"] for charge in ledger.of("charge", customer)}
    return [
        {"number": invoice["number"], "paid": invoice["amount_paid"],
         "refunded": sum(back[part["payment"]["payment_intent"]] for part in invoice["payments"]["data"])}
        for invoice in ledger.of("invoice", customer)[:24]
    ]  # fmt: skip


def vanish(ledger: Ledger, customer: str) -> list[dict]:
    gone = ledger.objects.pop(customer)
    return [ledger.event("customer.deleted", gone)]


ACTS = {
    "subscribe": subscribe,
    "renew": renew,
    "fail": fail,
    "recover": renew,
    "end": end,
    "refund": refund,
    "refund a part": lambda ledger, customer: refund(ledger, customer, 300),
    "dispute": dispute,
    "win": lambda ledger, customer: settle(ledger, customer, "won"),
    "lose": lambda ledger, customer: settle(ledger, customer, "lost"),
    "money": money,
    "vanish": vanish,
    "pause": lambda ledger, customer: change(ledger, customer, "paused", status="paused"),
    "resume": lambda ledger, customer: change(ledger, customer, "resumed", status="active"),
    "leave": lambda ledger, customer: change(ledger, customer, cancel_at_period_end=True),
    "stay": lambda ledger, customer: change(ledger, customer, cancel_at_period_end=False),
    "whose": lambda ledger, session: [ledger.objects[session]["customer"]],
    "state": lambda ledger, customer: ledger.of("subscription", customer),
}


class Stripe(Handler):
    desk = Ledger(webhook="", secret="")

    def do_DELETE(self) -> None:
        self._route({})

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
        inward = self.path.startswith("/_")
        self._route((json.loads(raw) if raw else {}) if inward else dict(parse_qsl(raw)))

    def _route(self, body: dict | None) -> None:
        path, _, query = self.path.partition("?")
        if path == "/_live":
            self.answer(self.desk.live(body))
        elif path.startswith("/_"):
            super()._route(body)
        elif path.startswith("/pay/"):
            self.hosted(path.rpartition("/")[2], body)
        elif path.startswith("/portal/"):
            self.portal(path.rpartition("/")[2])
        elif path == "/favicon.ico":
            self.send(b"", "image/x-icon")
        else:
            wish = dict(parse_qsl(query)) if body is None else body
            self.desk.note(f"{self.command} {path}", wish)
            if not self.misbehave(self.desk.behaviour("")):
                self.call(path, wish)

    def misbehave(self, behaviour: str | None) -> bool:
        if behaviour == "500":
            self.answer(problem("api_error", "Something broke."), 500)
            return True
        return super().misbehave(behaviour)

    def call(self, path: str, wish: dict) -> None:
        """One call of the API, with the rules that every call is under."""
        key = self.headers.get("idempotency-key")
        if self.headers.get("authorization") != f"Bearer {KEY}":
            return self.answer(problem("invalid_request_error", "Invalid API Key provided."), 401)
        if self.headers.get("stripe-version") != VERSION:
            return self.answer(problem("invalid_request_error", "This version is not spoken here."), 400)
        if self.command == "POST" and not key:
            return self.answer(problem("invalid_request_error", "A create needs an Idempotency-Key here."), 400)
        with self.desk.lock:
            status, body = self.once(key, path, wish) if key else self.do(path, wish)
        return self.answer(body, status)

    def once(self, key: str, path: str, wish: dict) -> tuple[int, dict]:
        mark = json.dumps([path, wish], sort_keys=True)
        if key not in self.desk.repeats:
            self.desk.repeats[key] = (mark, *self.do(path, wish))
        first, status, body = self.desk.repeats[key]
        if first != mark:
            return 400, problem("idempotency_error", "Keys are for repeating the same request.")
        return status, body

    def do(self, path: str, wish: dict) -> tuple[int, dict]:
        ledger, parts = self.desk, path.removeprefix("/v1/").split("/")
        customer = wish.get("customer")
        if customer and customer not in ledger.objects:
            return 400, problem("invalid_request_error", f"No such customer: '{customer}'", "customer")
        match self.command, parts:
            case "POST", ["customers"]:
                return 200, ledger.customer(wish)
            case "POST", ["checkout", "sessions"] if wish["line_items[0][price]"] == PRICE:
                return 200, ledger.session(wish, self.origin())
            case "POST", ["billing_portal", "sessions"]:
                portal = ledger.keep("bps", "billing_portal.session", customer=customer, return_url=wish["return_url"])
                return 200, {**portal, "url": f"{self.origin()}/portal/{portal['id']}"}
            case "GET", ["subscriptions" | "invoices" | "charges" as kind]:
                found = ledger.of(kind.rstrip("s"), customer)[: int(wish.get("limit", 10))]
                hidden = () if wish.get("expand[0]") == "data.payments" else ("payments",)
                return 200, listed([{k: v for k, v in each.items() if k not in hidden} for each in found], path)
            case "GET", ["disputes"]:
                return 200, listed(ledger.disputes(wish["charge"]), path)
            case "GET", ["checkout", "sessions", id] if id in ledger.objects:
                return 200, ledger.objects[id]
            case "DELETE", ["subscriptions", id] if id in ledger.objects:
                ledger.objects[id].update(status="canceled", ended_at=int(time.time()))
                return 200, ledger.objects[id]
        return 404, problem("invalid_request_error", "No such thing.", "id")

    def hosted(self, id: str, body: dict | None) -> None:
        """The page to pay on, and its two buttons."""
        session = self.desk.objects.get(id)
        if session is None or session["status"] != "open":
            return self.send(b"This page has been used.", "text/plain", 410)
        if body is None:
            return self.send(PAGE.format(back=html.escape(session["cancel_url"])).encode(), "text/html")
        with self.desk.lock:
            events = pay(self.desk, session)
        threading.Thread(target=deliver, args=(self.desk, events[::-1]), daemon=True).start()
        return self.answer({}, 303, {"location": session["success_url"]})

    def portal(self, id: str) -> None:
        """The page with cards and addresses, of which only the way back is here."""
        back = html.escape(self.desk.objects[id]["return_url"])
        self.send(f'<!doctype html><title>Portal</title><a href="{back}">Back</a>'.encode(), "text/html")


PAGE = """<!doctype html><html lang="en"><title>Pay</title><body>
<form method="post"><button>Pay $8.99</button></form><a href="{back}">Back</a>"""


def deliver(ledger: Ledger, events: list[dict]) -> None:
    """Send events as Stripe does: signed, and again where they are not taken."""
    for event in events:
        for _ in range(3):
            raw = json.dumps(event)
            headers = {"Content-Type": "application/json", "Stripe-Signature": sign(raw, ledger.options["secret"])}
            asked = urllib.request.Request(ledger.options["webhook"], raw.encode(), headers)
            try:
                urllib.request.urlopen(asked, timeout=20).close()
                break
            except OSError:
                ledger.note("not taken")


def sign(raw: str, secret: str, moment: int | None = None) -> str:
    """The Stripe-Signature header of a body: https://docs.stripe.com/webhooks#verify-manually."""
    moment = int(time.time()) if moment is None else moment
    return f"t={moment},v1={hmac.new(secret.encode(), f'{moment}.{raw}'.encode(), hashlib.sha256).hexdigest()}"


def listed(items: list[dict], path: str) -> dict:
    return {"object": "list", "url": path, "has_more": False, "data": items}


def below(wish: dict, name: str) -> dict:
    """The fields `name[key]` of a form."""
    return {key[len(name) + 1 : -1]: value for key, value in wish.items() if key.startswith(f"{name}[")}


def problem(type: str, message: str, param: str | None = None) -> dict:
    missing = {"code": "resource_missing", "param": param} if param else {}
    return {"error": {"type": type, "message": message, **missing}}


if __name__ == "__main__":
    serve(Stripe)
