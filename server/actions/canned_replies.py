"""Canned replies: words that the helpdesk often needs; its door lets only superusers in."""

from server.actions import access, audit
from server.actions.transaction import transaction
from server.errors import Conflict, NotFound
from server.extensions import db, now
from server.models import CannedReply, User
from server.models.columns import new_id
from server.protocol.helpdesk import ChangeCannedReply, SaveCannedReply

MOST = 50


def create(operator: User, request: SaveCannedReply) -> tuple[CannedReply, bool]:
    with transaction() as tx:
        earlier = access.repeated(CannedReply, request.id)
        if earlier:
            return earlier, False
        if len(CannedReply.all()) >= MOST:
            raise Conflict(f"{MOST} canned replies are the most. Delete one that nobody uses.")
        canned = CannedReply(id=request.id or new_id(), title=request.title, body=request.body)
        db.session.add(canned)
        audit.note(tx, "canned.made", operator.id, canned.id)
    return canned, True


def change(operator: User, canned_id: str, request: ChangeCannedReply) -> CannedReply:
    with transaction() as tx:
        canned = _find(canned_id)
        for name, value in request.model_dump(exclude_none=True).items():
            setattr(canned, name, value)
        canned.updated_at = now()
        audit.note(tx, "canned.changed", operator.id, canned.id)
    return canned


def delete(operator: User, canned_id: str) -> None:
    with transaction() as tx:
        db.session.delete(_find(canned_id))
        audit.note(tx, "canned.deleted", operator.id, canned_id)


def _find(canned_id: str) -> CannedReply:
    canned = db.session.get(CannedReply, canned_id, populate_existing=True)
    if canned is None:
        raise NotFound("There is no such canned reply.")
    return canned
