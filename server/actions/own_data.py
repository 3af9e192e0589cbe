"""A person's data as one JSON document, written row by row: it may hold a hundred thousand images."""

import json
from collections.abc import Iterator

from sqlalchemy import select

from server.extensions import db, now
from server.models import (
    ApiKey,
    Draft,
    Generation,
    Image,
    ImageStar,
    Invite,
    Membership,
    Message,
    Session,
    Style,
    Theme,
    Ticket,
    UsageDay,
    User,
)
from server.models.columns import iso

AT_ONCE = 200


def document(user: User) -> Iterator[str]:
    """The pieces of the document: the account, then a list for each kind of thing that is the person's."""
    yield "{" + f'"made_at": {json.dumps(iso(now()))}, "account": {json.dumps(_account(user))}'
    for name, (query, show) in _lists(user.id).items():
        yield f', "{name}": ['
        for number, row in enumerate(db.session.scalars(query.execution_options(yield_per=AT_ONCE))):
            yield (", " if number else "") + json.dumps(show(row), ensure_ascii=False)
        yield "]"
    yield "}\n"


def _account(user: User) -> dict:
    return {
        **user.to_payload(),
        "plan": user.plan,
        "created_at": iso(user.created_at),
        "confirmed_at": iso(user.confirmed_at),
    }


def _lists(user_id: str) -> dict[str, tuple]:
    def by(table, column):
        return select(table).where(column == user_id)

    return {
        "sessions": (by(Session, Session.user_id), Session.to_payload),
        "keys": (by(ApiKey, ApiKey.user_id), ApiKey.to_payload),
        "memberships": (by(Membership, Membership.user_id), _membership),
        "invites": (by(Invite, Invite.author_id), lambda invite: invite.to_payload("")),
        "themes": (by(Theme, Theme.owner_id), Theme.to_payload),
        "styles": (by(Style, Style.author_id), Style.to_payload),
        "drafts": (by(Draft, Draft.user_id), lambda draft: {"workspace_id": draft.workspace_id, **draft.to_payload()}),
        "messages": (by(Message, Message.author_id), Message.to_payload),
        "generations": (by(Generation, Generation.author_id), Generation.to_payload),
        "images": (by(Image, Image.author_id), Image.to_payload),
        "stars": (by(ImageStar, ImageStar.user_id), lambda star: star.image_id),
        "tickets": (by(Ticket, Ticket.author_id), Ticket.to_payload),
        "days": (by(UsageDay, UsageDay.user_id), lambda day: {"day": day.day.isoformat(), "images": day.used}),
    }


def _membership(membership: Membership) -> dict:
    return {**membership.to_payload(), "workspace": membership.workspace.to_payload()}
