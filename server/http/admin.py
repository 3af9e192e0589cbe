"""The superuser's desk: its page, its lists, and what may be done there. To everybody else it does not exist."""

from collections.abc import Callable

from flask import Blueprint, Response, render_template, request
from flask_login import current_user

from server.actions import operating
from server.actions.desk import books, papers, people, popularity, works
from server.actions.desk.line import Line
from server.errors import Invalid, NotFound, Unsure
from server.extensions import limiter
from server.http.body import answer, before, empty, id_of, me, page, page_limit, read, text_in
from server.http.limits import person
from server.http.sheet import sheet
from server.models.columns import iso
from server.protocol.desk import ChangePerson, Confirm
from server.protocol.requests import Empty

door = Blueprint("admin", __name__)
MOST_LINES = 10_000
LONGEST_SEARCH = 200
LETTER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'none'"


@door.before_request
def only_superusers() -> None:
    """The role is read anew with each request; keys are turned away before."""
    if not (current_user.is_authenticated and current_user.session and current_user.user.is_superuser):
        raise NotFound("There is nothing here.")


def sure() -> None:
    """Unsure unless this sign-in proved its password within ten minutes."""
    if not current_user.session.is_sure:
        raise Unsure("Type your password to go on.")


@door.get("/admin")
def desk():
    return render_template("admin.html")


@door.post("/api/admin/confirm")
@limiter.limit("20/minute", key_func=person)
def confirm():
    session = operating.confirm(me(), current_user.session, read(Confirm))
    return answer(sure_until=iso(session.sure_until))


def index(name: str):
    """One of the lists: a page of it, or with `?format=csv` all of it."""
    lines = LISTS[name]
    words = text_in("q").strip()[:LONGEST_SEARCH]
    if request.args.get("format") == "csv":
        operating.take_along(me(), name)
        return sheet(name, [line.fields for line in lines(words, MOST_LINES, None)])
    limit = page_limit()
    return page(lines(words, limit + 1, before()), limit)


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
    return answer(items=papers.settings(), next=None)


@door.get("/api/admin/popularity")
def popular():
    if request.args.get("days", "7") not in ("7", "30"):
        raise Invalid("Days must be 7 or 30.", field="days")
    return answer(popularity=popularity.report(int(request.args.get("days", "7"))))


@door.patch("/api/admin/users/<id>")
def change_user(id: str):
    sure()
    user = operating.change(me(), id_of(id), read(ChangePerson))
    return answer(user={**user.to_payload(), "plan": user.plan, "disabled_at": iso(user.disabled_at)})


@door.post("/api/admin/users/<id>/sign-out")
def sign_out(id: str):
    sure()
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
