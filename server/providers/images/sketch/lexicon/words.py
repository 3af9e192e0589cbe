"""The words that are known, and how a text falls into them."""

from __future__ import annotations

import re
from pathlib import Path


def _table() -> dict[str, list[tuple[str, str]]]:
    words: dict[str, list[tuple[str, str]]] = {}
    for row in Path(__file__).with_name("words.txt").read_text("utf-8").splitlines():
        if row.startswith("#"):
            continue
        head, _, names = row.partition(":")
        role, _, target = head.partition(" ")
        for name in names.split():
            words.setdefault(name, []).append((role, target))
    return words


WORDS = _table()


def tokens(text: str) -> list[str]:
    """Lower-case words and commas, without weights, brackets and <lora:…> tags; known phrases become one word."""
    text = re.sub(r"<[^>]*>|:\s*-?[\d.]+", " ", text.lower())
    words = re.findall(r"[^\W_]+(?:[-'][^\W_]+)*|[,.;]", text)
    out, i = [], 0
    while i < len(words):
        for n in (3, 2):
            phrase = "_".join(words[i:i + n])
            if i + n <= len(words) and (phrase in WORDS or phrase.rstrip("s") in WORDS):
                out.append(phrase if phrase in WORDS else phrase.rstrip("s"))
                i += n
                break
        else:
            out.append(words[i])
            i += 1
    return out


def roles(word: str) -> list[tuple[str, str]]:
    """Every (role, target) of a word, trying its plural and adjective endings."""
    stems = [word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y", word.removesuffix("y"),
             word.removesuffix("ish"), word.removesuffix("ed"), word.removesuffix("ing"), word.removesuffix("ves") + "f"]
    return next((WORDS[stem] for stem in stems if stem in WORDS), [])
