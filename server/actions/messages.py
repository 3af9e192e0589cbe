"""The chat: saying something, stopping a reply, asking again, deleting."""

from datetime import timedelta

from sqlalchemy import select

from server.actions import access, catalogue
from server.actions.transaction import transaction
from server.errors import Conflict, Forbidden, Invalid
from server.extensions import db, now
from server.models import Image, Message, Proposal, User
from server.models.columns import new_id
from server.protocol.requests import DecideProposal, SendMessage
from server.realtime import token_stream


def send(user: User, workspace_id: str, request: SendMessage) -> tuple[Message, Message, bool]:
    """The person's message, the empty reply that a worker will write, and whether they are new."""
    with transaction() as tx:
        access.member(user, workspace_id, "editor")
        earlier = access.repeated(Message, request.id, author_id=user.id, workspace_id=workspace_id)
        if earlier:
            return earlier, _reply_to(earlier), False
        model = catalogue.find("chat", request.model)
        _check_images(workspace_id, request.image_ids)
        moment = now()
        message = Message(
            id=request.id or new_id(),
            workspace_id=workspace_id,
            author_id=user.id,
            role="user",
            status="complete",
            content=request.content,
            image_ids=request.image_ids,
            attempt=0,
            created_at=moment,
            finished_at=moment,
            proposals=[],
        )
        db.session.add(message)
        db.session.flush()
        reply = Message(
            workspace_id=workspace_id,
            role="assistant",
            model=model["id"],
            connection=model["connection"],
            reply_to=message.id,
            attempt=0,
            created_at=moment + timedelta(milliseconds=1),
            image_ids=[],
            proposals=[],
        )
        reply.wait()
        db.session.add(reply)
        tx.publish(workspace_id, "message.created", user.id, message=message)
        tx.publish(workspace_id, "message.created", user.id, message=reply)
        tx.ring("chat")
    return message, reply, True


def stop(user: User, message_id: str) -> Message:
    """End a reply where it is; what was written stays."""
    with transaction() as tx:
        message = access.row(user, Message, message_id, lock=True)
        if message.status == "streaming":
            _stop(tx, user, message)
    return message


def stop_all(tx, user: User, workspace_id: str) -> None:
    """End every reply that is being written in a workspace."""
    query = select(Message).where(Message.workspace_id == workspace_id, Message.status == "streaming")
    for message in db.session.scalars(query.with_for_update(of=Message).execution_options(populate_existing=True)):
        _stop(tx, user, message)


def retry(user: User, message_id: str) -> Message:
    """Write a reply anew; what it offered goes."""
    with transaction() as tx:
        message = access.row(user, Message, message_id, lock=True)
        if message.status == "streaming":
            raise Conflict("This reply is still being written. Stop it first.")
        message.wait()
        if any(proposal.status != "open" for proposal in message.proposals):
            raise Conflict("Its proposals were used. Ask a new question instead.")
        for proposal in message.proposals:
            db.session.delete(proposal)
        message.proposals = []
        tx.publish(message.workspace_id, "message.updated", user.id, message=message)
        tx.ring("chat")
    return message


def delete(user: User, message_id: str) -> None:
    """One's own words, or a reply; the owner may delete anyone's."""
    with transaction() as tx:
        message = access.row(user, Message, message_id, lock=True)
        _may_delete(user, message)
        if message.status == "streaming":
            message.finish("stopped", "")
        message.deleted_at = now()
        tx.publish(message.workspace_id, "message.deleted", user.id, id=message.id)


def decide(user: User, proposal_id: str, request: DecideProposal) -> Proposal:
    """Who used, generated or dismissed a proposal is kept and shown."""
    with transaction() as tx:
        proposal = access.row(user, Proposal, proposal_id, lock=True)
        message = access.row(user, Message, proposal.message_id)
        proposal.decide(request.status, user.id)
        tx.publish(proposal.workspace_id, "message.updated", user.id, message=message)
    return proposal


def mark_generated(tx, user: User, proposal_id: str) -> None:
    """Its pictures are asked for: that decides a proposal. A deleted message stays deleted."""
    proposal = db.session.get(Proposal, proposal_id, populate_existing=True, with_for_update={"of": Proposal})
    if proposal is None:
        raise Invalid("There is no such proposal in this workspace.", field="proposal_id")
    message = db.session.get(Message, proposal.message_id, populate_existing=True)
    proposal.decide("generated", user.id)
    if not message.deleted_at:
        tx.publish(proposal.workspace_id, "message.updated", user.id, message=message)


def _stop(tx, user: User, message: Message) -> None:
    message.finish("stopped", token_stream.written(message.id, message.attempt)["text"])
    tx.publish(message.workspace_id, "message.updated", user.id, message=message)


def _may_delete(user: User, message: Message) -> None:
    if message.author_id in (None, user.id):
        return
    try:
        access.member(user, message.workspace_id, "owner")
    except Forbidden:
        raise Forbidden("You can delete your own messages and replies.") from None


def _reply_to(message: Message) -> Message:
    query = select(Message).where(Message.reply_to == message.id).order_by(Message.created_at).limit(1)
    return db.session.scalars(query).one()


def _check_images(workspace_id: str, image_ids: list[str]) -> None:
    for id in image_ids:
        image = db.session.get(Image, id)
        if image is None or image.workspace_id != workspace_id or image.deleted_at:
            raise Invalid("There is no such image in this workspace.", field="image_ids")
