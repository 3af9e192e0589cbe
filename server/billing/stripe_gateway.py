"""Stripe, as few verbs in our words. It knows neither Flask nor the database; whoever calls holds no transaction.

Wire: https://docs.stripe.com/api, pinned to one API version. Each call is bounded: 3 s to connect, 10 s to answer,
one repetition, which the Idempotency-Key of every create makes harmless.
"""

import functools
import hashlib
import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime

import stripe
import structlog
from pydantic import BaseModel, ValidationError

from server.config import StripeSettings
from server.errors import AppError, Unavailable

API_VERSION = "2026-10-28.endive"
TIMEOUT = (3.0, 10.0)
TOLERANCE = 300
SUBSCRIPTIONS, INVOICES, CHARGES = 100, 24, 100
# While a dispute is open the money is with Stripe; it comes back when it is won.
HELD, LOST = ("needs_response", "under_review", "appeal_needs_response", "appeal_under_review"), "lost"
log = structlog.get_logger()


class BadSignature(AppError):
    code, status = "bad_signature", 400


class CustomerIsGone(Exception):
    """Stripe knows no such customer any more."""


class Missing(Exception):
    """Stripe does not know what was asked for by its id."""


@dataclass(frozen=True)
class Checkout:
    id: str
    url: str | None
    status: str
    subscription_id: str | None


@dataclass(frozen=True)
class State:
    """The rows that stand at Stripe for one customer, as keyword arguments of our models."""

    subscriptions: list[dict]
    invoices: list[dict]


@dataclass
class Returned:
    """How much of a payment went back, in the smallest unit of its currency, and whether the bank still argues."""

    amount: int = 0
    disputed: bool = False


class EventData(BaseModel):
    object: dict


class Event(BaseModel):
    id: str
    type: str
    livemode: bool
    data: EventData

    @property
    def customer_id(self) -> str | None:
        """Whom it is about."""
        if self.type.startswith("customer.") and self.data.object.get("object") == "customer":
            return self.data.object.get("id")
        named = self.data.object.get("customer")
        return named.get("id") if isinstance(named, dict) else named

    @property
    def payments(self) -> list[str]:
        """What a refund or a dispute names instead of a customer."""
        named = (self.data.object.get(name) for name in ("payment_intent", "charge"))
        return [id for id in named if isinstance(id, str)]


def read_event(raw: bytes, signature: str, settings: StripeSettings) -> Event:
    """The event of a webhook's raw body, or BadSignature; one of the other kind of key is refused as well."""
    try:
        text = raw.decode()
        if not any(_signed(text, signature, secret) for secret in settings.webhook_secrets):
            raise BadSignature("The signature does not fit.")
        event = Event.model_validate_json(text)
    except (UnicodeDecodeError, ValidationError):
        raise BadSignature("This is no event of Stripe.") from None
    if event.livemode != settings.is_live:
        log.error("stripe event of the other mode refused", id=event.id, livemode=event.livemode)
        raise BadSignature("This event belongs to another kind of key.")
    return event


def create_customer(settings: StripeSettings, user_id: str, email: str, name: str, earlier: int) -> str:
    """The id of a customer made for this user, who had `earlier` ones that are gone."""
    made = {"email": email, "name": name, "metadata": {"user_id": user_id}}
    key = _key("customer", user_id, email, name, earlier)
    return _ask(settings, lambda api: api.v1.customers.create(made, {"idempotency_key": key})).id


def create_checkout(
    settings: StripeSettings, customer_id: str, user_id: str, earlier: str | None, back: str
) -> Checkout:
    """A page at Stripe to pay on. The same `earlier` session gives the same page, so a double click makes one."""
    wish = {
        "mode": "subscription",
        "customer": customer_id,
        "client_reference_id": user_id,
        "line_items": [{"price": settings.price_id, "quantity": 1}],
        "success_url": f"{back}?checkout=done",
        "cancel_url": back,
    }
    key = _key("checkout", customer_id, earlier, settings.price_id, back)
    return _checkout(_ask(settings, lambda api: api.v1.checkout.sessions.create(wish, {"idempotency_key": key})))


def find_checkout(settings: StripeSettings, id: str) -> Checkout | None:
    """How a page to pay on stands; None when Stripe does not know it."""
    try:
        return _checkout(_ask(settings, lambda api: api.v1.checkout.sessions.retrieve(id)))
    except Missing:
        return None


def create_portal(settings: StripeSettings, customer_id: str, back: str) -> str:
    """The address of Stripe's own page for cards, addresses and cancelling."""
    wish = {"customer": customer_id, "return_url": back}
    key = {"idempotency_key": str(uuid.uuid4())}
    return _ask(settings, lambda api: api.v1.billing_portal.sessions.create(wish, key)).url


def state_of(settings: StripeSettings, customer_id: str) -> State:
    """What stands at Stripe now; CustomerIsGone when nothing can."""
    all_of_them = {"customer": customer_id, "status": "all", "limit": SUBSCRIPTIONS}
    newest = {"customer": customer_id, "limit": INVOICES, "expand": ["data.payments"]}
    subscriptions = _ask(settings, lambda api: api.v1.subscriptions.list(all_of_them))
    invoices = _ask(settings, lambda api: api.v1.invoices.list(newest))
    returned = _returned(settings, customer_id)
    return State(
        [_subscription(item) for item in subscriptions.data], [_invoice(item, returned) for item in invoices.data]
    )


def _returned(settings: StripeSettings, customer_id: str) -> dict[str, Returned]:
    """What went back of each payment of a customer, refunded or disputed."""
    found: dict[str, Returned] = defaultdict(Returned)
    newest = {"customer": customer_id, "limit": CHARGES}
    for charge in _ask(settings, lambda api: api.v1.charges.list(newest)).data:
        back = found[_id(charge.payment_intent) or charge.id]
        back.amount += charge.amount_refunded
        if charge.disputed:
            _dispute(settings, charge.id, back)
    return found


def _dispute(settings: StripeSettings, charge_id: str, back: Returned) -> None:
    for dispute in _ask(settings, lambda api: api.v1.disputes.list({"charge": charge_id})).data:
        back.disputed = back.disputed or dispute.status in HELD
        back.amount += dispute.amount if dispute.status in (*HELD, LOST) else 0


def cancel(settings: StripeSettings, subscription_id: str) -> None:
    """End a subscription at once, without a further invoice; one that is not there has ended."""
    try:
        _ask(settings, lambda api: api.v1.subscriptions.cancel(subscription_id))
    except Missing:
        return


def _ask(settings: StripeSettings, question):
    try:
        return question(_client(settings.secret_key, settings.api_base))
    except stripe.InvalidRequestError as error:
        if error.code == "resource_missing" and error.param == "customer":
            raise CustomerIsGone from None
        raise (Missing() if error.code == "resource_missing" else _trouble(error)) from None
    except stripe.StripeError as error:
        raise _trouble(error) from None


def _trouble(error: stripe.StripeError) -> Unavailable:
    log.error("stripe failed", kind=type(error).__name__, status=error.http_status, code=error.code)
    return Unavailable("Stripe cannot do this at the moment. Your plan is as it was; try again soon.", retry_after=30)


@functools.cache
def _client(key: str, base: str) -> stripe.StripeClient:
    return stripe.StripeClient(
        key,
        stripe_version=API_VERSION,
        base_addresses={"api": base} if base else None,
        max_network_retries=1,
        http_client=stripe.RequestsClient(timeout=TIMEOUT),
    )


def _signed(text: str, signature: str, secret: str) -> bool:
    try:
        return stripe.WebhookSignature.verify_header(text, signature, secret, TOLERANCE)
    except (stripe.SignatureVerificationError, ValueError):
        return False


def _key(*parts) -> str:
    """The same wish has the same key, so that a repetition is answered with what the first one made."""
    return f"{parts[0]}-{hashlib.sha256(repr(parts).encode()).hexdigest()}"


def _checkout(session) -> Checkout:
    return Checkout(session.id, session.url, session.status, _id(session.subscription))


def _subscription(item) -> dict:
    ends = [end for end in (part.current_period_end for part in item["items"].data) if end]
    period_end = _moment(max(ends)) if ends else None
    leaving = _moment(item.cancel_at) or (period_end if item.cancel_at_period_end else None)
    return {
        "id": item.id,
        "status": item.status,
        "period_end": period_end,
        "ends_at": _moment(item.ended_at) or leaving,
        "created_at": _moment(item.created),
    }


def _invoice(item, returned: dict[str, Returned]) -> dict:
    payments = [_payment(part) for part in item.payments.data if part.status == "paid"] if item.payments else []
    back = [returned[payment] for payment in payments if payment in returned]
    paid = item.amount_paid
    refunded = min(paid, sum(each.amount for each in back))
    disputed = any(each.disputed for each in back)
    return {
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, item.id)),
        "stripe_id": item.id,
        "status": "disputed" if disputed else _word(paid, refunded) or item.status or "draft",
        "amount": item.total,
        "paid": paid,
        "refunded": refunded,
        "payment": next(iter(payments), None),
        "currency": item.currency,
        "number": item.number,
        "url": item.hosted_invoice_url,
        "pdf_url": item.invoice_pdf,
        "created_at": _moment(item.created),
    }


def _payment(part) -> str | None:
    return _id(getattr(part.payment, "payment_intent", None) or getattr(part.payment, "charge", None))


def _word(paid: int, refunded: int) -> str | None:
    if not refunded:
        return None
    return "refunded" if refunded == paid else "partly_refunded"


def _id(reference) -> str | None:
    return reference if isinstance(reference, str) or reference is None else reference.id


def _moment(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
