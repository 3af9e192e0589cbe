"""The chat workers."""

from flask import Flask

from jobs.slots import slots
from server.actions import replies


def start(app: Flask) -> None:
    slots.start(app, replies.write_next, app.extensions["emulsion"].chat_slots)


def next() -> None:
    slots.wake()
