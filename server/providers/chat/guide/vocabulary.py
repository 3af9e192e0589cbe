"""The guide's words: what a prompt may say already, looks that fit together, changes and axes. Data stands beside."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Look:
    """Light, composition, mood and style that go together; `fits` is day, night, inside or any."""

    name: str
    fits: str
    light: str
    composition: str
    mood: str
    style: str
    why: str


@dataclass(frozen=True)
class Change:
    """What is added when someone says one of `triggers`, in place of what its `group` said before."""

    group: str
    triggers: tuple[str, ...]
    add: str
    why: str


@dataclass(frozen=True)
class Axis:
    name: str
    triggers: tuple[str, ...]
    options: tuple[str, ...]


def _rows(name: str) -> Iterator[str]:
    for row in Path(__file__).with_name(name).read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            yield row


def _cells(name: str) -> Iterator[list[str]]:
    for row in _rows(name):
        yield [cell.strip() for cell in row.split(" | ")]


def _requests() -> dict[str, re.Pattern]:
    rows: dict[str, list[str]] = {}
    for name, _, expression in (row.partition(" | ") for row in _rows("requests.txt")):
        rows.setdefault(name, []).append(f"(?:{expression})")
    return {name: re.compile("|".join(expressions), re.IGNORECASE) for name, expressions in rows.items()}


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in cell.split())


WORDS = {role: _words(words) for role, _, words in (row.partition(": ") for row in _rows("words.txt"))}
LOOKS = tuple(Look(*cells) for cells in _cells("looks.txt"))
CHANGES = tuple(Change(group, _words(triggers), add, why) for group, triggers, add, why in _cells("changes.txt"))
AXES = tuple(Axis(name, _words(words), tuple(options.split(" / "))) for name, words, options in _cells("axes.txt"))
TOPICS = dict(_cells("topics.txt"))
IDEAS = tuple(_rows("ideas.txt"))
REQUESTS = _requests()


@cache
def pattern(words: tuple[str, ...]) -> re.Pattern:
    """Any of the words or phrases, whole, singular or plural, the longest first."""
    longest_first = sorted(words, key=len, reverse=True)
    choice = "|".join(re.escape(word).replace(r"\ ", r"[\s_-]") for word in longest_first)
    return re.compile(rf"(?<![\w-])(?:{choice})(?:e?s)?(?![\w-])", re.IGNORECASE)


def role_pattern(role: str) -> re.Pattern:
    return pattern(WORDS[role])
