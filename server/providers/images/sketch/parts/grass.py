"""Grass, from far to near."""

import math

import numpy as np

from ..colour import blend
from ..fields import Array
from ..painter import Painter


def grass(
    p: Painter, y0: float, y1: float, n: int, colour: Array, tip: Array, height: float = 0.1, ridge: Array | None = None
) -> None:
    """Blades from far to near, taller toward the viewer."""
    g, s, a = p.rng(f"grass{y0:.2f}"), p.sheet(2), p.c.aspect
    wind = p.side * (0.2 + 0.3 * ("wind" in p.r.weather))
    t = np.sort(g.random(int(n * a * (0.4 + 0.6 * p.detail)))) ** 0.8
    for v, (u, j, k, q) in zip(t.tolist(), g.random((len(t), 4)).tolist(), strict=True):
        x, y = u * a, y0 + (y1 - y0) * v
        if ridge is not None:
            y += p.c.on(ridge, x)
        clear = 0.35 + 0.9 * min(1, 1.7 * abs(x - p.focus) / a)  # short where the subject is
        h = height * (0.25 + 0.75 * v) * (0.4 + 0.9 * j) * clear * (0.75 + 0.5 * math.sin(x * 23 + 9 * math.sin(x * 5)))
        lean = h * (wind + (k - 0.5) * 0.9)
        w = 0.0011 + 0.0035 * h / 0.1 * 0.5
        bend = x + lean * 0.35
        blade = [
            (x - w, y),
            (bend - w * 0.7, y - h * 0.55),
            (x + lean, y - h),
            (bend + w * 0.7, y - h * 0.55),
            (x + w, y),
        ]
        s.poly(blade, blend(colour, tip, q))
    s.lay(0.95)
