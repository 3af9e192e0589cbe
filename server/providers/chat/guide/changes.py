"""Changes to a prompt that people ask for: tones, hours, styles; things to add, to leave out, to swap."""

import re
from dataclasses import dataclass

from server.providers.chat.guide.prompt import Prompt
from server.providers.chat.guide.vocabulary import CHANGES, LOOKS, Change, pattern

_ANY = re.IGNORECASE
_LESS = re.compile(r"\b(?:less|not (?:so|too|as)|too|far too|isn't|fewer)\s+(?:much\s+)?$", _ANY)
_SWAP = re.compile(r"\b(?:replace|swap|change|turn)\s+(.{1,60}?)\s+(?:with|for|to|into|by)\s+(.{1,120})$", _ANY)
_INSTEAD = re.compile(
    r"^(?:.*?\b(?:make (?:it|that)|use|have|want|but|with)\s+)?(.{1,80}?)\s+instead of\s+(.{1,60})$", _ANY
)
_DROP = re.compile(r"\b(?:remove|without|delete|drop|get rid of|leave out|take out|no more|lose|no)\s+(.{1,60})$", _ANY)
_ADD = re.compile(r"\b(?:add|include|put in|put|give it|with)\s+(.{1,160})$", _ANY)
_SEVERAL = re.compile(r"(?:two|three|four|five|six|many|several|some|\d+)\b", _ANY)
_POLITE = re.compile(r"\s+(?:please|too|as well|to it|to the (?:picture|image|prompt|scene))$", _ANY)
_PARTS = {
    "light": ("hour", "tone", "heat", "edge"),
    "composition": ("view", "density", "scale"),
    "mood": ("mood", "drama"),
    "style": ("style",),
}
_POLES = ("tone", "heat", "density", "chroma", "edge", "drama", "scale")
_LEADING = r"\b(?:at|in|during|under|by)\s+(?:(?:the|a|an|steady|thick|falling|deep|fresh)\s+)?"
_AROUND_STYLE = (
    r"(?:\b(?:in|as)\s+)?(?:\ban?\s+)?",
    r"(?:\s+(?:style|painting|drawing|picture|illustration|print))?(?:\s+of\b)?",
)
_LED = {"hour", "season", "weather"}


@dataclass(frozen=True)
class Edit:
    """`add` a thing, `drop` a thing, or swap `drop` for `add`."""

    add: str = ""
    drop: str = ""


def asked(message: str) -> list[Change]:
    """The changes named in a message, in its order; "less" and "too" turn a change into its opposite."""
    found: list[Change] = []
    taken: set[str] = set()
    for place, word, change in _mentions(message):
        if _LESS.search(message[:place]) and not re.search(r"(?:er|ier)$", word):
            change = _opposite(change)
        if change and change.group not in taken:
            taken.add(change.group)
            found.append(change)
    return found


def edit(message: str) -> Edit | None:
    """A thing to add, leave out or swap, when the message asks for that."""
    text = message.strip().rstrip(".!")
    swap = _SWAP.search(text)
    if swap and swap[1].lower() not in ("it", "this", "that"):
        return Edit(add=_thing(swap[2]), drop=_bare(swap[1]))
    instead = _INSTEAD.search(text)
    if instead:
        return Edit(add=_thing(instead[1]), drop=_bare(instead[2]))
    drop = _DROP.search(text)
    if drop:
        return Edit(drop=_bare(drop[1]))
    add = _ADD.search(text)
    return Edit(add=_thing(add[1])) if add else None


def apply(prompt: Prompt, change: Change) -> Prompt:
    """The prompt with the change's words in place of what its group said."""
    return cleared(prompt, change.group).plus(change.add)


def cleared(prompt: Prompt, group: str) -> Prompt:
    """The prompt without what it said about a group; macros stay as they are."""
    own = _said_by(group)
    prompt = prompt.edited(lambda text: "" if text.strip().lower() in own else text)
    words = pattern(_triggers(group)).pattern
    if group == "style":
        before, behind = _AROUND_STYLE
        words = before + words + behind
    if group in _LED:
        words = f"{_LEADING}{words}|^(?:an?\\s+)?{words}$"
    return prompt.without(re.compile(words, _ANY))


def without(prompt: Prompt, thing: str) -> Prompt:
    """The prompt without a thing and the little words that led to it."""
    words = re.compile(r"(?:\b(?:with|and|in|of|on|at|under|through|by)\s+)?(?:\b(?:the|a|an|some|any)\s+)?"
                       + pattern((thing,)).pattern, _ANY)
    return prompt.without(words)


def swapped(text: str, drop: str, add: str) -> str:
    """The text with one thing in another's place, also inside macros; the article follows."""
    bare = _bare(add)
    article = r"(?:\b(the|an?)\s+)?"

    def put(match: re.Match) -> str:
        if not match[1] or _SEVERAL.match(bare):
            return bare
        before = match[1] if match[1].lower() == "the" else ("an" if bare[:1].lower() in "aeiou" else "a")
        return f"{before} {bare}"

    return re.sub(article + pattern((drop,)).pattern, put, text, flags=_ANY)


def neighbours(change: Change) -> list[Change]:
    """Two other rows of the change's group, to compare it with."""
    group = [row for row in CHANGES if row.group == change.group]
    place = group.index(change)
    return (group[place + 1 :] + group[:place])[:2]


def conflicts(prompt: Prompt) -> list[tuple[str, str]]:
    """Pairs of words that pull a picture two ways: two hours, two seasons, opposite tones."""
    found = []
    plain = " , ".join(phrase for phrase in prompt.phrases() if "{" not in phrase)
    for group in ("hour", "season", "tone", "heat", "density"):
        words = {change: word for _, word, change in reversed(_mentions(plain)) if change.group == group}
        if len(words) > 1:
            first, second, *_ = reversed(words.values())
            found.append((first, second))
    return found


def _mentions(message: str) -> list[tuple[int, str, Change]]:
    every = {trigger: change for change in CHANGES for trigger in change.triggers}
    matches = pattern(tuple(every)).finditer(message)
    found = ((match.start(), re.sub(r"[\s_-]+", " ", match.group().lower())) for match in matches)
    spelled = {re.sub(r"[\s_-]+", " ", trigger): change for trigger, change in every.items()}
    known = ((place, word, spelled.get(word) or spelled.get(word.removesuffix("s"))) for place, word in found)
    return [(place, word, change) for place, word, change in known if change]


def _opposite(change: Change) -> Change | None:
    """The other row of a group of two; larger groups have no opposites."""
    others = [other for other in CHANGES if other.group == change.group and other != change]
    return others[0] if others and change.group in _POLES else None


def _said_by(group: str) -> set[str]:
    """Phrases that the guide itself may have written for this group earlier."""
    texts = [change.add for change in CHANGES if change.group == group]
    texts += [getattr(look, part) for look in LOOKS for part, groups in _PARTS.items() if group in groups]
    return {phrase.strip().lower() for text in texts for phrase in text.split(",")}


def _triggers(group: str) -> tuple[str, ...]:
    return tuple(word for change in CHANGES if change.group == group for word in change.triggers)


def _bare(thing: str) -> str:
    return re.sub(r"^(?:the|a|an|any|all|all the|that|this|those|these)\s+", "", thing.strip(), flags=_ANY)


def _thing(thing: str) -> str:
    return _POLITE.sub("", thing.strip())
