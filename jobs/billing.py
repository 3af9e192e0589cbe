"""The news from Stripe: one slot of the upkeep process, so that nobody waits for Stripe but this."""

from flask import Flask

from jobs.slots import Slots
from server.actions import subscriptions

slots = Slots()


def start(app: Flask) -> None:
    slots.start(app, subscriptions.ask_next, 1)


def next() -> None:
    slots.wake()
