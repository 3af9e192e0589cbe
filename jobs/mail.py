"""The mail: one slot of the upkeep process, since a process of its own would cost 77 MB and send one letter a day."""

from flask import Flask

from jobs.slots import Slots
from server.actions import mails

slots = Slots()


def start(app: Flask) -> None:
    slots.start(app, mails.send_next, 1)


def next() -> None:
    slots.wake()
