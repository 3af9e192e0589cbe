"""Watercolour."""

from __future__ import annotations

import numpy as np

from ..canvas import Canvas
from ..fields import blur, smooth
from ..lexicon.reading import Reading
from ..light.palette import Palette
from .effects import Grade, luma, paper, simplify, wobble


def watercolor(c: Canvas, pal: Palette, r: Reading) -> Grade:
    """Transparent washes on white paper: pigment gathers at edges, thins in blooms, stops short of the border."""
    simplify(c, .007)
    wobble(c, .0022, 14)
    px = np.clip(c.px, 0, 1)
    low = float(np.percentile(luma(px), 3))
    px = px + np.clip(.34 - low, 0, .34) * (1 - px)
    px = np.clip(px + (px - luma(px)[..., None]) * .35, 0, 1)  # dark washes are pure colour, never grey
    soft = blur(luma(px), c.h * .003)
    gy, gx = np.gradient(soft)
    rim = np.clip(np.hypot(gx, gy) * c.h * .03 - .05, 0, .5)
    sheet, wash = paper(c), c.noise("wash", 4, 5, gain=.55)
    runs = np.exp(-(c.noise("run", 3, 4) / .06) ** 2) * .1  # the tide line of a drying wash
    density = (.8 + .15 * wash + runs) * (1 + .1 * sheet) + .5 * rim
    edge = np.minimum(np.minimum(c.x, c.aspect - c.x), np.minimum(c.y, 1 - c.y)) + .004 * c.noise("edge", 7, 4, gain=.5)
    inside = smooth(.02, .028, edge) * (1 + .3 * np.exp(-((edge - .03) / .004) ** 2))
    white = np.array([.985, .978, .958], np.float32)
    absorb = 1 - px
    c.px = white * (1 - np.clip(absorb * (density * inside)[..., None], 0, .97)) * (1 + .012 * sheet[..., None])
    return {"chroma": .2, "light": .03}
