"""Creating, changing and deleting workspaces."""

from sqlalchemy import func, select

from server.actions import access, generations, messages, plans
from server.actions.transaction import transaction
from server.billing import quota
from server.errors import Invalid
from server.extensions import db, now
from server.models import Membership, Theme, User, Workspace
from server.models.columns import new_id
from server.protocol.requests import ChangeWorkspace, CreateWorkspace


def create(user: User, request: CreateWorkspace) -> tuple[Workspace, bool]:
    """A new workspace and whether it is new; the same id from the same person gets the stored one."""
    with transaction() as tx:
        earlier = access.repeated(Workspace, request.id, owner_id=user.id)
        if earlier:
            return earlier, False
        check_room_for_another(user)
        theme = _usable_theme(user, request.theme_id)
        workspace = Workspace(id=request.id or new_id(), name=request.name, owner_id=user.id, theme_id=request.theme_id)
        db.session.add(workspace)
        db.session.flush()
        add_member(tx, workspace, user, "owner")
        if theme:
            tx.publish(workspace.id, "theme.saved", user.id, theme=theme)
    return workspace, True


def change(user: User, workspace_id: str, request: ChangeWorkspace) -> Workspace:
    """Editors may rename and choose the theme."""
    with transaction() as tx:
        workspace = access.member(user, workspace_id, "editor").workspace
        if request.name is not None:
            workspace.name = request.name
        if "theme_id" in request.model_fields_set:
            theme = _usable_theme(user, request.theme_id, workspace)
            workspace.theme_id = request.theme_id
            if theme:
                tx.publish(workspace.id, "theme.saved", user.id, theme=theme)
        workspace.updated_at = now()
        tx.publish(workspace.id, "workspace.updated", user.id, workspace=workspace)
        tell_members(tx, workspace.id)
    return workspace


def delete(user: User, workspace_id: str) -> None:
    """Soft, and nothing more is made in it; `workspace.deleted` is its last event."""
    with transaction() as tx:
        workspace = access.member(user, workspace_id, "owner").workspace
        generations.stop_all(tx, user, workspace.id)
        messages.stop_all(tx, user, workspace.id)
        tx.publish(workspace.id, "workspace.deleted", user.id, id=workspace.id)
        workspace.deleted_at = now()
        tell_members(tx, workspace.id)
        db.session.flush()
        plans.show(tx, user)


def check_room_for_another(user: User) -> None:
    """PlanLimit when the plan has no further workspace for its owner; two at once are looked at one after the other."""
    user = db.session.get(User, user.id, populate_existing=True, with_for_update={"of": User})
    quota.check_workspaces(user, _owned(user))


def add_member(tx, workspace: Workspace, user: User, role: str) -> Membership:
    membership = Membership(workspace_id=workspace.id, user_id=user.id, role=role, user=user, workspace=workspace)
    db.session.add(membership)
    tx.publish(workspace.id, "member.added", user.id, member=membership)
    tx.tell(user.id, "workspaces")
    return membership


def tell_members(tx, workspace_id: str) -> None:
    """Every member's list of workspaces has changed."""
    for user_id in db.session.scalars(select(Membership.user_id).where(Membership.workspace_id == workspace_id)):
        tx.tell(user_id, "workspaces")


def _owned(user: User) -> int:
    return db.session.scalar(select(func.count()).select_from(Workspace.counting(user.id).subquery()))


def _usable_theme(user: User, theme_id: str | None, workspace: Workspace | None = None) -> Theme | None:
    if theme_id is None:
        return None
    theme = db.session.get(Theme, theme_id)
    known = workspace is not None and workspace.theme_id == theme_id
    if theme is None or theme.deleted_at or not (known or theme.owner_id == user.id):
        raise Invalid("There is no such theme among yours.", field="theme_id")
    return theme
