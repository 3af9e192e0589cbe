"""Members and invitations of a workspace."""

from flask import Blueprint, request

from server.actions import access, members
from server.extensions import config, limiter
from server.http.body import answer, empty, id_of, me, page_of, read
from server.models import Membership
from server.protocol.requests import ChangeMember, CreateInvite, Empty

door = Blueprint("members", __name__, url_prefix="/api")


@door.get("/workspaces/<id>/members")
def index(id: str):
    access.member(me(), id_of(id))
    return page_of(Membership.of_workspace(id_of(id)))


@door.patch("/workspaces/<id>/members/<user_id>")
def change(id: str, user_id: str):
    return answer(member=members.change(me(), id_of(id), id_of(user_id), read(ChangeMember)))


@door.delete("/workspaces/<id>/members/<user_id>")
def remove(id: str, user_id: str):
    members.remove(me(), id_of(id), id_of(user_id))
    return empty()


@door.post("/workspaces/<id>/access")
def ask(id: str):
    read(Empty)
    members.ask(me(), id_of(id))
    return answer(202)


@door.get("/workspaces/<id>/invites")
def invites(id: str):
    return page_of(members.invites(me(), id_of(id)), show=lambda invite: invite.to_payload(base_url()))


@door.post("/workspaces/<id>/invites")
def invite(id: str):
    made, is_new = members.invite(me(), id_of(id), read(CreateInvite))
    return answer(201 if is_new else 200, invite=made.to_payload(base_url()))


@door.delete("/invites/<id>")
def revoke(id: str):
    members.revoke_invite(me(), id_of(id))
    return empty()


@door.post("/invites/<token>/accept")
@limiter.limit("30/minute")
def accept(token: str):
    read(Empty)
    membership = members.accept(me(), token)
    return answer(workspace=membership.workspace, member=membership)


def base_url() -> str:
    return (config().public_url or request.host_url).rstrip("/")
