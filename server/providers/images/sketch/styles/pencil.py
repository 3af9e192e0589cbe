"""Pencil."""

from __future__ import annotations

import numpy as np

from ..canvas import Canvas
from ..colour import look, ramp, rgb
from ..fields import blur, smooth
from ..lexicon.reading import Reading
from ..light.palette import Palette
from .effects import Grade, edges, edges_both, luma, paper


def pencil(c: Canvas, pal: Palette, r: Reading) -> Grade:
    lum = np.clip(luma(c.px), 0, 1)
    lum = (lum - np.percentile(lum, 1)) / (np.percentile(lum, 99) - np.percentile(lum, 1) + 1e-3)
    sheet = paper(c)
    value = np.ones_like(lum) * .97
    for k, (a, cut) in enumerate(((.7, .74), (.85, .5), (2.3, .3), (1.5, .16))):
        u = (c.x * np.cos(a) + c.y * np.sin(a)) * 120 + .35 * c.noise(f"hatch{k}", 5, 3)
        stroke = smooth(.15, .75, .5 + .5 * np.sin(u * 2 * np.pi) + .22 * sheet)
        value -= (1 - stroke) * smooth(cut + .12, cut - .12, lum) * .27
    line = np.maximum(edges_both(c, blur(lum, c.h * .0015)) * .55, edges(c, .002, 18))
    value = value * (1 - .62 * np.clip(line * (1 + .3 * sheet), 0, 1)) - .1 * smooth(.5, .0, lum) + .03 * sheet * smooth(1, .4, value)
    colour = .2 if not ({"charcoal", "graphite"} & set(r.known)) else .05
    if any(f.colour is not None for f in r.figures) or r.tints:
        colour = .42
    white, lead = rgb("#f6f2e8"), rgb("#2b2a30")
    drawn = look(ramp([lead, white]), value)
    c.px = (drawn * (1 - colour + colour * (.4 + .75 * np.clip(c.px, 0, 1)))).astype(np.float32)
    return {}
