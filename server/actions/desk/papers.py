"""Requests to the helpdesk, letters that went out or wait, the log of what was done, and the settings."""

import re
from dataclasses import fields, is_dataclass

from sqlalchemy import or_, select

from server.actions.desk.line import Line, Place, holds, newest
from server.actions.desk.people import is_called, names
from server.extensions import config
from server.models import AuditEntry, Mail, Ticket, User
from server.models.columns import iso

MASK = "•••••"


def outbox(words: str, limit: int, before: Place | None) -> list[Line]:
    """Letters without their words, found by address, subject or kind."""
    query = select(Mail).where(holds(words, Mail.to, Mail.subject, Mail.kind))
    found = newest(query, Mail.created_at, Mail.id, limit, before)
    return [Line(mail.place, _without_words(mail)) for (mail,) in found]


def _without_words(mail: Mail) -> dict:
    return {name: value for name, value in mail.to_payload().items() if name != "text"}


def tickets(words: str, limit: int, before: Place | None) -> list[Line]:
    """Requests, the one that changed last first; found by subject, address or status."""
    query = select(Ticket).where(holds(words, Ticket.subject, Ticket.email, Ticket.status))
    found = newest(query, Ticket.updated_at, Ticket.id, limit, before)
    return [Line(ticket.place, _brief(ticket)) for (ticket,) in found]


def _brief(ticket: Ticket) -> dict:
    return {
        "id": ticket.id,
        "number": ticket.number,
        "subject": ticket.subject,
        "status": ticket.status,
        "email": ticket.address,
        "assignee": ticket.assignee and ticket.assignee.name,
        "created_at": iso(ticket.created_at),
        "updated_at": iso(ticket.updated_at),
    }


def audit(words: str, limit: int, before: Place | None) -> list[Line]:
    """What was done, found by act, address, request, or who did it or had it done; the names are those of today."""
    query = select(AuditEntry)
    if words:
        called = select(User.id).where(is_called(words))
        someone = or_(AuditEntry.actor_id.in_(called), AuditEntry.target_id.in_(called))
        query = query.where(or_(holds(words, AuditEntry.act, AuditEntry.address, AuditEntry.request_id), someone))
    found = [entry for (entry,) in newest(query, AuditEntry.created_at, AuditEntry.id, limit, before)]
    known = names({id for entry in found for id in (entry.actor_id, entry.target_id)})
    return [
        Line(
            (entry.created_at, entry.id),
            {**entry.to_payload(), "actor": known.get(entry.actor_id), "target": known.get(entry.target_id)},
        )
        for entry in found
    ]


def settings() -> list[dict]:
    """Every setting by name; of a secret only whether there is one."""
    return sorted(_told("", config()), key=lambda setting: setting["name"])


def _told(prefix: str, group) -> list[dict]:
    told = []
    for field in fields(group):
        name, value = f"{prefix}{field.name}", getattr(group, field.name)
        if is_dataclass(value):
            told += _told(f"{name}.", value)
        elif not field.repr or name in ("database_url", "redis_url"):
            told.append({"name": name, "value": MASK if value else "", "secret": True})
        else:
            told.append({"name": name, "value": _words(value), "secret": False})
    return told


def _words(value) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return "" if value is None else re.sub(r"//[^/@\s]+@", f"//{MASK}@", str(value))
