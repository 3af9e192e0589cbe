"""Puts theme and styles around what the person wrote: the final prompt."""

from collections.abc import Iterable
from typing import Any

from server.errors import Invalid

PLACE = "{prompt}"
LONGEST_FINAL = 32_000


def compose(prompt: str, negative: str, theme_base_prompt: str | None, styles: Iterable[Any]) -> tuple[str, str]:
    """The final prompt and negative. Styles apply left to right; each has `positive` and `negative`.

    `{prompt}` in a style is replaced by the text so far, a style without it is appended. Raises Invalid when the
    styles repeat the text beyond 32,000 characters.
    """
    for style in styles:
        prompt = applied(read(style, "positive"), prompt)
        negative = applied(read(style, "negative"), negative)
    return joined(theme_base_prompt or "", prompt), negative


def read(style: Any, key: str) -> str:
    """A field of a style, be it a snapshot (dict) or a row."""
    return (style.get(key) if isinstance(style, dict) else getattr(style, key)) or ""


def applied(style: str, text: str) -> str:
    if PLACE not in style:
        return joined(text, style)
    if len(style) + style.count(PLACE) * len(text) > LONGEST_FINAL:
        raise Invalid("These styles make the prompt far too long. Use fewer of them.", field="style_ids")
    if text.strip():
        return style.replace(PLACE, text)
    return joined(*(part.strip(" ,") for part in style.split(PLACE)))


def joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part.strip())
