"""Gouache, the house style."""

from __future__ import annotations

from ..canvas import Canvas
from ..lexicon.reading import Reading
from ..light.palette import Palette
from .effects import Grade


def gouache(c: Canvas, pal: Palette, r: Reading) -> Grade:
    """The house style: clean layers, slightly uneven paint."""
    c.px *= (1 + .006 * c.noise("gouache", 140, 2, stretch=1.6, gain=.9))[..., None]
    return {"chroma": .07, "contrast": .05}
