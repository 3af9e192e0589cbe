"""Canned replies: words that the helpdesk often needs; its door lets only superusers in."""

from server.actions import access
from server.actions.transaction import transaction
from server.errors import Conflict, NotFound
from server.extensions import db, now
from server.models import CannedReply
from server.models.columns import new_id
from server.protocol.helpdesk import ChangeCannedReply, SaveCannedReply

MOST = 50


def create(request: SaveCannedReply) -> tuple[CannedReply, bool]:
    with transaction():
        earlier = access.repeated(CannedReply, request.id)
        if earlier:
            return earlier, False
        if len(CannedReply.all()) >= MOST:
            raise Conflict(f"{MOST} canned replies are the most. Delete one that nobody uses.")
        canned = CannedReply(id=request.id or new_id(), title=request.title, body=request.body)
        db.session.add(canned)
    return canned, True


def change(canned_id: str, request: ChangeCannedReply) -> CannedReply:
    with transaction():
        canned = _find(canned_id)
        for name, value in request.model_dump(exclude_none=True).items():
            setattr(canned, name, value)
        canned.updated_at = now()
    return canned


def delete(canned_id: str) -> None:
    with transaction():
        db.session.delete(_find(canned_id))


def _find(canned_id: str) -> CannedReply:
    canned = db.session.get(CannedReply, canned_id, populate_existing=True)
    if canned is None:
        raise NotFound("There is no such canned reply.")
    return canned
