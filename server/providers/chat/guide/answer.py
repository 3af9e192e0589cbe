"""What the guide says: sentences and proposals."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from server.providers.chat.proposals import fenced


@dataclass(frozen=True)
class Answer:
    text: str
    offers: tuple[dict, ...] = ()

    def pieces(self) -> Iterator[str]:
        """The answer word by word, each proposal in one piece."""
        words = self.text.split(" ")
        for place, word in enumerate(words):
            yield word if place == len(words) - 1 else word + " "
        for offer in self.offers:
            if offer.get("prompt"):
                yield "\n\n" + fenced(offer)


def offer(prompt: str, reason: str, negative: str = "", settings: dict | None = None) -> dict:
    """A proposal as the wire between model and product knows it."""
    parts = {"prompt": prompt, "negative": negative, "settings": settings or {}, "reason": reason}
    return {name: part for name, part in parts.items() if part}


def revised(base: dict, reason: str, **parts) -> dict:
    """A proposal of the base with some parts changed and a reason of its own."""
    return offer(**{**base, **parts, "reason": reason})


def choice(options: list | tuple, *about: str):
    """One of the options, always the same for the same words."""
    return options[zlib.crc32("\n".join(about).encode("utf-8", "replace")) % len(options)]


def listed(things: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(things[:-1]), things[-1]] if len(things) > 1 else things)
