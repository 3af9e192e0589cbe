"""What a message asks of the guide. The phrases that tell stand in `requests.txt`."""

import re
from dataclasses import dataclass

from server.providers.chat.guide import changes
from server.providers.chat.guide.reading import read
from server.providers.chat.guide.vocabulary import AXES, REQUESTS, Axis, pattern

MAX_MESSAGE = 4000
COURTESIES = ("who", "help", "generate", "thanks", "no")
TOPICS = ("count", "macros", "negative", "seed", "cfg", "steps", "cost", "weights", "theme", "styles", "size", "length",
          "order", "hands", "text", "good", "why")
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10, "dozen": 12}
_NUMBER = re.compile(r"\b(\d{1,2}|" + "|".join(_NUMBERS) + r")\b", re.IGNORECASE)
_QUOTED = re.compile(r'["“]([^"”]{4,})["”]')
_ENDING = re.compile(r"[\s,]*(?:\bplease)?[\s.!?]*$", re.IGNORECASE)
_POINTING = re.compile(r"(?:it|this|that|them|everything|no|without|less|more|too|not)\b", re.IGNORECASE)
_NAMED = re.compile(r"(?:a|an|the|two|three|my|what|why|how|which|is|are|does)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Request:
    """`kind` names the answer; `text` is the message without its greeting, `subject` the description in it."""

    kind: str
    text: str
    subject: str = ""
    topic: str = ""
    shape: str = ""
    number: int = 0
    axes: tuple[Axis, ...] = ()


def understand(message: str, has_base: bool) -> Request:
    """The request in a message; `has_base` says that there is a prompt to change."""
    message = message.strip()[:MAX_MESSAGE]
    text = REQUESTS["hello"].sub("", message).strip()
    if not text:
        return Request("hello", message)
    courtesy = next((kind for kind in COURTESIES if REQUESTS[kind].search(text)), "")
    if courtesy:
        return Request(courtesy, text)
    topic = _topic(text)
    return Request("topic", text, topic=topic) if topic else _work(text, has_base)


def described(text: str) -> str:
    """The description in a message: what stands in quotes, else what follows the courtesies."""
    quoted = _QUOTED.search(text)
    if quoted:
        return quoted[1].strip()
    shorter = REQUESTS["lead"].sub("", text, count=1).strip()
    while shorter != text:
        text, shorter = shorter, REQUESTS["lead"].sub("", shorter, count=1).strip()
    return _ENDING.sub("", text)


def _topic(text: str) -> str:
    if not REQUESTS["question"].search(text) or REQUESTS["wish"].search(text):
        return ""
    return next((topic for topic in TOPICS if REQUESTS[topic].search(text)), "")


def _work(text: str, has_base: bool) -> Request:
    shape = REQUESTS["shape"].search(text)
    number = _NUMBER.search(text)
    return Request(
        _kind_of_work(text, has_base, bool(shape)),
        text,
        described(text),
        shape=shape[1].lower() if shape else "",
        number=_NUMBERS.get(number[1].lower()) or int(number[1]) if number else 0,
        axes=tuple(axis for axis in AXES if pattern(axis.triggers).search(text)),
    )


def _kind_of_work(text: str, has_base: bool, shaped: bool) -> str:
    short = len(text) < 120
    back = has_base and len(text) < 300 and bool(REQUESTS["back"].search(text) or _only_changes(text))
    if short and REQUESTS["surprise"].search(text) and not (has_base and REQUESTS["variants"].search(text)):
        return "surprise"
    if short and REQUESTS["variants"].search(text):
        return "variants"
    for kind in ("shorter", "longer"):
        if short and has_base and REQUESTS[kind].search(text):
            return kind
    if shaped and (back or len(text) < 40):
        return "shape"
    if back:
        return "change"
    if short and REQUESTS["critique"].search(text) and (has_base or described(text) == ""):
        return "critique"
    if not has_base and (_POINTING.match(described(text)) or _only_changes(text)):
        return "nothing"
    asks = REQUESTS["question"].search(text) and not REQUESTS["wish"].search(text)
    return "unknown" if asks and described(text) == _ENDING.sub("", text) else "describe"


def _only_changes(text: str) -> bool:
    """A few words that name changes and nothing else, such as "watercolour, at night"."""
    return len(text.split()) <= 6 and bool(changes.asked(text)) and not (_NAMED.match(text) or read(text).subject)
