"""Woodcut: flat blocks and key lines."""

import numpy as np

from ..canvas import Canvas
from ..colour import mix, rgb
from ..lexicon.reading import Reading
from ..light.palette import Palette
from .effects import Grade, edges, edges_both, luma, paper
from .patches import borders, flats


def woodcut(c: Canvas, pal: Palette, r: Reading) -> Grade:
    """A few flat blocks, each graded a little like a wiped plate, dark key lines, wood grain, warm paper."""
    line = np.clip(edges(c, 0.0028, 26) * 1.35, 0, 1)
    soft = c.px.copy()
    label, table = flats(c, 11, 0.009)
    flat = table[label]
    own = (0.32 + 0.5 * c.subject)[..., None]
    c.px = flat * (1 - own) + soft * own
    grain = c.noise("wood", 120, 3, stretch=16, gain=0.7)
    c.px *= (1 + 0.028 * grain * (1.3 - luma(flat)) + 0.012 * paper(c))[..., None]
    line = np.maximum(np.maximum(line, edges_both(c, c.subject)), 0.55 * borders(label, max(1, c.h * 0.0012)))
    c.px += (np.asarray(mix(pal.near, rgb("#1d2036"), 0.65), np.float32) - c.px) * (line * 0.88)[..., None]
    c.px = c.px * np.array([1, 0.975, 0.92], np.float32) + np.array([0.02, 0.018, 0.01], np.float32)
    return {"chroma": 0.28, "contrast": 0.16, "light": 0.03}
