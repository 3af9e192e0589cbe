"""What comes with a figure: an umbrella, a wake, a branch to sit on."""

import math

import numpy as np

from ..colour import mix, rgb, tone
from ..lexicon.reading import Figure
from ..painter import Painter
from ..sheet import spline
from .stand import stand


def umbrella(p: Painter, x: float, y: float, size: float) -> None:
    s = p.sheet(3)
    col = p.pal.lit(p.r.local.get("umbrella", p.pal.accent), light=1.15, pull=0.3, unify=0.1)
    top, r = y - size * 1.26, size * 0.3
    arc = [(x + r * math.cos(t), top + r * 0.72 - r * 0.8 * math.sin(t)) for t in np.linspace(0, math.pi, 24)]
    rim = [(x + r * (-1 + 2 * i / 12), top + r * 0.72 + (0.07 * r if i % 3 else -0.02 * r)) for i in range(13)]
    s.limb([(x, top + r * 0.1, size * 0.008), (x, y - size * 0.5, size * 0.008)], p.pal.near)
    s.poly(arc + rim, col)
    s.poly(arc[8:16] + [(x - r * 0.33, top + r * 0.68), (x + r * 0.33, top + r * 0.68)][::-1], tone(col, 1.12))
    s.lay()


def wake(p: Painter, x: float, y: float, size: float) -> None:
    """Sink a hull a little: broken light strokes across its waterline."""
    g, s = p.rng(f"wake{x:.2f}"), p.sheet(2)
    for _ in range(26):
        u, v, n = g.normal() * size * 0.36, abs(g.normal()) * 0.012, size * (0.05 + 0.12 * g.random())
        s.dot(
            x + u,
            y + v - 0.004,
            n,
            mix(p.pal.light, p.pal.at("water"), 0.35 + 0.4 * g.random()),
            ry=0.0014 + 0.0016 * g.random(),
            alpha=0.7,
        )
    s.lay(0.75, soften=0.001)


def perch(p: Painter, f: Figure, x: float, y: float, size: float) -> None:
    """A branch from the nearer edge, with a bird on it."""
    g, s, a = p.rng("perch"), p.sheet(2), p.c.aspect
    y = min(y, 0.74)
    edge = -0.05 if x < a / 2 else a + 0.05
    bark = p.pal.lit(rgb("#4a3a34"), 0)
    path = spline(
        [
            (edge, y + 0.1, 0.022),
            ((edge + x) / 2, y + 0.05, 0.016),
            (x, y + 0.012, 0.012),
            (x + (x - edge) * 0.5, y - 0.03, 0.005),
            (x + (x - edge) * 0.8, y - 0.08, 0.001),
        ],
        n=12,
    )
    s.limb(path, bark)
    leafy = p.pal.lit(p.pal.local["leaf"] if p.r.season in ("spring", "autumn") else p.pal.local["foliage"], pull=0.6)
    for i in range(5, len(path) - 1, 3):
        if abs(path[i, 0] - x) < size * 0.3:
            continue
        up = -1 if g.random() < 0.6 else 1
        dx, dy = (0.02 + 0.05 * g.random()) * np.sign(x - edge), up * (0.02 + 0.05 * g.random())
        s.curve([(path[i, 0], path[i, 1], 0.004), (path[i, 0] + dx, path[i, 1] + dy, 0.0015)], bark, n=4)
        for _ in range(0 if p.r.season == "winter" else 7):
            a, m = 6.28 * g.random(), 0.012 + 0.014 * g.random()
            x0, y0, u, v = (
                path[i, 0] + dx * (0.3 + g.random()),
                path[i, 1] + dy * (0.3 + g.random()),
                m * math.cos(a),
                m * math.sin(a),
            )
            s.curve(
                [(x0, y0, 0.001), (x0 + u * 0.5, y0 + v * 0.5, m * 0.3), (x0 + u, y0 + v, 0.0004)],
                tone(leafy, 0.8 + 0.4 * g.random()),
                n=4,
            )
    p.c.glow(x, y - size * 0.5, size, mix(p.pal.horizon, p.pal.light, 0.4), 0.35)
    s.lay(grit=0.1)
    stand(p, f, x, y + size * (0.13 if f.name == "bird" else 0), size, shadow=False, halo=0)
