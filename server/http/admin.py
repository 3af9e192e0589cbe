"""The superuser's desk: its page, its lists, and what may be done there. To everybody else it does not exist."""

from collections.abc import Callable, Iterable
from functools import partial

from flask import Blueprint, Response, render_template, request
from flask_login import current_user

from server.actions import onlookers, operating
from server.actions.desk import books, papers, people, popularity, works
from server.actions.desk.history import SPANS, history
from server.actions.desk.line import Line, whole
from server.errors import Invalid, NotFound, Unsure
from server.extensions import limiter
from server.http.body import answer, before, empty, id_of, me, page, page_limit, read, text_in
from server.http.limits import person
from server.http.scopes import READS
from server.http.sheet import sheet
from server.models.columns import iso
from server.protocol.desk import ChangePerson, Confirm
from server.protocol.requests import Empty

door = Blueprint("admin", __name__)
PLACES = ("/admin", "/api/admin")
LONGEST_SEARCH = 200
LETTER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'none'"


@door.before_app_request
def only_superusers() -> None:
    """The role is read anew with each request; to others no address of the desk is there, with whatever method."""
    if not request.path.startswith(PLACES):
        return
    if not (current_user.is_authenticated and current_user.session and current_user.user.is_superuser):
        if current_user.is_authenticated and current_user.session:
            onlookers.turn_away(me())
        raise NotFound("There is nothing here.")


@door.before_request
def only_the_sure() -> None:
    """What changes something and what is taken along needs a password that was typed lately."""
    if wants_file() or (request.method not in READS and request.endpoint != "admin.confirm"):
        sure()


def wants_file() -> bool:
    return request.args.get("format") == "csv"


def sure() -> None:
    """Unsure unless this sign-in proved its password within ten minutes."""
    if not current_user.session.is_sure:
        raise Unsure("Type your password to go on.")


@door.get("/admin")
def desk():
    onlookers.look_at(me(), "desk")
    return render_template("admin.html")


@door.post("/api/admin/confirm")
@limiter.limit("20/minute", key_func=person)
def confirm():
    session = operating.confirm(me(), current_user.session, read(Confirm))
    return answer(sure_until=iso(session.sure_until))


def index(name: str):
    """One of the lists: a page of it, or with `?format=csv` all of it."""
    lines = jobs() if name == "queue" else LISTS[name]
    words = text_in("q").strip()[:LONGEST_SEARCH]
    if wants_file():
        return taken(name, whole(lines, words))
    onlookers.look_at(me(), name)
    limit = page_limit()
    return page(lines(words, limit + 1, before()), limit)


def jobs() -> Callable[..., list[Line]]:
    """The queue, or what of it is in the state that the address names."""
    status = request.args.get("status", "")
    if status not in ("", *works.JOBS):
        raise Invalid("Status must be queued, running or failed.", field="status")
    return partial(works.queue, status=status)


def taken(name: str, pages: Iterable[list[dict]]) -> Response:
    """A list as a file, and a line in the log that says so."""
    onlookers.take_along(me(), name)
    return sheet(name, pages)


LISTS: dict[str, Callable[..., list[Line]]] = {
    "users": people.users,
    "payments": books.payments,
    "usage": books.usage,
    "queue": works.queue,
    "workers": works.workers,
    "connections": works.connections,
    "tickets": papers.tickets,
    "outbox": papers.outbox,
    "audit": papers.audit,
}
for name in LISTS:
    door.add_url_rule(f"/api/admin/{name}", f"list_{name}", index, defaults={"name": name})


@door.get("/api/admin/settings")
def settings():
    if wants_file():
        return taken("settings", [papers.settings()])
    onlookers.look_at(me(), "settings")
    return answer(items=papers.settings(), next=None)


@door.get("/api/admin/popularity")
def popular():
    days = request.args.get("days", "7")
    if days not in ("7", "30"):
        raise Invalid("Days must be 7 or 30.", field="days")
    if wants_file():
        return taken("popularity", [popularity.sheet(int(days))])
    return answer(popularity=popularity.report(int(days)))


@door.get("/api/admin/history")
def past():
    """What the charts show of the last day, week or month; the last hour comes over the socket."""
    span = request.args.get("span", "24h")
    if span not in SPANS:
        raise Invalid("Span must be 24h, 7d or 30d.", field="span")
    return answer(steps=history.read(span))


@door.patch("/api/admin/users/<id>")
def change_user(id: str):
    user = operating.change(me(), id_of(id), read(ChangePerson))
    return answer(user={**user.to_payload(), **operating.standing(user)})


@door.post("/api/admin/users/<id>/sign-out")
def sign_out(id: str):
    read(Empty)
    operating.sign_out(me(), id_of(id))
    return empty()


@door.post("/api/admin/queue/<id>/cancel")
def cancel_image(id: str):
    read(Empty)
    return answer(image=operating.cancel_image(me(), id_of(id)))


@door.post("/api/admin/queue/<id>/retry")
def retry_image(id: str):
    read(Empty)
    return answer(202, image=operating.retry_image(me(), id_of(id)))


@door.post("/api/admin/outbox/<id>/send")
def send_again(id: str):
    read(Empty)
    mail = operating.send_again(me(), id_of(id))
    return answer(202, mail={"id": mail.id, "status": mail.status})


@door.get("/api/admin/outbox/<id>/letter")
def letter(id: str):
    """The letter as it is read, alone in a sandbox; one that opens an account is shown to those who are sure."""
    if operating.is_secret(id_of(id)):
        sure()
    mail = operating.read_letter(me(), id_of(id))
    body, kind = (mail.html, "text/html") if mail.html else (mail.text or "Its words were forgotten.", "text/plain")
    return Response(body, mimetype=kind, headers={"Content-Security-Policy": LETTER_POLICY})
