"""From a job to an answer."""

import re

from server.providers.chat.briefing import listens_to_negative
from server.providers.chat.guide import create, refine
from server.providers.chat.guide.answer import Answer, revised
from server.providers.chat.guide.conversation import base, last_message
from server.providers.chat.guide.offers import compared, open_axis
from server.providers.chat.guide.reading import read
from server.providers.chat.guide.request import Request, described, understand
from server.providers.chat.guide.vocabulary import IDEAS, TOPICS, pattern
from server.providers.chat.talk import ChatJob, Room

_VARIED = re.compile(r"\b(?:of|for|on)\s+(.{4,})$", re.IGNORECASE)
_BACK = re.compile(r"(?:it|this|that|them|the (?:same|prompt|first|second|third|last|draft|picture))\b", re.IGNORECASE)
_IN_WHAT = re.compile(r"\s+(?:in|with|from|at) (?:different|various|several|many|other|all)\b.*$", re.IGNORECASE)
_MACRO = re.compile(r"\{([^{}$]*\|[^{}$]*)\}")


def advise(job: ChatJob) -> Answer:
    """What the guide says to the last message, the same for the same conversation."""
    start = base(job)
    request = understand(last_message(job), has_base=bool(start))
    room = job.room
    if request.kind == "topic":
        return _topic(request, start, room)
    if request.kind in ("who", "help", "thanks", "nothing", "unknown"):
        return Answer(TOPICS[request.kind])
    if request.kind == "surprise":
        return create.surprise(room, salt=sum(turn.role == "user" for turn in job.turns))
    if request.kind == "variants":
        return create.variants(request, _subject_of(request, start), room)
    return _work(request, start, room)


def _work(request: Request, start: dict, room: Room) -> Answer:
    if request.kind in ("generate", "no") and not start:
        return Answer(TOPICS[request.kind + "_nothing"])
    if request.kind == "hello" or not (start or request.subject):
        return create.greeting(room)
    if request.kind == "no":
        return refine.another_way(start, room, TOPICS["no"])
    if request.kind == "generate":
        return Answer(TOPICS["generate"], (revised(start, "As it stands."),))
    if request.kind == "shorter":
        return refine.shorter(start)
    if request.kind == "describe" or not start:
        return create.describe(request, room)
    verbs = {"longer": lambda: refine.longer(start, room), "critique": lambda: refine.critique(start, room),
             "shape": lambda: refine.shape(request, start, room)}
    return verbs.get(request.kind, lambda: refine.change(request, start, room))()


def _subject_of(request: Request, start: dict) -> dict:
    """What variants are wanted of: a description in the message, else the prompt at hand."""
    of = _VARIED.search(request.text)
    subject = _IN_WHAT.sub("", described(of[1])) if of else ""
    for axis in request.axes:
        subject = "" if pattern(axis.triggers).sub("", subject).strip(" the") == "" else subject
    return {"prompt": subject} if subject and not _BACK.match(subject) else start


def _topic(request: Request, start: dict, room: Room) -> Answer:
    text = TOPICS[request.topic]
    listens = listens_to_negative(room.image_model or {})
    heard = "The model chosen now listens to it."
    if not listens:
        heard = "The model chosen now has none: say what is there instead."
    left = "Your plan has no daily limit." if room.quota_left is None else f"You have {room.quota_left} left today."
    for name, value in (("OFFER", room.offer_size), ("CAP", room.batch_cap), ("LEFT", left), ("NEGATIVE", heard)):
        text = text.replace("{" + name + "}", str(value))
    return Answer(" ".join([*_counted(request), text]), _example(request.topic, start, room))


def _counted(request: Request) -> list[str]:
    """The number of combinations of plain macros written in the question."""
    groups = _MACRO.findall(request.text)
    if request.topic not in ("count", "macros") or not groups:
        return []
    total = 1
    for group in groups:
        total *= len(set(group.split("|")))
    return [f"Yours has {total} combinations."]


def _example(topic: str, start: dict, room: Room) -> tuple[dict, ...]:
    base = start or {"prompt": IDEAS[0]}
    if topic in ("macros", "count"):
        axis = open_axis(base["prompt"])
        return (compared(base, [(axis, 3)], f"A macro with three kinds of {axis.name}."),)
    if topic == "negative" and listens_to_negative(room.image_model or {}):
        return (refine.negative(base, room),)
    if topic in ("good", "order", "length") and start and read(start["prompt"]).missing:
        return refine.critique(start, room).offers[:1]
    return ()
