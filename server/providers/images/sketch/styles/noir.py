"""Noir: black, white and hard light."""

import numpy as np

from ..canvas import Canvas
from ..fields import smooth
from ..lexicon.reading import Reading
from ..light.palette import Palette
from .effects import Grade, bloom, luma, touch, vignette


def noir(c: Canvas, pal: Palette, r: Reading) -> Grade:
    """Black, white and hard light; only neon and named colours survive."""
    lum = np.clip(luma(c.px), 0, 1)
    top, low = np.percentile(lum, 99.3), np.percentile(lum, 4)
    value = np.clip((lum - low) / (top - low + 1e-3), 0, 1)
    value = smooth(0.0, 0.95, value + 0.1 * c.subject)
    grey = value[..., None] * np.array([0.985, 0.99, 1.0], np.float32)
    keep = touch(c, c.px, r)
    c.px = c.px * (1 + 0.7 * c.subject * keep)[..., None]
    c.px = grey * (1 - keep[..., None]) + c.px * keep[..., None]
    vignette(c, 0.48)
    bloom(c, 0.5)
    return {"contrast": 0.06, "grain": 0.05}
