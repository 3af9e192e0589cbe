"""Paying: to Stripe and back, and the invoices."""

from flask import Blueprint

from server.actions import subscriptions
from server.extensions import limiter
from server.http.body import answer, me, page_of, read
from server.http.limits import person
from server.http.members import base_url
from server.http.pages import page
from server.protocol.requests import Empty

door = Blueprint("billing", __name__)


@door.get("/billing")
def billing():
    return page("billing.html")


@door.get("/api/billing")
def show():
    return answer(billing=subscriptions.standing(me()))


@door.post("/api/billing/checkout")
@limiter.limit("20/minute", key_func=person)
def checkout():
    read(Empty)
    return answer(url=subscriptions.checkout(me(), f"{base_url()}/billing"))


@door.post("/api/billing/portal")
@limiter.limit("20/minute", key_func=person)
def portal():
    read(Empty)
    return answer(url=subscriptions.portal(me(), f"{base_url()}/billing"))


@door.get("/api/billing/invoices")
def invoices():
    return page_of(subscriptions.invoices(me()))
