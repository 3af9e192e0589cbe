"""Deleting an account: fourteen days in which signing in brings it back, then nothing of the person is left.

What it made in shared workspaces stays there, under a name that says nothing; a workspace of its own passes to the
member who has been an editor longest, else to the one who has been there longest, else it is erased.
"""

from datetime import datetime, timedelta

import structlog
from sqlalchemy import case, delete, select

from server.actions import audit, erasing, mails, passwords, signins, subscriptions, workspaces
from server.actions.transaction import Transaction, transaction
from server.errors import Conflict, Unavailable
from server.extensions import db, now
from server.models import Image, ImageStar, Mail, Membership, Subscription, Theme, User, Workspace
from server.protocol.requests import DeleteAccount

GRACE = timedelta(days=14)
NAME = "Deleted user"
log = structlog.get_logger()


def leave(user: User, request: DeleteAccount) -> None:
    """Ask for deletion: every sign-in and key ends at once."""
    passwords.check_current(user, request.current)
    with transaction() as tx:
        user.deleted_at = now()
        signins.end_keys(user)
        signins.end_all(tx, user)
        mails.post(tx, "leaving", user.email, until=mails.said(_end(user)))
        audit.note(tx, "left", user.id)
    _stop_paying(user)


def come_back(tx: Transaction, user: User, wanted: bool) -> None:
    """Keep the account after all, if its owner says so when they sign in."""
    if _end(user) < now():
        raise Conflict("This account is being deleted.", code="account_deleted")
    if not wanted:
        day = f"{_end(user).day} {_end(user):%B %Y}"
        raise Conflict(f"This account will be deleted on {day}. Do you want to keep it?", code="account_leaving")
    user.deleted_at = None
    audit.note(tx, "came_back", user.id)


def purge_due() -> None:
    """Let go of those whose fourteen days are over, one transaction each; nobody who left goes on paying meanwhile."""
    is_over = User.deleted_at < now() - GRACE
    due = select(User.id, is_over).where(User.deleted_at.is_not(None), User.purged_at.is_(None))
    due = due.where(is_over | User.id.in_(Subscription.payers()))
    for user_id, may_go in db.session.execute(due).all():
        if _stop_paying(db.session.get(User, user_id)) and may_go:
            purge(user_id)


def purge(user_id: str) -> None:
    """What is left is a row without name, address and password, so that what they made and paid has an author.

    The name goes last: a purge that was interrupted is done again.
    """
    for workspace_id in _hand_over_workspaces(user_id):
        erasing.erase_workspace(workspace_id)
    with transaction() as tx:
        user = User.locked(user_id)
        for membership in db.session.scalars(Membership.of_user(user.id)):
            tx.publish(membership.workspace_id, "member.removed", None, user_id=user.id)
        _take_stars_back(tx, user)
        erasing.erase_traces(tx, user.id)
        _drop_themes(user)
        db.session.execute(delete(Mail).where(Mail.to == user.email))
        user.name, user.email, user.password_hash = NAME, f"deleted-{user.id}@invalid", ""
        user.is_superuser, user.purged_at = False, now()
    log.info("account purged", user=user_id)


def _stop_paying(user: User) -> bool:
    """End what is paid for; False when Stripe is away, and then the purge waits."""
    try:
        subscriptions.end(user)
    except Unavailable:
        return False
    return True


def _end(user: User) -> datetime:
    return user.deleted_at + GRACE


def _hand_over_workspaces(user_id: str) -> list[str]:
    """Find heirs; the ids of the workspaces that have none."""
    doomed = []
    with transaction() as tx:
        for workspace in db.session.scalars(select(Workspace).where(Workspace.owner_id == user_id)):
            heir = None if workspace.deleted_at else _heir(workspace)
            if heir is None:
                doomed.append(workspace.id)
                continue
            workspace.owner_id, heir.role = heir.user_id, "owner"
            tx.publish(workspace.id, "workspace.updated", None, workspace=workspace)
            tx.publish(workspace.id, "member.updated", None, member=heir)
            workspaces.tell_members(tx, workspace.id)
    return doomed


def _heir(workspace: Workspace) -> Membership | None:
    there = Membership.workspace_id == workspace.id, Membership.user_id != workspace.owner_id
    here = User.deleted_at.is_(None), User.disabled_at.is_(None)
    query = select(Membership).join(User, User.id == Membership.user_id).where(*there, *here)
    rank = case((Membership.role == "editor", 0), else_=1)
    return db.session.scalar(query.order_by(rank, Membership.joined_at, Membership.user_id).limit(1))


def _take_stars_back(tx: Transaction, user: User) -> None:
    starred = select(Image).join(ImageStar).where(ImageStar.user_id == user.id)
    for image in db.session.scalars(starred).all():
        mine = next(star for star in image.stars if star.user_id == user.id)
        image.stars.remove(mine)
        db.session.delete(mine)
        tx.publish(image.workspace_id, "image.updated", None, image=image)
    db.session.flush()


def _drop_themes(user: User) -> None:
    """Those that no workspace uses; the others stay where they are used."""
    used = select(Workspace.theme_id).where(Workspace.theme_id.is_not(None))
    db.session.execute(delete(Theme).where(Theme.owner_id == user.id, Theme.id.not_in(used)))
