"""Gouache, the house style."""

from ..canvas import Canvas
from ..lexicon.reading import Reading
from ..light.palette import Palette
from .effects import Grade


def gouache(c: Canvas, pal: Palette, r: Reading) -> Grade:
    """The house style: clean layers, slightly uneven paint."""
    c.px *= (1 + 0.006 * c.noise("gouache", 140, 2, stretch=1.6, gain=0.9))[..., None]
    return {"chroma": 0.07, "contrast": 0.05}
