"""Film."""

from __future__ import annotations

from ..canvas import Canvas
from ..lexicon.reading import Reading
from ..light.palette import Palette
from .effects import Grade, bloom, vignette


def film(c: Canvas, pal: Palette, r: Reading) -> Grade:
    bloom(c, .35)
    vignette(c, .32)
    return {"contrast": .08, "grain": .045, "sepia": .5 if {"vintage", "polaroid", "kodak"} & set(r.known) else .15}
