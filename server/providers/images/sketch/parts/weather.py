"""Rain, snow, lightning and shafts of light."""

import math

import numpy as np

from ..colour import mix, rgb
from ..fields import resize, smooth
from ..painter import Painter


def lightning(p: Painter) -> None:
    """A forked bolt and its glow."""
    g = p.rng("lightning")
    s = p.sheet(2)

    def bolt(x: float, y: float, length: float, width: float) -> None:
        pts = [(x, y, width)]
        for i in range(14):
            x, y = x + g.normal() * 0.016, y + length / 14
            pts.append((x, y, width * (1 - i / 18)))
            if width > 0.0016 and g.random() < 0.18:
                bolt(x, y, length * 0.35, width * 0.5)
        s.limb(pts, p.pal.light)

    x = p.c.aspect * (0.2 + 0.6 * g.random())
    bolt(x, 0.05, p.horizon - 0.07, 0.0024)
    p.c.glow(x, p.horizon * 0.5, 0.4, mix(p.pal.light, p.pal.mid, 0.3), 0.4)
    s.glow(0.8, soften=0.006)
    s.glow(1)


def rain(p: Painter) -> None:
    """Slanting streaks in three distances, where it rains."""
    if "rain" not in p.r.weather:
        return
    g, c = p.rng("rain"), p.c
    slant = p.side * (0.1 + 0.25 * g.random() + (0.35 if {"storm", "wind"} & p.r.weather else 0))
    for layer, (n, length, width, alpha) in enumerate(
        ((420, 0.05, 0.0006, 0.3), (230, 0.1, 0.0009, 0.36), (60, 0.2, 0.0015, 0.3))
    ):
        s = p.sheet(2 if c.h < 700 else 1)
        for x, y, j in g.random((int(n * c.aspect * p.amount), 3)).tolist():
            x, y, m = x * (c.aspect + 0.4) - 0.2, y * 1.2 - 0.15, length * (0.6 + 0.8 * j)
            s.poly(
                [(x, y), (x + width, y), (x - slant * m + width * 0.4, y + m), (x - slant * m, y + m)],
                p.pal.light,
                alpha,
            )
        s.glow(0.8, soften=0.0012 * layer)


def snow(p: Painter) -> None:
    """Flakes in three distances, where it snows."""
    if "snow" not in p.r.weather:
        return
    g, c = p.rng("snow"), p.c
    for n, size, alpha, soft in ((520, 0.0018, 0.75, 0), (190, 0.0036, 0.85, 0.0008), (34, 0.008, 0.7, 0.004)):
        s = p.sheet(2)
        for x, y, j in g.random((int(n * c.aspect * p.amount), 3)).tolist():
            s.dot(
                x * c.aspect,
                y,
                size * (0.5 + j),
                mix(p.pal.light, rgb("#ffffff"), 0.6),
                ry=size * (0.5 + j) * 1.1,
                alpha=alpha,
            )
        s.lay(0.85, soften=soft)


def rays(p: Painter, origin: tuple[float, float] | None = None, amount: float = 0.4, top: float = 0) -> None:
    """Shafts of light fanning from the sun."""
    if "rays" in p.r.banned:
        return
    c = p.c
    x, y = origin or (p.sun[0], p.sun[1] - 0.1)
    k = max(1, c.h // 256)
    yy, xx = c.y[::k], c.x[:, ::k]
    angle = np.arctan2(xx - x, yy - y + 1e-4)
    beams = c.line("rays", 14, 4, 0.7)
    at = np.interp((angle / math.pi * 0.5 + 0.5).ravel(), np.linspace(0, 1, len(beams)), beams).reshape(angle.shape)
    d = np.sqrt((xx - x) ** 2 + (yy - y) ** 2)
    light = smooth(-0.1, 1.6, at) * np.exp(-d * 1.3) * smooth(0, 0.25, d) * (yy > top)
    c.screen(resize(light * amount, c.w, c.h, 2), p.pal.light)
