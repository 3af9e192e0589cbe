"""Inviting people, changing their roles, letting them go."""

from sqlalchemy import select, update

from server.actions import access, audit, mails, workspaces
from server.actions.brakes import Brake
from server.actions.transaction import transaction
from server.errors import Conflict, Forbidden, NotFound
from server.extensions import db, now
from server.models import Invite, Membership, User
from server.models.columns import new_id
from server.protocol.requests import ChangeMember, CreateInvite

ASKING = Brake("access", free=1, first=600, most=3600)


def invite(user: User, workspace_id: str, request: CreateInvite) -> tuple[Invite, bool]:
    """A link that makes its holder an editor or a viewer."""
    with transaction():
        membership = access.member(user, workspace_id, "editor")
        earlier = access.repeated(Invite, request.id, author_id=user.id, workspace_id=workspace_id)
        if earlier:
            return earlier, False
        made = Invite(
            id=request.id or new_id(),
            workspace_id=workspace_id,
            workspace=membership.workspace,
            author_id=user.id,
            role=request.role,
            expires_at=request.expires_at,
            max_uses=request.max_uses,
        )
        db.session.add(made)
    return made, True


def invites(user: User, workspace_id: str) -> list[Invite]:
    access.member(user, workspace_id, "editor", reads=True)
    query = select(Invite).where(Invite.workspace_id == workspace_id, Invite.revoked_at.is_(None))
    return list(db.session.scalars(query.order_by(Invite.created_at.desc(), Invite.id.desc())))


def revoke_invite(user: User, invite_id: str) -> None:
    made = access.row(user, Invite, invite_id, "editor")
    with transaction():
        made.revoked_at = now()


def accept(user: User, token: str) -> Membership:
    """Join by a link; a member who follows it again stays what they are and uses nothing up."""
    with transaction() as tx:
        made = Invite.by_token(token)
        existing = Membership.find(made.workspace_id, user.id)
        if existing:
            return existing
        made.check_open()
        taken = db.session.execute(
            update(Invite)
            .where(Invite.id == made.id, (Invite.max_uses.is_(None)) | (Invite.uses < Invite.max_uses))
            .values(uses=Invite.uses + 1)
            .execution_options(synchronize_session=False)
        )
        if taken.rowcount == 0:
            made.uses = made.max_uses
            made.check_open()
        audit.note(tx, "member.joined", user.id, made.workspace_id, role=made.role)
        return workspaces.add_member(tx, made.workspace, user, made.role)


def change(user: User, workspace_id: str, user_id: str, request: ChangeMember) -> Membership:
    """Owners decide roles; the owner's own stays."""
    with transaction() as tx:
        access.member(user, workspace_id, "owner")
        target = _target(workspace_id, user_id)
        if target.role == "owner":
            raise Forbidden("The owner of a workspace stays its owner.")
        target.role = request.role
        tx.publish(workspace_id, "member.updated", user.id, member=target)
        tx.tell(user_id, "workspaces")
        audit.note(tx, "member.changed", user.id, user_id, workspace=workspace_id, role=request.role)
    return target


def ask(user: User, workspace_id: str) -> None:
    """A viewer would like to make pictures too: the owner hears of it in every tab, and by mail."""
    with transaction() as tx:
        membership = access.member(user, workspace_id)
        if membership.role != "viewer":
            raise Conflict("You may make pictures here already.")
        ASKING.take(f"{workspace_id} {user.id}")
        room = membership.workspace
        owner = db.session.get(User, room.owner_id)
        tx.tell(owner.id, "asked", workspace_id=room.id, member=membership.to_payload())
        mails.post(tx, "access_asked", owner.email, who=user.name, room=room.name, workspace=room.id)


def remove(user: User, workspace_id: str, user_id: str) -> None:
    """The owner removes anyone else; everybody but the owner may leave."""
    with transaction() as tx:
        access.member(user, workspace_id, "viewer" if user_id == user.id else "owner")
        target = _target(workspace_id, user_id)
        if target.role == "owner":
            raise Forbidden("The owner cannot leave. Delete the workspace instead.")
        db.session.delete(target)
        tx.publish(workspace_id, "member.removed", user.id, user_id=user_id)
        tx.tell(user_id, "workspaces")
        audit.note(tx, "member.removed", user.id, user_id, workspace=workspace_id)


def _target(workspace_id: str, user_id: str) -> Membership:
    target = Membership.find(workspace_id, user_id)
    if target is None:
        raise NotFound("There is no such member in this workspace.")
    return target
