"""The words that are known (words.txt), and how a text falls into them."""

import re
from pathlib import Path

Role = tuple[str, str]  # what kind of word, and what it stands for


def _table() -> dict[str, list[Role]]:
    words: dict[str, list[Role]] = {}
    for row in Path(__file__).with_name("words.txt").read_text("utf-8").splitlines():
        head, _, names = row.partition(":")
        role, _, target = head.partition(" ")
        for name in names.split() if role != "#" else ():
            words.setdefault(name, []).append((role, target))
    return words


WORDS = _table()
TAGS = re.compile(r"<[^>]*>|:\s*-?[\d.]+")  # <lora:…> and the weight in (word:1.2)
TOKENS = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*|[,.;]")


def tokens(text: str) -> list[str]:
    """Lower-case words and commas, without weights, brackets and tags; known phrases become one word."""
    words = TOKENS.findall(TAGS.sub(" ", text.lower()))
    out, i = [], 0
    while i < len(words):
        phrase, length = _phrase(words[i : i + 3])
        out.append(phrase)
        i += length
    return out


def _phrase(words: list[str]) -> tuple[str, int]:
    """The longest known phrase at the front, else the first word; and how many words it takes."""
    for n in range(len(words), 1, -1):
        phrase = "_".join(words[:n])
        for known in (phrase, phrase.rstrip("s")):
            if known in WORDS:
                return known, n
    return words[0], 1


def roles(word: str) -> list[Role]:
    """Every role of a word, trying its plural and adjective endings too."""
    stems = [word, *(word.removesuffix(end) for end in ("s", "es")), word.removesuffix("ies") + "y"]
    stems += [*(word.removesuffix(end) for end in ("y", "ish", "ed", "ing")), word.removesuffix("ves") + "f"]
    return next((WORDS[stem] for stem in stems if stem in WORDS), [])
