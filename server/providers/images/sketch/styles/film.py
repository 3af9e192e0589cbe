"""Film: glow, grain and dark corners."""

from ..canvas import Canvas
from ..lexicon.reading import Reading
from ..light.palette import Palette
from .effects import Grade, bloom, vignette


def film(c: Canvas, pal: Palette, r: Reading) -> Grade:
    """Bright things spill over, corners darken, colour leans warm."""
    bloom(c, 0.35)
    vignette(c, 0.32)
    return {"contrast": 0.08, "grain": 0.045, "sepia": 0.5 if {"vintage", "polaroid", "kodak"} & set(r.known) else 0.15}
