"""Pastel."""

from __future__ import annotations

import numpy as np

from ..canvas import Canvas
from ..colour import mix, rgb
from ..fields import smooth
from ..lexicon.reading import Reading
from ..light.palette import Palette
from .effects import Grade, luma, paper, simplify


def pastel(c: Canvas, pal: Palette, r: Reading) -> Grade:
    simplify(c, .006)
    sheet = paper(c, "chalk")
    lum = luma(c.px)
    paper_tone = np.asarray(mix(pal.horizon, rgb("#fbf3ea"), .75), np.float32)
    c.px = c.px * .72 + .28 * (paper_tone * .55 + .45 * np.clip(c.px + .25, 0, 1))
    show = smooth(-.4, 2.0, sheet + .5 * (lum - .5)) * .34
    c.px += (paper_tone - c.px) * show[..., None].astype(np.float32)
    c.px *= (1 + .035 * c.noise("stroke", 120, 2, stretch=.25))[..., None]
    return {"light": .12, "contrast": -.32, "chroma": .02}
