"""Blueprint: white lines on ruled blue."""

import numpy as np

from ..canvas import Canvas
from ..colour import ramp, rgb
from ..fields import Array
from ..lexicon.reading import Reading
from ..light.palette import Palette
from .effects import Grade, edges, edges_both, luma, paper


def blueprint(c: Canvas, pal: Palette, r: Reading) -> Grade:
    """White lines on blue paper, ruled fine and coarse."""
    lum = np.clip(luma(c.px), 0, 1)
    line = np.maximum(edges_both(c, lum), edges(c, 0.0016, 14))
    base = ramp([rgb("#0e2f6b"), rgb("#1c4c96"), rgb("#3f74b8")])[(lum * 200).astype(np.uint8)]
    for pitch, alpha in ((0.025, 0.1), (0.125, 0.22)):
        grid = np.maximum(ruled(c, c.x, pitch), ruled(c, c.y, pitch))
        base = base + alpha * grid[..., None] * np.array([0.6, 0.75, 0.9], np.float32)
    c.px = base + line[..., None] * 0.85 * (np.array([0.93, 0.97, 1], np.float32) - base)
    c.px *= (1 + 0.03 * paper(c))[..., None]
    return {}


def ruled(c: Canvas, at: Array, pitch: float) -> Array:
    """Which places lie on a line, one pixel wide, every `pitch`."""
    return np.abs((at / pitch + 0.5) % 1 - 0.5) < 0.55 / (pitch * c.h)
