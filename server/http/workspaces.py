"""Workspaces: list, create, change, delete; their snapshot, events, draft."""

from flask import Blueprint, request
from sqlalchemy import func, select

from server.actions import access, drafts, workspaces
from server.errors import Gone, Invalid
from server.extensions import db
from server.http.body import answer, before, cursor_of, empty, id_of, me, page_limit, read
from server.models import Image, Membership, Workspace, WorkspaceEvent
from server.models.snapshot import begin_reading, read_head, read_snapshot
from server.protocol.requests import ChangeWorkspace, CreateWorkspace, SaveDraft

door = Blueprint("workspaces", __name__, url_prefix="/api/workspaces")
COVER = 4
FACES = 4


@door.get("")
def index():
    user, limit = me(), page_limit()
    query = Membership.of_user(user.id)
    if place := before():
        moment, id = place
        query = query.where((Workspace.created_at < moment) | ((Workspace.created_at == moment) & (Workspace.id < id)))
    rows = list(db.session.scalars(query.order_by(Workspace.created_at.desc(), Workspace.id.desc()).limit(limit + 1)))
    shown = rows[:limit]
    more = cursor_of((shown[-1].workspace.created_at, shown[-1].workspace_id)) if len(rows) > limit else None
    return answer(items=[card(membership) for membership in shown], next=more)


@door.post("")
def create():
    workspace, is_new = workspaces.create(me(), read(CreateWorkspace))
    return answer(201 if is_new else 200, workspace=workspace)


@door.get("/<id>")
def show(id: str):
    return answer(workspace=access.member(me(), id_of(id)).workspace)


@door.patch("/<id>")
def change(id: str):
    return answer(workspace=workspaces.change(me(), id_of(id), read(ChangeWorkspace)))


@door.delete("/<id>")
def delete(id: str):
    workspaces.delete(me(), id_of(id))
    return empty()


@door.get("/<id>/snapshot")
def snapshot(id: str):
    user, id = me(), id_of(id)
    user_id = user.id
    begin_reading()
    access.member(user, id)
    return answer(snapshot=read_snapshot(id, user_id))


@door.get("/<id>/events")
def events(id: str):
    id = id_of(id)
    access.member(me(), id)
    since = request.args.get("since", "")
    if not (since.isascii() and since.isdigit() and len(since) < 19):
        raise Invalid("Since must be the number of an event.", field="since")
    begin_reading()
    seq, _ = read_head(id)
    found = WorkspaceEvent.replay(id, int(since), seq)
    if found is None:
        raise Gone("These events are no longer kept. Fetch a snapshot.")
    return answer(seq=seq, events=found)


@door.put("/<id>/draft")
def draft(id: str):
    return answer(draft=drafts.save(me(), id_of(id), read(SaveDraft)))


def card(membership: Membership) -> dict:
    """A workspace as its list shows it to one person."""
    id = membership.workspace_id
    members = Membership.of_workspace(id)
    ready = select(Image).where(Image.workspace_id == id, Image.status == "ready", Image.deleted_at.is_(None))
    latest = db.session.scalars(ready.order_by(Image.created_at.desc(), Image.id.desc()).limit(COVER))
    total = db.session.scalar(select(func.count()).select_from(ready.subquery()))
    cover = [image.to_payload()["thumbs"]["384"] for image in latest]
    return {
        **membership.workspace.to_payload(),
        "role": membership.role,
        "members": len(members),
        "people": [member.to_payload() for member in members[:FACES]],
        "cover": cover,
        "images": total,
    }
