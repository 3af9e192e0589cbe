"""What comes with a figure: an umbrella, a wake, a branch to sit on."""

from __future__ import annotations

import math

import numpy as np

from ..colour import mix, rgb, tone
from ..lexicon.reading import Figure
from ..painter import Painter
from ..sheet import spline
from .stand import stand


def umbrella(p: Painter, x: float, y: float, size: float) -> None:
    s = p.sheet(3)
    col = p.pal.lit(p.r.local.get("umbrella", p.pal.accent), light=1.15, pull=.3, unify=.1)
    top, r = y - size * 1.26, size * .3
    arc = [(x + r * math.cos(t), top + r * .72 - r * .8 * math.sin(t)) for t in np.linspace(0, math.pi, 24)]
    rim = [(x + r * (-1 + 2 * i / 12), top + r * .72 + (.07 * r if i % 3 else -.02 * r)) for i in range(13)]
    s.limb([(x, top + r * .1, size * .008), (x, y - size * .5, size * .008)], p.pal.near)
    s.poly(arc + rim, col)
    s.poly(arc[8:16] + [(x - r * .33, top + r * .68), (x + r * .33, top + r * .68)][::-1], tone(col, 1.12))
    s.lay()


def wake(p: Painter, x: float, y: float, size: float) -> None:
    """Sink a hull a little: broken light strokes across its waterline."""
    g, s = p.rng(f"wake{x:.2f}"), p.sheet(2)
    for _ in range(26):
        u, v, n = g.normal() * size * .36, abs(g.normal()) * .012, size * (.05 + .12 * g.random())
        s.dot(x + u, y + v - .004, n, mix(p.pal.light, p.pal.at("water"), .35 + .4 * g.random()), ry=.0014 + .0016 * g.random(), alpha=.7)
    s.lay(.75, soften=.001)


def perch(p: Painter, f: Figure, x: float, y: float, size: float) -> None:
    """A branch from the nearer edge, with a bird on it."""
    g, s, a = p.rng("perch"), p.sheet(2), p.c.aspect
    y = min(y, .74)
    edge = -.05 if x < a / 2 else a + .05
    bark = p.pal.lit(rgb("#4a3a34"), 0)
    path = spline([(edge, y + .1, .022), ((edge + x) / 2, y + .05, .016), (x, y + .012, .012), (x + (x - edge) * .5, y - .03, .005),
                   (x + (x - edge) * .8, y - .08, .001)], n=12)
    s.limb(path, bark)
    leafy = p.pal.lit(p.pal.local["leaf"] if p.r.season in ("spring", "autumn") else p.pal.local["foliage"], pull=.6)
    for i in range(5, len(path) - 1, 3):
        if abs(path[i, 0] - x) < size * .3:
            continue
        up = -1 if g.random() < .6 else 1
        dx, dy = (.02 + .05 * g.random()) * np.sign(x - edge), up * (.02 + .05 * g.random())
        s.curve([(path[i, 0], path[i, 1], .004), (path[i, 0] + dx, path[i, 1] + dy, .0015)], bark, n=4)
        for _ in range(0 if p.r.season == "winter" else 7):
            a, m = 6.28 * g.random(), .012 + .014 * g.random()
            x0, y0, u, v = path[i, 0] + dx * (.3 + g.random()), path[i, 1] + dy * (.3 + g.random()), m * math.cos(a), m * math.sin(a)
            s.curve([(x0, y0, .001), (x0 + u * .5, y0 + v * .5, m * .3), (x0 + u, y0 + v, .0004)], tone(leafy, .8 + .4 * g.random()), n=4)
    p.c.glow(x, y - size * .5, size, mix(p.pal.horizon, p.pal.light, .4), .35)
    s.lay(grit=.1)
    stand(p, f, x, y + size * (.13 if f.name == "bird" else 0), size, shadow=False, halo=0)
