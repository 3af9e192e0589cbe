"""Paying: the way to Stripe, and taking in what stands there.

Whatever sets it off, the whole state of a customer is fetched and written; the plan follows from the subscriptions.
News from Stripe only raises the question how somebody stands there: the row of the customer keeps it until a worker
has asked. No transaction is open while Stripe is asked.
"""

from datetime import timedelta
from time import monotonic

import structlog
from sqlalchemy import update

from server.actions import mails, plans
from server.actions.transaction import Transaction, transaction
from server.billing import quota, stripe_gateway
from server.billing.stripe_gateway import CustomerIsGone, State
from server.errors import Conflict, Unavailable
from server.extensions import config, db, now
from server.models import Customer, Invoice, StripeEvent, Subscription, User
from server.models.subscription import PAYING

HEEDED = ("customer.subscription.", "checkout.session.", "invoice.", "charge.", "refund.", "customer.deleted")
REMEMBERED = timedelta(days=30)
GRACE = timedelta(hours=2)  # Stripe takes an hour to make the next invoice
log = structlog.get_logger()
_later: dict[str, float] = {}  # whom Stripe could not tell of, until when


def standing(user: User) -> dict:
    """What the billing page shows besides the invoices."""
    newest = next(iter(_subscriptions(user)), None)
    return {
        "enabled": config().billing_enabled,
        "plan": quota.plan_of(user),
        "subscription": newest and newest.to_payload(),
        "at_stripe": _customer(user) is not None,
    }


def invoices(user: User) -> list[Invoice]:
    return Invoice.of(user.id, config().stripe.is_live)


def checkout(user: User, back: str) -> str:
    """The address of a page to pay on; a second one is not opened beside one that can still be paid."""
    settings = _selling()
    customer_id, earlier, known = _prepare(user)
    if any(row.is_living for row in known):
        raise Conflict("You have a subscription already. Open it at Stripe to change or renew it.")
    try:
        session = stripe_gateway.find_checkout(settings, earlier) if earlier else None
        if session and session.status == "open":
            return session.url
        if session and session.subscription_id and session.subscription_id not in {row.id for row in known}:
            refresh(customer_id)
            raise Conflict("Your payment is there already. It takes a moment to be confirmed.")
        session = stripe_gateway.create_checkout(settings, customer_id, user.id, earlier, back)
    except CustomerIsGone:
        _forget(customer_id)
        raise Unavailable("Stripe had lost you. Try once more.", retry_after=1) from None
    with transaction():
        db.session.execute(update(Customer).where(Customer.id == customer_id).values(checkout_id=session.id))
    return session.url


def portal(user: User, back: str) -> str:
    """The address of Stripe's page for the caller's own cards, addresses and cancelling."""
    settings = _selling()
    customer = _customer(user)
    if customer is None:
        raise Conflict("There is nothing at Stripe yet. Get All Inclusive first.")
    db.session.commit()
    try:
        return stripe_gateway.create_portal(settings, customer.id, back)
    except CustomerIsGone:
        _forget(customer.id)
        raise Conflict("Stripe knows nothing of you any more. Get All Inclusive again.") from None


def hear(raw: bytes, signature: str) -> None:
    """Write down one event by its raw body: there is news of somebody. BadSignature when it is not Stripe's."""
    event = stripe_gateway.read_event(raw, signature, config().stripe)
    if not event.type.startswith(HEEDED) or db.session.get(StripeEvent, event.id):
        return
    customer_id = event.customer_id or Invoice.payer(event.payments)
    if customer_id is None or db.session.get(Customer, customer_id) is None:
        log.error("stripe event of an unknown customer", id=event.id, type=event.type, customer=customer_id)
        return
    with transaction() as tx:
        if StripeEvent.is_new(event.id, event.type):
            Customer.draw(customer_id)
            tx.ring("billing")


def ask_next(worker: str) -> bool:
    """Take in how one customer stands of whom there is news; False when there is none, or Stripe is away."""
    settings, moment = config().stripe, monotonic()
    later = [id for id, until in _later.items() if until > moment]
    customer = Customer.unanswered(settings.is_live, later) if settings.secret_key else None
    db.session.commit()
    if customer is None:
        return False
    _later[customer.id] = moment + config().retry_pause
    try:
        _take_in(customer.id, customer.asked)
    except Unavailable:
        return False
    del _later[customer.id]
    return True


def tidy() -> None:
    """Forget old events, and ask for those of whom we should have heard."""
    with transaction():
        StripeEvent.forget(now() - REMEMBERED)
        Customer.doubt(config().stripe.is_live, now() - GRACE)


def refresh(customer_id: str) -> None:
    """Fetch what stands at Stripe and take it in, now."""
    with transaction():
        question = Customer.draw(customer_id)
    _take_in(customer_id, question)


def end(user: User) -> None:
    """Cancel at Stripe whatever this person still pays for, before the account goes; Unavailable when it is away."""
    for row in _subscriptions(user):
        if row.is_living:
            db.session.commit()
            stripe_gateway.cancel(config().stripe, row.id)
            refresh(row.customer_id)


def _take_in(customer_id: str, question: int) -> None:
    try:
        state = stripe_gateway.state_of(config().stripe, customer_id)
    except CustomerIsGone:
        state = None
    with transaction() as tx:
        if Customer.admits(customer_id, question):
            _apply(tx, customer_id, state)


def _apply(tx: Transaction, customer_id: str, state: State | None) -> None:
    customer = db.session.get(Customer, customer_id, populate_existing=True)
    user = db.session.get(User, customer.user_id, populate_existing=True)
    before = {row.id: row.status for row in _subscriptions(user)}
    if state is None:
        _bury(customer)
    else:
        for fields in state.subscriptions:
            db.session.merge(Subscription(customer_id=customer_id, **fields))
        for fields in state.invoices:
            db.session.merge(Invoice(customer_id=customer_id, **fields))
    db.session.flush()
    after = _subscriptions(user)
    pays = any(row.status in PAYING for row in after)
    _write(tx, user, pays, lapsed=any(row.status == "past_due" != before.get(row.id) for row in after))
    plans.put(tx, user, "all_inclusive" if pays else "free")


def _write(tx: Transaction, user: User, pays: bool, lapsed: bool) -> None:
    """A letter when the money has come, and one when it has not."""
    if pays and user.plan == "free":
        mails.post(tx, "paid", user.email)
    elif lapsed and not pays:
        mails.post(tx, "unpaid", user.email)


def _bury(customer: Customer) -> None:
    customer.deleted_at = customer.deleted_at or now()
    ended = update(Subscription).where(Subscription.customer_id == customer.id)
    db.session.execute(ended.values(status="canceled").execution_options(synchronize_session=False))


def _forget(customer_id: str) -> None:
    """Stripe knows this customer no more, so nothing of them is paid."""
    with transaction() as tx:
        _apply(tx, customer_id, None)


def _prepare(user: User) -> tuple[str, str | None, list[Subscription]]:
    """(customer, earlier checkout, subscriptions) of a person, who becomes a customer now if they were none."""
    customer = _customer(user)
    if customer is None:
        settings, earlier = config().stripe, len(Customer.of(user.id, config().stripe.is_live))
        db.session.commit()
        id = stripe_gateway.create_customer(settings, user.id, user.email, user.name, earlier)
        with transaction():
            Customer.remember(id, user.id, settings.is_live)
        customer = db.session.get(Customer, id, populate_existing=True)
    known = _subscriptions(user)
    db.session.commit()
    return customer.id, customer.checkout_id, known


def _customer(user: User) -> Customer | None:
    newest = next(iter(Customer.of(user.id, config().stripe.is_live)), None)
    return newest if newest and newest.deleted_at is None else None


def _subscriptions(user: User) -> list[Subscription]:
    return Subscription.of(user.id, config().stripe.is_live)


def _selling():
    """The settings with which something can be sold."""
    if not config().billing_enabled:
        raise Conflict("Nothing is for sale here: everybody has All Inclusive.")
    if not config().stripe.can_sell:
        raise Unavailable("Payments are not set up on this server. Ask whoever runs it.")
    return config().stripe
