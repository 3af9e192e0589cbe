"""Watercolour: transparent washes on white paper."""

import numpy as np

from ..canvas import Canvas
from ..fields import blur, smooth
from ..lexicon.reading import Reading
from ..light.palette import Palette
from .effects import Grade, luma, paper, simplify, wobble


def watercolor(c: Canvas, pal: Palette, r: Reading) -> Grade:
    """Transparent washes on white paper: pigment gathers at edges, thins in blooms, stops short of the border."""
    simplify(c, 0.007)
    wobble(c, 0.0022, 14)
    px = np.clip(c.px, 0, 1)
    low = float(np.percentile(luma(px), 3))
    px = px + np.clip(0.34 - low, 0, 0.34) * (1 - px)
    px = np.clip(px + (px - luma(px)[..., None]) * 0.35, 0, 1)  # dark washes are pure colour, never grey
    soft = blur(luma(px), c.h * 0.003)
    gy, gx = np.gradient(soft)
    rim = np.clip(np.hypot(gx, gy) * c.h * 0.03 - 0.05, 0, 0.5)
    sheet, wash = paper(c), c.noise("wash", 4, 5, gain=0.55)
    runs = np.exp(-((c.noise("run", 3, 4) / 0.06) ** 2)) * 0.1  # the tide line of a drying wash
    density = (0.8 + 0.15 * wash + runs) * (1 + 0.1 * sheet) + 0.5 * rim
    edge = np.minimum(np.minimum(c.x, c.aspect - c.x), np.minimum(c.y, 1 - c.y)) + 0.004 * c.noise(
        "edge", 7, 4, gain=0.5
    )
    inside = smooth(0.02, 0.028, edge) * (1 + 0.3 * np.exp(-(((edge - 0.03) / 0.004) ** 2)))
    white = np.array([0.985, 0.978, 0.958], np.float32)
    absorb = 1 - px
    c.px = white * (1 - np.clip(absorb * (density * inside)[..., None], 0, 0.97)) * (1 + 0.012 * sheet[..., None])
    return {"chroma": 0.2, "light": 0.03}
