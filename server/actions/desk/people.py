"""The people of an installation, as the desk lists them."""

from sqlalchemy import ColumnElement, func, select

from server.actions.desk.line import Line, Place, holds, newest
from server.billing import quota
from server.extensions import db, now
from server.models import Session, UsageDay, User
from server.models.columns import iso


def users(words: str, limit: int, before: Place | None) -> list[Line]:
    """Everybody with an account, found by name or address."""
    query = select(User).where(User.purged_at.is_(None), is_called(words))
    found = [user for (user,) in newest(query, User.created_at, User.id, limit, before)]
    used, seen = _used([user.id for user in found]), _seen([user.id for user in found])
    return [Line((user.created_at, user.id), _show(user, used, seen)) for user in found]


def _show(user: User, used: dict, seen: dict) -> dict:
    return {
        "id": user.id,
        "name": user.name,
        "email": user.email,
        "color": user.color,
        "is_superuser": user.is_superuser,
        "plan": quota.plan_of(user),
        "used": used.get(user.id, 0),
        "limit": quota.limit_of(user),
        "last_seen_at": iso(seen.get(user.id)),
        "created_at": iso(user.created_at),
        "disabled_at": iso(user.disabled_at),
        "deleted_at": iso(user.deleted_at),
    }


def _used(ids: list[str]) -> dict[str, int]:
    today = now().date()
    query = select(UsageDay.user_id, UsageDay.used).where(UsageDay.user_id.in_(ids), UsageDay.day == today)
    return dict(db.session.execute(query).all())


def _seen(ids: list[str]) -> dict:
    last = func.max(func.coalesce(Session.last_seen_at, Session.created_at), type_=Session.created_at.type)
    query = select(Session.user_id, last).where(Session.user_id.in_(ids)).group_by(Session.user_id)
    return dict(db.session.execute(query).all())


def is_called(words: str) -> ColumnElement[bool]:
    """Whether a person has these words in the name or address."""
    return holds(words, User.name, User.email)


def names(ids: set[str | None]) -> dict[str, str]:
    """The names that belong to these ids."""
    query = select(User.id, User.name).where(User.id.in_(ids - {None}))
    return dict(db.session.execute(query).all())
