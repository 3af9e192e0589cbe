"""Writing the next waiting reply: claim it, brief the model, stream what it says, keep what it offers."""

from contextlib import closing
from datetime import timedelta
from time import monotonic

import structlog
from sqlalchemy import select

from server import prompts
from server.actions import catalogue, claims
from server.actions.transaction import transaction
from server.billing import quota
from server.errors import Invalid, ProviderError
from server.extensions import config, darkroom, db, now, storage
from server.models import Draft, Image, Message, Proposal, Style, Theme, User, Workspace
from server.providers.chat import briefing
from server.providers.chat.proposals import ProposalReader
from server.providers.chat.talk import ChatJob, Room
from server.realtime import first_words
from server.realtime.presence import presence
from server.realtime.token_stream import TokenStream

TRIES = 3
CHECK_EVERY = 0.2
MEMORY = 40
MOST_TOKENS = 2000
OFFER = 6
log = structlog.get_logger()


def write_next(worker: str) -> bool:
    """Write the oldest waiting reply; False when there is none."""
    reply = claims.next_reply(worker)
    if reply is None:
        return False
    stream = TokenStream(reply.workspace_id, reply.id, reply.attempt, presence.viewers(reply.workspace_id))
    reader = ProposalReader()
    try:
        with stream:
            finished = _write(reply, worker, stream, reader)
        if stream.began_at and reply.attempt == 1 and reply.tries == 1:
            first_words.note((stream.began_at - reply.created_at).total_seconds())
        if finished:
            _keep(reply, worker, stream.text, reader.proposals)
    except ProviderError as error:
        _fail(reply, worker, stream.text, error)
    except Exception:
        log.exception("reply failed", message=reply.id)
        _fail(reply, worker, stream.text, ProviderError("internal", "Something broke on our side.", permanent=False))
    return True


def _write(reply: Message, worker: str, stream: TokenStream, reader: ProposalReader) -> bool:
    """Pass the words on as they come; False when the reply was stopped or taken over meanwhile."""
    checked = renewed = monotonic()
    provider = catalogue.provider("chat", reply.connection)
    with closing(provider.reply(_job(reply))) as words:
        for text in words:
            stream.write(reader.feed(text))
            moment = monotonic()
            if moment - renewed > config().lease / 3:
                renewed = moment
                claims.renew(reply, worker)
            if moment - checked > CHECK_EVERY:
                checked = moment
                if not claims.still_mine(reply, worker):
                    return False
    rest, _ = reader.finish()
    stream.write(rest)
    return True


def _job(reply: Message) -> ChatJob:
    """The conversation up to the question, with what the room stands for and what things cost."""
    workspace = db.session.get(Workspace, reply.workspace_id)
    question = db.session.get(Message, reply.reply_to)
    asker = db.session.get(User, question.author_id)
    theme = db.session.get(Theme, workspace.theme_id) if workspace.theme_id else None
    draft, said = Draft.of(workspace.id, asker.id), _said_before(reply)
    offered_at = max((one.finished_at for one in said if one.proposals and one.finished_at), default=None)
    room = Room(
        draft=draft["text"],
        draft_is_newer=Draft.is_newer(workspace.id, asker.id, offered_at),
        theme=theme.to_payload() if theme else None,
        image_model=_image_model(draft),
        quota_left=quota.left_of(asker),
        batch_cap=config().batch_cap,
        offer_size=OFFER,
    )
    styles = [style.to_payload() for style in Style.of_workspace(workspace.id)]
    system = briefing.system_prompt(
        room.theme, styles, room.image_model, room.quota_left, room.batch_cap, room.offer_size, room.draft
    )
    job = ChatJob(
        task_id=f"{reply.id}-{reply.attempt}",
        model=reply.model,
        max_tokens=MOST_TOKENS,
        room=room,
        turns=briefing.turns(_history(said, question), system),
    )
    db.session.rollback()
    return job


def _image_model(draft: dict) -> dict:
    """The model that the asker has chosen, or the default one."""
    chosen = draft["settings"].get("model")
    offered = [model for model in catalogue.models() if model["kind"] == "image"]
    return next((model for model in offered if model["id"] == chosen), offered[0] if offered else {})


def _said_before(reply: Message) -> list[Message]:
    """The finished turns before it that are remembered, newest first."""
    recent = Message.recent(reply.workspace_id, MEMORY, (reply.created_at, reply.id))
    return [message for message in recent if message.status != "streaming"]


def _history(said: list[Message], question: Message) -> list[dict]:
    people = select(User.id, User.name).where(User.id.in_({message.author_id for message in said if message.author_id}))
    names = dict(db.session.execute(people).tuples().all())
    return [
        {
            "role": message.role,
            "name": names.get(message.author_id, ""),
            "content": message.content,
            "proposals": [proposal.to_payload() for proposal in message.proposals],
            "images": _pictures(message) if message.id == question.id else [],
        }
        for message in reversed(said)
        if message.content or message.proposals
    ]


def _pictures(message: Message) -> list[bytes]:
    """The pictures that a message shows, small, for models that see."""
    found = [db.session.get(Image, id) for id in message.image_ids]
    return [darkroom.develop(storage.get(image.file_key))[1][0] for image in found if image and image.file_key]


def _keep(reply: Message, worker: str, text: str, offered: list[dict]) -> None:
    with transaction() as tx:
        held = claims.locked(reply, worker)
        if held is None:
            return
        held.finish("complete", text.strip())
        held.proposals = [
            Proposal(message_id=held.id, workspace_id=held.workspace_id, position=place, count=count, **offer)
            for place, (offer, count) in enumerate(_counted(offered))
        ]
        if not held.content and not held.proposals:
            held.finish("failed", "", {"kind": "bad_reply", "message": "The model said nothing. Try again."})
        tx.publish(held.workspace_id, "message.updated", None, message=held)


def _counted(offered: list[dict]):
    """Each proposal whose macros are right, with the number of images that it offers to make."""
    for offer in offered:
        try:
            template = prompts.parse(offer["prompt"], offer["negative"])
            yield offer, len(prompts.offer(template, 0).items)
        except Invalid as error:
            log.info("proposal dropped", reason=error.message)


def _fail(reply: Message, worker: str, text: str, error: ProviderError) -> None:
    """Before the first word a passing trouble is waited out; later the words stay and the person decides."""
    db.session.rollback()
    with transaction() as tx:
        held = claims.locked(reply, worker)
        if held is None:
            return
        if error.permanent or text or held.tries >= TRIES:
            held.finish("failed", text, {"kind": error.kind, "message": error.message})
        else:
            held.worker, held.lease_until = None, None
            held.run_after = now() + timedelta(seconds=min(error.retry_after or 1.0, 60))
            held.attempt += 1
        tx.publish(held.workspace_id, "message.updated", None, message=held)
