"""What is in the air: a far flock, petals, fireflies, embers, lanterns."""

from __future__ import annotations

import math

import numpy as np

from ..colour import mix, rgb, tone
from ..figures.silhouettes import draw_figure, tones
from ..painter import Painter


def birds(p: Painter, n: int | None = None) -> None:
    """A far flock."""
    if "flock" in p.r.banned or "bird" in p.r.banned:
        return
    g, s = p.rng("birds"), p.sheet(3 if p.c.h < 700 else 2)
    cx, cy = p.c.aspect * (.25 + .5 * g.random()), p.horizon * (.28 + .35 * g.random())
    colour = mix(p.pal.near, p.pal.mid, .25)
    for _ in range(n or (5 + int(9 * g.random()))):
        x, y, r = cx + g.normal() * .11, cy + g.normal() * .045, .009 + .009 * g.random()
        lift = .2 + .6 * g.random()
        for side in (-1, 1):
            elbow, tip = (x + side * r * .55, y - r * lift, r * .09), (x + side * r * 1.25, y - r * lift * .35, r * .01)
            s.curve([(x, y, r * .1), elbow, tip], colour, .9)
    s.lay()


def drift(p: Painter) -> None:
    """Petals, leaves, fireflies, embers, lanterns, bubbles: whatever the words put in the air."""
    g, c = p.rng("drift"), p.c
    if p.r.scene in ("window", "hall", "still", "space"):
        return
    if p.has("petal") or p.has("leaf"):
        s = p.sheet(2)
        base = p.r.local.get("petal", rgb("#f6bccb")) if p.has("petal") else p.pal.local["leaf"]
        for x, y, a, j in g.random((int(80 * c.aspect), 4)).tolist():
            r = .003 + .006 * j ** 2
            t = np.linspace(0, 6.28, 9)
            u, v = np.cos(t) * r, np.sin(t) * r * .45
            pts = np.stack([x * c.aspect + u * math.cos(a * 6) - v * math.sin(a * 6), y + u * math.sin(a * 6) + v * math.cos(a * 6)], 1)
            s.poly(pts, p.pal.lit(tone(base, .85 + .25 * a), pull=.6))
        s.lay(.95)
    for name, colour, n in (("firefly", rgb("#ffe58a"), 46), ("ember", rgb("#ff8a3c"), 90)):
        if p.has(name):
            s = p.sheet(2)
            for x, y, j in g.random((int(n * c.aspect), 3)).tolist():
                s.dot(x * c.aspect, 1 - .7 * y ** .8, .0022 + .0046 * j ** 2, colour)
            s.glow(1, soften=.016)
            s.glow(1, soften=.006)
            s.glow(1, soften=.0008)
    if p.has("lanterns"):
        lamp = p.r.local.get("lanterns", rgb("#ffb45a"))
        for x, y, j in sorted(g.random((int(14 * c.aspect), 3)).tolist(), key=lambda v: v[2]):
            size = .02 + .06 * j ** 2
            x, y = x * c.aspect, .06 + y * p.horizon * .85
            c.glow(x, y - size / 2, size * 2.2, lamp, .5)
            draw_figure(c, "lantern", x, y, size, tones("lantern", lamp, rgb("#ffe9b0")), p.pal.near, p.pal.light, p.sun, rim=.1)
