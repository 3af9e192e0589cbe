"""Pencil: hatching on paper."""

import numpy as np

from ..canvas import Canvas
from ..colour import look, ramp, rgb
from ..fields import blur, smooth
from ..lexicon.reading import Reading
from ..light.palette import Palette
from .effects import Grade, edges, edges_both, luma, paper


def pencil(c: Canvas, pal: Palette, r: Reading) -> Grade:
    """Four directions of hatching, one a depth of shade, and a few lines."""
    lum = np.clip(luma(c.px), 0, 1)
    lum = (lum - np.percentile(lum, 1)) / (np.percentile(lum, 99) - np.percentile(lum, 1) + 1e-3)
    sheet = paper(c)
    value = np.ones_like(lum) * 0.97
    for k, (a, cut) in enumerate(((0.7, 0.74), (0.85, 0.5), (2.3, 0.3), (1.5, 0.16))):
        u = (c.x * np.cos(a) + c.y * np.sin(a)) * 120 + 0.35 * c.noise(f"hatch{k}", 5, 3)
        stroke = smooth(0.15, 0.75, 0.5 + 0.5 * np.sin(u * 2 * np.pi) + 0.22 * sheet)
        value -= (1 - stroke) * smooth(cut + 0.12, cut - 0.12, lum) * 0.27
    line = np.maximum(edges_both(c, blur(lum, c.h * 0.0015)) * 0.55, edges(c, 0.002, 18))
    value = (
        value * (1 - 0.62 * np.clip(line * (1 + 0.3 * sheet), 0, 1))
        - 0.1 * smooth(0.5, 0.0, lum)
        + 0.03 * sheet * smooth(1, 0.4, value)
    )
    colour = 0.2 if not ({"charcoal", "graphite"} & set(r.known)) else 0.05
    if any(f.colour is not None for f in r.figures) or r.tints:
        colour = 0.42
    white, lead = rgb("#f6f2e8"), rgb("#2b2a30")
    drawn = look(ramp([lead, white]), value)
    c.px = (drawn * (1 - colour + colour * (0.4 + 0.75 * np.clip(c.px, 0, 1)))).astype(np.float32)
    return {}
