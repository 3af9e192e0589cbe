"""The image workers."""

from flask import Flask

from jobs.slots import slots
from server.actions import developing


def start(app: Flask) -> None:
    slots.start(app, developing.make_next, app.extensions["emulsion"].image_slots)


def next() -> None:
    slots.wake()
