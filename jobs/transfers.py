"""The transfers: two slots of the upkeep process."""

from flask import Flask

from jobs.slots import Slots
from server.actions import carriage

AT_ONCE = 2
slots = Slots()


def start(app: Flask) -> None:
    slots.start(app, carriage.carry_next, AT_ONCE)


def next() -> None:
    slots.wake()
