"""The helpdesk: tickets, their replies, and the words that its staff often needs."""

from flask import Blueprint
from flask_login import current_user

from server.actions import canned_replies, superusers, tickets
from server.errors import Invalid
from server.extensions import limiter
from server.http.body import answer, before, cursor_of, empty, id_of, me, page_limit, page_of, read, text_in
from server.http.limits import person
from server.models import CannedReply
from server.protocol.helpdesk import (
    ChangeCannedReply,
    ChangeTicket,
    OpenTicket,
    ReplyToTicket,
    SaveCannedReply,
)

door = Blueprint("tickets", __name__, url_prefix="/api")
STATUSES = ("", "open", "waiting", "solved")


@door.get("/tickets")
def index():
    """One's own, or for superusers all; of the replies each item holds only the newest."""
    status, limit = text_in("status"), page_limit()
    if status not in STATUSES:
        raise Invalid("The status must be open, waiting or solved.", field="status")
    rows = tickets.index(me(), status, before(), limit + 1)
    following = cursor_of(rows[limit - 1].place) if len(rows) > limit else None
    return answer(items=tickets.briefly(me(), rows[:limit]), next=following)


@door.post("/tickets")
@limiter.limit("10/minute;60/hour", key_func=person)
def create():
    user = current_user.user if current_user.is_authenticated else None
    ticket, is_new = tickets.open_one(user, read(OpenTicket))
    return answer(201 if is_new else 200, ticket=ticket)


@door.get("/tickets/<id>")
def show(id: str):
    return answer(ticket=tickets.one(me(), id_of(id)))


@door.patch("/tickets/<id>")
def change(id: str):
    return answer(ticket=tickets.change(me(), id_of(id), read(ChangeTicket)))


@door.post("/tickets/<id>/replies")
@limiter.limit("30/minute;300/hour", key_func=person)
def reply(id: str):
    made, is_new = tickets.reply(me(), id_of(id), read(ReplyToTicket))
    return answer(201 if is_new else 200, reply=made)


@door.get("/canned-replies")
def canned():
    staff_only()
    return page_of(CannedReply.all())


@door.post("/canned-replies")
def create_canned():
    staff_only()
    made, is_new = canned_replies.create(me(), read(SaveCannedReply))
    return answer(201 if is_new else 200, canned_reply=made)


@door.patch("/canned-replies/<id>")
def change_canned(id: str):
    staff_only()
    return answer(canned_reply=canned_replies.change(me(), id_of(id), read(ChangeCannedReply)))


@door.delete("/canned-replies/<id>")
def delete_canned(id: str):
    staff_only()
    canned_replies.delete(me(), id_of(id))
    return empty()


def staff_only() -> None:
    """Before anything is read: to everyone else these doors are not there."""
    superusers.check(me())
