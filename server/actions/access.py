"""Who may do what where: every action on a workspace begins here."""

from typing import TypeVar

from sqlalchemy import text

from server.errors import Conflict, Forbidden, NotFound, PlanLimit
from server.extensions import db
from server.models import Image, Membership, Message, User

Row = TypeVar("Row")
WORDS = {
    "editor": "You can look but not change things here. Ask the owner to make you an editor.",
    "owner": "Only the owner of this workspace can do that.",
}

READ_ONLY = {
    "mine": "The Free plan keeps this workspace for reading only. See All Inclusive to change things in it again.",
    "theirs": "Its owner's plan keeps this workspace for reading only. You can look, star and download.",
}


def member(user: User, workspace_id: str, role: str = "viewer", *, reads: bool = False) -> Membership:
    """The user's membership with at least that role; NotFound to strangers, Forbidden below the role.

    What an editor does changes things unless it only `reads`: PlanLimit where the owner's plan does not allow that.
    """
    membership = Membership.find(workspace_id, user.id)
    if membership is None:
        raise NotFound("There is no such workspace, or you are not a member of it.")
    if not membership.may(role):
        raise Forbidden(WORDS[role])
    if role == "editor" and not reads and membership.workspace.is_read_only:
        raise PlanLimit(READ_ONLY["mine" if membership.workspace.owner_id == user.id else "theirs"])
    return membership


def row(user: User, table: type[Row], id: str, role: str = "editor", *, trash: bool = False, lock: bool = False) -> Row:
    """One row of a workspace in which the user has at least that role; `lock` holds it until the transaction ends."""
    held = {"of": table} if lock else None
    found = db.session.get(table, id, populate_existing=True, with_for_update=held)
    if found is None or (not trash and getattr(found, "deleted_at", None)):
        raise missing(table)
    try:
        member(user, found.workspace_id, role)
    except NotFound:
        raise missing(table) from None
    return found


def missing(table: type) -> NotFound:
    return NotFound(f"There is no such {NOUNS.get(table, table.__name__.lower())}, or it was deleted.")


NOUNS = {Image: "image", Message: "message"}


def repeated(table: type[Row], id: str | None, **same) -> Row | None:
    """The row that an earlier try of the same create made; somebody else's id is a Conflict.

    Call it in the transaction that would create: two tries at once then follow each other.
    """
    if id and db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:id, 0))"), {"id": id})
    found = db.session.get(table, id, populate_existing=True) if id else None
    if found is None:
        return None
    if getattr(found, "deleted_at", None) or any(getattr(found, name) != value for name, value in same.items()):
        raise Conflict("This id is taken. Make a new one.", code="id_taken", field="id")
    return found
