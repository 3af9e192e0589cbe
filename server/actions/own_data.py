"""A person's data as one JSON document, written row by row: it may hold a hundred thousand images."""

import json
from collections.abc import Iterator

from sqlalchemy import or_, select

from server.actions.erasing import columns_naming_people
from server.extensions import db, now
from server.mail import letters
from server.models import (
    ApiKey,
    AuditEntry,
    Customer,
    Draft,
    Generation,
    Image,
    ImageStar,
    Invite,
    Invoice,
    Mail,
    Membership,
    Message,
    Session,
    Style,
    Subscription,
    Theme,
    Ticket,
    Transfer,
    UsageDay,
    User,
)
from server.models.columns import iso

AT_ONCE = 200


def document(user: User) -> Iterator[str]:
    """The pieces of the document: the account, then a list for each kind of thing that is the person's."""
    yield "{" + f'"made_at": {json.dumps(iso(now()))}, "account": {json.dumps(_account(user))}'
    for name, (query, show) in _lists(user).items():
        yield f', "{name}": ['
        for number, row in enumerate(db.session.scalars(query.execution_options(yield_per=AT_ONCE))):
            yield (", " if number else "") + json.dumps(show(row), ensure_ascii=False)
        yield "]"
    yield "}\n"


def _account(user: User) -> dict:
    return {
        **user.to_payload(),
        "plan": user.plan,
        "daily_images": user.daily_images,
        "created_at": iso(user.created_at),
        "confirmed_at": iso(user.confirmed_at),
    }


def _lists(user: User) -> dict[str, tuple]:
    """A query, and how its rows are shown, for each kind of thing."""
    mine = {name: (select(column.class_).where(column == user.id), show) for name, (column, show) in EXPORTED.items()}
    acts = select(AuditEntry).where(or_(AuditEntry.actor_id == user.id, AuditEntry.target_id == user.id))
    return {
        **mine,
        "letters": (select(Mail).where(Mail.to == user.email), _letter),
        "acts": (acts, lambda act: _act(act, user.id)),
    }


def _membership(membership: Membership) -> dict:
    return {**membership.to_payload(), "workspace": membership.workspace.to_payload()}


def _draft(draft: Draft) -> dict:
    return {"workspace_id": draft.workspace_id, **draft.to_payload()}


def _customer(customer: Customer) -> dict:
    def of(table):
        return [row.to_payload() for row in db.session.scalars(select(table).where(table.customer_id == customer.id))]

    made = {"stripe_id": customer.id, "created_at": iso(customer.created_at)}
    return {**made, "subscriptions": of(Subscription), "invoices": of(Invoice)}


def _letter(mail: Mail) -> dict:
    """Without its text where that lets in whoever reads it."""
    text = "" if letters.is_secret(mail.kind) else mail.text
    return {"subject": mail.subject, "text": text, "created_at": iso(mail.created_at), "sent_at": iso(mail.sent_at)}


def _act(entry: AuditEntry, user_id: str) -> dict:
    """Whoever else acted is not named."""
    by_me = entry.actor_id == user_id
    at = {"created_at": iso(entry.created_at), "address": entry.address if by_me else None}
    return {"act": entry.act, "by_me": by_me, "facts": entry.facts, **at}


EXPORTED = {
    "sessions": (Session.user_id, Session.to_payload),
    "keys": (ApiKey.user_id, ApiKey.to_payload),
    "memberships": (Membership.user_id, _membership),
    "invites": (Invite.author_id, lambda invite: invite.to_payload("")),
    "themes": (Theme.owner_id, Theme.to_payload),
    "styles": (Style.author_id, Style.to_payload),
    "drafts": (Draft.user_id, _draft),
    "messages": (Message.author_id, Message.to_payload),
    "generations": (Generation.author_id, Generation.to_payload),
    "images": (Image.author_id, Image.to_payload),
    "stars": (ImageStar.user_id, lambda star: star.image_id),
    "tickets": (Ticket.author_id, Ticket.to_payload),
    "transfers": (Transfer.user_id, Transfer.to_payload),
    "customers": (Customer.user_id, _customer),
    "days": (UsageDay.user_id, lambda day: {"day": day.day.isoformat(), "images": day.used}),
}
LEFT_OUT = {
    "images.charged_to": "the days say how many",
    "images.deleted_by": "the trash of a workspace belongs to all its members",
    "mail_links.user_id": "hashes of secrets; the letters say when they were sent",
    "proposals.decided_by": "a word in the talk of a workspace",
    "ticket_replies.author_id": "one's own are in the tickets, those of the helpdesk belong to who asked",
    "tickets.assignee_id": "a request of somebody else",
    "workspaces.owner_id": "the memberships say whose each workspace is",
}


def unaccounted() -> set[str]:
    """Columns that name a person and are neither in the document nor left out for a reason."""
    shown = {f"{column.class_.__tablename__}.{column.key}" for column, _ in EXPORTED.values()}
    return columns_naming_people() - shown - set(LEFT_OUT)
