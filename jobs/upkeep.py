"""The upkeep process."""

from flask import Flask

from jobs import billing, mail, transfers
from jobs.slots import slots
from server.actions import recovery


def start(app: Flask) -> None:
    slots.start(app, sweep, count=1, pause=app.extensions["emulsion"].upkeep_period)
    transfers.start(app)
    mail.start(app)
    billing.start(app)


def sweep(worker_id: str) -> bool:
    recovery.sweep(worker_id)
    return False
