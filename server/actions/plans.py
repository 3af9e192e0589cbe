"""Giving somebody a plan. Nothing is ever taken away: a smaller plan makes further workspaces read-only."""

from sqlalchemy import select

from server.actions import audit, news
from server.actions.transaction import Transaction
from server.extensions import config, db
from server.models import Membership, User, Workspace


def put(tx: Transaction, user: User, plan: str, actor_id: str | None = None) -> None:
    """Set the plan, which somebody gives or Stripe; tell the tabs of its owner, and every room that it concerns."""
    news.spent(tx, user)
    if user.plan == plan:
        return
    audit.note(tx, "user.plan", actor_id, user.id, before=user.plan, after=plan)
    user.plan = plan
    db.session.flush()
    show(tx, user)


def show(tx: Transaction, user: User) -> None:
    """Show in each room of this owner whether it is read-only now."""
    if not config().billing_enabled:
        return
    for workspace in db.session.scalars(Workspace.counting(user.id)):
        tx.publish(workspace.id, "workspace.updated", None, workspace=workspace)
        for member_id in db.session.scalars(select(Membership.user_id).where(Membership.workspace_id == workspace.id)):
            tx.tell(member_id, "workspaces")
