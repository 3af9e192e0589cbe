"""One's own account: name and address, sign-ins, a copy of one's data, deletion."""

from flask import Blueprint, Response, stream_with_context
from flask_login import current_user

from server.actions import accounts, leaving, onlookers, own_data, signins
from server.extensions import limiter
from server.http.auth import forget
from server.http.body import answer, empty, id_of, me, page_of, read
from server.http.limits import person
from server.models import Session
from server.protocol.requests import ChangeAccount, DeleteAccount

door = Blueprint("account", __name__, url_prefix="/api/account")


@door.get("")
def show():
    return answer(user=me())


@door.patch("")
def change():
    return answer(user=accounts.change(me(), read(ChangeAccount)))


@door.delete("")
@limiter.limit("10/minute", key_func=person)
def leave():
    leaving.leave(me(), read(DeleteAccount))
    forget()
    return empty()


@door.get("/sessions")
def sessions():
    here = current_user.id if current_user.is_authenticated else None
    return page_of(Session.of_user(me().id), lambda session: {**session.to_payload(), "current": session.id == here})


@door.delete("/sessions/<id>")
def end_session(id: str):
    signins.end_one(me(), id_of(id))
    return empty()


@door.get("/export")
@limiter.limit("10/hour", key_func=person)
def export():
    onlookers.take_own(me())
    pieces = stream_with_context(own_data.document(me()))
    headers = {"Content-Disposition": 'attachment; filename="emulsion-account.json"'}
    return Response(pieces, mimetype="application/json", headers=headers)
