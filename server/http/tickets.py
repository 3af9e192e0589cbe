"""The helpdesk: tickets, their replies, and the words that its staff often needs."""

from tempfile import TemporaryFile

from flask import Blueprint, request, send_file
from flask_login import current_user

from server.actions import canned_replies, superusers, tickets
from server.errors import Invalid
from server.extensions import csrf, limiter
from server.http.body import answer, before, cursor_of, empty, fit, id_of, me, page_limit, page_of, read, text_in
from server.http.limits import person
from server.http.security import check_token
from server.http.upload import one_file
from server.models import CannedReply
from server.protocol.helpdesk import (
    ChangeCannedReply,
    ChangeTicket,
    OpenTicket,
    ReplyToTicket,
    SaveCannedReply,
)

door = Blueprint("tickets", __name__, url_prefix="/api")
LARGEST = 10 * 1024**2
NO_FILE = "Send the picture as `file`, in a multipart form."
TOO_LARGE = "This picture is larger than 10 MB."
STATUSES = ("", "open", "waiting", "solved")


@door.get("/tickets")
def index():
    """One's own, or for superusers all or with `?mine=1` those taken; each item holds only the newest reply."""
    status, limit = text_in("status"), page_limit()
    if status not in STATUSES:
        raise Invalid("The status must be open, waiting or solved.", field="status")
    rows = tickets.index(me(), status, request.args.get("mine") == "1", before(), limit + 1)
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


@door.post("/tickets/<id>/pictures")
@csrf.exempt
@limiter.limit("30/minute;300/hour", key_func=person)
def reply_with_picture(id: str):
    """A reply that a picture goes along with, as a multipart form; who asks is settled before the body is read."""
    user = me()
    check_token()
    tickets.one(user, id_of(id))
    with one_file(TemporaryFile, LARGEST, NO_FILE, TOO_LARGE) as (sink, form):
        form = {name: value == "true" if name == "internal" else value for name, value in form.items()}
        made, is_new = tickets.reply(user, id_of(id), fit(ReplyToTicket, form), sink.read(LARGEST))
    return answer(201 if is_new else 200, reply=made)


@door.get("/tickets/<id>/pictures/<reply_id>")
def picture(id: str, reply_id: str):
    return send_file(tickets.picture(me(), id_of(id), id_of(reply_id)), mimetype="image/webp")


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
