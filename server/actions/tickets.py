"""The helpdesk: opening tickets, answering them, and who may see what.

Superusers are its staff and see everything; a person sees the own tickets without the notes; a visitor gets mail.
"""

from datetime import datetime
from pathlib import Path

from sqlalchemy import select, tuple_

from server.actions import access, audit, mails, provenance, traces
from server.actions.brakes import Brake
from server.actions.transaction import Transaction, transaction
from server.errors import Conflict, Forbidden, Invalid, NotFound
from server.extensions import config, db, storage
from server.models import Image, Ticket, TicketReply, User
from server.models.columns import new_id
from server.protocol.helpdesk import ChangeTicket, OpenTicket, ReplyToTicket

MOST_UNSOLVED = 20
MOST_REPLIES = 100
SHOWN = "(A picture goes with this. It is in the conversation.)"
VISITOR = Brake("ticket", free=3, first=60, most=3600)


def open_one(user: User | None, request: OpenTicket) -> tuple[dict, bool]:
    """A new ticket as its author sees it; the address of a visitor is taken on trust, so it gets few letters."""
    email = user.email if user else _visitors(request)
    with transaction() as tx:
        author_id = user.id if user else None
        earlier = access.repeated(Ticket, request.id, author_id=author_id, **({} if user else {"email": email}))
        if earlier:
            return shown(user, earlier), False
        if user and Ticket.unsolved(user.id) >= MOST_UNSOLVED:
            raise Conflict(f"{MOST_UNSOLVED} requests of yours are not solved yet. Write into one of them.")
        image = _image(user, request.image_id)
        first = TicketReply(id=new_id(), author_id=author_id, author=user, body=request.body)
        ticket = Ticket(
            id=request.id or new_id(), subject=request.subject, author_id=author_id, author=user, email=email,
            image_id=image and image.id, trace=image and traces.trace_of(image), replies=[first],
        )  # fmt: skip
        db.session.add(ticket)
        db.session.flush()
        mails.post(tx, "ticket_received", ticket.address, number=ticket.number)
        _write_to_helpdesk(tx, "ticket_opened", ticket, first)
        _tell(tx, ticket)
    return shown(user, ticket), True


def reply(
    user: User, ticket_id: str, request: ReplyToTicket, picture: bytes | None = None
) -> tuple[TicketReply, bool]:
    """The person's words open the ticket again, the staff's wait for the person; a note changes nothing.

    `picture` is the file of one that goes along; only its pixels are kept.
    """
    drawn = provenance.bare(picture, "image/webp") if picture is not None else None
    with transaction() as tx:
        ticket = _find(user, ticket_id, lock=True)
        if request.internal and not user.is_superuser:
            raise Forbidden("Notes are for the helpdesk only.")
        earlier = access.repeated(TicketReply, request.id, author_id=user.id, ticket_id=ticket.id)
        if earlier:
            return earlier, False
        if len(ticket.replies) >= MOST_REPLIES:
            raise Conflict("This conversation is full. Open another request and name this one.")
        made = TicketReply(
            id=request.id or new_id(), author_id=user.id, author=user, body=request.body, internal=request.internal
        )
        ticket.replies.append(made)
        if drawn:
            if ticket.author_id is None and not made.internal:
                raise Conflict("A visitor gets answers by mail, and no pictures go with those.")
            made.picture_key = f"{folder_of(ticket.id)}/{made.id}.webp"
            storage.put(made.picture_key, drawn)
        if not made.internal:
            _move_on(tx, user, ticket, made)
        db.session.flush()
        _tell(tx, ticket, notes_only=made.internal)
        if user.is_superuser:
            audit.note(tx, "ticket.noted" if made.internal else "ticket.answered", user.id, ticket.id)
    return made, True


def picture(user: User, ticket_id: str, reply_id: str) -> Path:
    """The file of the picture in a reply that the person may read."""
    ticket = _find(user, ticket_id)
    readable = [reply for reply in ticket.replies if user.is_superuser or not reply.internal]
    key = next((reply.picture_key for reply in readable if reply.id == reply_id), None)
    if not key or not storage.path(key).exists():
        raise NotFound("There is no such picture in this request.")
    return storage.path(key)


def folder_of(ticket_id: str) -> str:
    """Where the pictures of a ticket are stored."""
    return f"tickets/{ticket_id}"


def change(user: User, ticket_id: str, request: ChangeTicket) -> dict:
    """A person solves and opens the own ticket; only the staff says that it waits for the person, and who takes it."""
    with transaction() as tx:
        ticket = _find(user, ticket_id, lock=True)
        if request.status == "waiting" and not user.is_superuser:
            raise Forbidden("Only the helpdesk can say that it waits for you.")
        if "assignee_id" in request.model_fields_set:
            _assign(tx, user, ticket, request.assignee_id)
        if request.status not in (None, ticket.status):
            ticket.move(request.status)
            _tell(tx, ticket)
            if user.is_superuser:
                audit.note(tx, "ticket.moved", user.id, ticket.id, status=request.status)
    return shown(user, ticket)


def one(user: User, ticket_id: str) -> dict:
    return shown(user, _find(user, ticket_id))


def index(user: User, status: str, mine: bool, before: tuple[datetime, str] | None, limit: int) -> list[Ticket]:
    """The tickets that a person may see, of the staff's perhaps only `mine`, the one that changed last first."""
    query = select(Ticket)
    if not user.is_superuser:
        query = query.where(Ticket.author_id == user.id)
    elif mine:
        query = query.where(Ticket.assignee_id == user.id)
    if status:
        query = query.where(Ticket.status == status)
    if before:
        query = query.where(tuple_(Ticket.updated_at, Ticket.id) < tuple_(*before))
    return list(db.session.scalars(query.order_by(Ticket.updated_at.desc(), Ticket.id.desc()).limit(limit)))


def briefly(user: User, tickets: list[Ticket]) -> list[dict]:
    """Tickets for a list: of the replies only the newest."""
    newest = TicketReply.newest([ticket.id for ticket in tickets], internal=user.is_superuser)
    return [ticket.to_payload(internal=user.is_superuser, replies=[newest[ticket.id]]) for ticket in tickets]


def shown(user: User | None, ticket: Ticket) -> dict:
    return ticket.to_payload(internal=bool(user and user.is_superuser))


def _find(user: User, ticket_id: str, *, lock: bool = False) -> Ticket:
    held = {"of": Ticket} if lock else None
    ticket = db.session.get(Ticket, ticket_id, populate_existing=True, with_for_update=held)
    if ticket is None or not (user.is_superuser or ticket.author_id == user.id):
        raise NotFound("There is no such request among yours.")
    return ticket


def _assign(tx: Transaction, user: User, ticket: Ticket, assignee_id: str | None) -> None:
    """The person does not hear of it."""
    if not user.is_superuser:
        raise Forbidden("Only the helpdesk takes requests.")
    if assignee_id == ticket.assignee_id:
        return
    if assignee_id and assignee_id not in User.superuser_ids():
        raise Invalid("Only a superuser can take a request.", field="assignee_id")
    _hand(ticket, assignee_id and db.session.get(User, assignee_id))
    _tell(tx, ticket, notes_only=True)
    audit.note(tx, "ticket.taken" if assignee_id else "ticket.let_go", user.id, ticket.id, assignee=assignee_id)


def _hand(ticket: Ticket, assignee: User | None) -> None:
    ticket.assignee, ticket.assignee_id = assignee, assignee and assignee.id


def _visitors(request: OpenTicket) -> str:
    if request.email is None:
        raise Invalid("Give an address that the answer can be sent to.", field="email")
    email = request.email.lower()
    VISITOR.take(email)
    return email


def _image(user: User | None, image_id: str | None) -> Image | None:
    """The image that a ticket is about; it must be in a workspace of the person's."""
    if image_id is None:
        return None
    if user is None:
        raise Invalid("Sign in to report a picture.", field="image_id")
    try:
        return access.row(user, Image, image_id, "viewer", trash=True)
    except NotFound:
        raise Invalid("There is no such picture in a workspace of yours.", field="image_id") from None


def _move_on(tx: Transaction, user: User, ticket: Ticket, made: TicketReply) -> None:
    if ticket.author_id == user.id:
        ticket.move("open")
        _write_to_helpdesk(tx, "ticket_replied", ticket, made)
        return
    ticket.move("waiting")
    if ticket.assignee_id is None:
        _hand(ticket, user)
    kind = "ticket_answered" if ticket.author_id else "ticket_answered_by_mail"
    mails.post(
        tx, kind, ticket.address, subject=ticket.subject, body=_words(made), ticket=ticket.id, number=ticket.number
    )


def _write_to_helpdesk(tx: Transaction, kind: str, ticket: Ticket, made: TicketReply) -> None:
    to = config().helpdesk_email
    if to:
        who = ticket.author.name if ticket.author else "A visitor"
        about = {"subject": ticket.subject, "body": _words(made), "ticket": ticket.id, "number": ticket.number}
        mails.post(tx, kind, to, who=who, address=ticket.address, **about)


def _words(made: TicketReply) -> str:
    """What a letter says of a reply."""
    return f"{made.body}\n\n{SHOWN}" if made.picture_key else made.body


def _tell(tx: Transaction, ticket: Ticket, *, notes_only: bool = False) -> None:
    """The ticket as it is now, live: to the staff with its notes, to the person without."""
    staff = User.superuser_ids()
    for user_id in staff:
        tx.tell(user_id, "ticket", ticket=ticket.to_payload(internal=True))
    if ticket.author_id and ticket.author_id not in staff and not notes_only:
        tx.tell(ticket.author_id, "ticket", ticket=ticket.to_payload())
