"""Oil: strokes laid along the forms."""

import numpy as np

from ..canvas import Canvas
from ..fields import blur, rng_of
from ..lexicon.reading import Reading
from ..light.palette import Palette
from ..sheet import Sheet
from .effects import Grade, luma


def oil(c: Canvas, pal: Palette, r: Reading) -> Grade:
    """Brush strokes laid along the forms, large to small, then raked light over the ridges of paint."""
    source = np.clip(c.px, 0, 1)
    lum = blur(luma(source), c.h * 0.008)
    gy, gx = np.gradient(blur(lum, c.h * 0.012))
    swirl = c.noise("swirl", 3, 3) * 1.1
    angle = np.where(np.hypot(gx, gy) * c.h > 0.12, np.arctan2(gx, -gy), swirl)
    rng = rng_of(*c.key, "strokes")
    s = Sheet(c, 1)
    fine = np.abs(luma(source) - lum)
    for size, n in ((0.034, 1500), (0.017, 4200), (0.008, 7000)):
        spots = rng.random((int(n * c.aspect), 5))
        for x, y, j, k, q in spots.tolist():
            i, m = min(c.h - 1, int(y * c.h)), min(c.w - 1, int(x * c.w))
            if size < 0.01 and fine[i, m] < 0.035:
                continue
            a = float(angle[i, m]) + (j - 0.5) * 0.5
            n2, w = size * (1 + k), size * 0.2
            dx, dy = np.cos(a) * n2 / 2, np.sin(a) * n2 / 2
            col = source[i, m] * (0.94 + 0.13 * q)
            nx, ny = -np.sin(a) * w, np.cos(a) * w
            X, Y = x * c.aspect, y
            stroke = [(-1, 0), (-0.6, 1), (0.7, 0.8), (1, 0), (0.7, -0.8), (-0.6, -1)]
            s.poly([(X + dx * u + nx * v, Y + dy * u + ny * v) for u, v in stroke], col)

    s.lay(0.94)
    relief = blur(np.clip(luma(c.px), 0, 1), max(0.6, c.h * 0.0012))
    gy, gx = np.gradient(relief)
    c.px *= (1 + np.clip((gx - gy) * c.h * 0.006, -0.1, 0.12))[..., None]
    return {"chroma": 0.14, "contrast": 0.05}
