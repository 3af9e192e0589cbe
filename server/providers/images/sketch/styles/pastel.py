"""Pastel: chalk on a rough sheet."""

import numpy as np

from ..canvas import Canvas
from ..colour import mix, rgb
from ..fields import smooth
from ..lexicon.reading import Reading
from ..light.palette import Palette
from .effects import Grade, luma, paper, simplify


def pastel(c: Canvas, pal: Palette, r: Reading) -> Grade:
    """Chalk that leaves the tooth of the sheet bare."""
    simplify(c, 0.006)
    sheet = paper(c, "chalk")
    lum = luma(c.px)
    paper_tone = np.asarray(mix(pal.horizon, rgb("#fbf3ea"), 0.75), np.float32)
    c.px = c.px * 0.72 + 0.28 * (paper_tone * 0.55 + 0.45 * np.clip(c.px + 0.25, 0, 1))
    show = smooth(-0.4, 2.0, sheet + 0.5 * (lum - 0.5)) * 0.34
    c.px += (paper_tone - c.px) * show[..., None].astype(np.float32)
    c.px *= (1 + 0.035 * c.noise("stroke", 120, 2, stretch=0.25))[..., None]
    return {"light": 0.12, "contrast": -0.32, "chroma": 0.02}
