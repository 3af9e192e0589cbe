"""Under water."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from ..colour import look, mix, ramp, rgb, tone
from ..fields import Array
from ..figures.place import subjects
from ..painter import Painter
from ..parts.rock import peak
from ..parts.weather import rays
from ..sheet import spline


def deep(p: Painter) -> Iterator[None]:
    c, pal, g = p.c, p.pal, p.rng("deep")
    blue = p.r.tints[0] if p.r.tints else mix(rgb("#2f9cb0"), rgb("#2f5fb0"), g.random())
    dim = {"night": .5, "dusk": .72, "sunset": .85}.get(p.r.time, 1)
    top, mid, low = (tone(mix(blue, rgb(k), t), dim) for k, t in (("#e6fbf2", .62), ("#2f7fa6", .25), ("#0a1c3c", .72)))
    pal.light, pal.horizon, pal.far, pal.near = mix(top, rgb("#ffffff"), .5), mix(top, mid, .4), mid, low
    pal.mid, pal.pull, pal.exposure = mid, .3, .9 * (.6 + .4 * dim)
    lut = ramp([top, mix(top, mid, .7), mid, low], [0, .25, .55, 1])
    c.px[:] = look(lut, c.y + .05 * c.noise("deep", 2, 3, stretch=2))
    p.sun = (c.aspect * (.5 + p.side * .2), -.12)
    p.horizon = .8
    c.glow(p.sun[0], 0, .45, pal.light, .7, squash=1.5)
    rays(p, p.sun, .75)
    yield
    for i in range(3):
        ridge = .78 + .08 * i - .05 * c.line(f"bed{i}", 2.4, 4, .5)
        peak(p, ridge, .75 - .3 * i, f"bedrock{i}", False)
        p.mist(.84 + .06 * i, .06, .3, mid)
        if i:
            kelp(p, ridge, i)
    yield
    school(p)
    subjects(p, lambda x: .62, 1.25, .05, at_sea=True)
    s = p.sheet(2)
    for x, y, j in g.random((int(110 * c.aspect), 3)).tolist():
        s.dot(x * c.aspect, y, .0012 + .006 * j ** 4, pal.light, alpha=.4 + .4 * j)
    s.glow(.6, soften=.001)
    if p.has("jelly"):
        jellies(p)


def kelp(p: Painter, ridge: Array, row: int) -> None:
    """Weed in long swaying ribbons with blades, coral in branching fans."""
    g, s, c = p.rng(f"kelp{row}"), p.sheet(2), p.c
    for u in g.random(int((9 + 5 * row) * c.aspect)).tolist():
        x = u * c.aspect
        y = c.on(ridge, x) + .03
        if p.has("coral") or g.random() < .45:
            col = p.pal.lit([rgb("#e8705f"), rgb("#f0a56a"), rgb("#c56a9c"), rgb("#e9c46a")][int(g.random() * 4)], .55 - .22 * row, pull=.7)
            for k in range(9):
                a, h = (k / 8 - .5) * 2 + .3 * (g.random() - .5), (.05 + .05 * g.random()) * (1 + .5 * row)
                tip = (x + h * math.sin(a), y - h * math.cos(a))
                middle = (x + h * .5 * math.sin(a * .6), y - h * .55, .005)
                s.curve([(x, y, .006), middle, (*tip, .004)], tone(col, .85 + .25 * g.random()), n=5)
        else:
            col = p.pal.lit(rgb("#5f9a5c"), .5 - .22 * row, .8 + .4 * g.random(), pull=.8)
            h, sway = (.16 + .2 * g.random()) * (.7 + .4 * row), .02 + .02 * g.random()
            path = spline([(x + sway * math.sin(4 * v + u * 30), y - h * v, .0035 * (1.1 - v)) for v in np.linspace(0, 1, 6).tolist()], n=5)
            s.limb(path, col)
            for k, (px, py, _) in enumerate(path[3::2].tolist()):
                m = .035 * (1 - k / len(path)) * (1 if k % 2 else -1)
                s.curve([(px, py, .001), (px + m * .5, py - .012, .0045), (px + m, py - .03, .0006)], tone(col, 1.12), n=4)
    s.lay(grit=.05)


def school(p: Painter) -> None:
    if "fish" in p.r.banned:
        return
    g, s = p.rng("school"), p.sheet(3 if p.c.h < 700 else 2)
    col, cx, cy = mix(p.pal.near, p.pal.far, .35), p.c.aspect * (.5 + .3 * p.side), .3 + .2 * g.random()
    for _ in range(26):
        x, y, r = cx + g.normal() * .12, cy + g.normal() * .06, .008 + .008 * g.random()
        s.limb([(x + p.side * r * u, y, r * w) for u, w in ((-1.3, .05), (-.5, .36), (.5, .25), (1, .05))], col)
        s.poly([(x + p.side * r * .9, y), (x + p.side * r * 1.5, y - r * .4), (x + p.side * r * 1.5, y + r * .4)], col)
    s.lay(.8)


def jellies(p: Painter) -> None:
    g, c = p.rng("jelly"), p.c
    colour = p.r.local.get("jelly", mix(p.pal.light, rgb("#f2a7d0"), .5))
    for _ in range(max(4, p.r.extras.get("jelly", 1))):
        x, y, r = c.aspect * (.15 + .7 * g.random()), .2 + .45 * g.random(), .04 + .07 * g.random() ** 2
        c.glow(x, y, r * 2, colour, .5)
        s = p.sheet(2)
        dome = [(x + r * math.cos(t), y - r * .85 * math.sin(t)) for t in np.linspace(0, math.pi, 20)]
        s.poly(dome + [(x - r, y), (x - r * .5, y + r * .18), (x, y + r * .06), (x + r * .5, y + r * .18)], colour, .8)
        for i in range(7):
            u = (i - 3) / 3.4 * r
            knee = (x + u * 1.1 + .02 * math.sin(i), y + r, r * .04)
            end = (x + u * .8 + .03 * math.cos(i * 2), y + r * (1.6 + g.random()), r * .01)
            s.curve([(x + u, y, r * .05), knee, end], colour, .6, n=5)
        s.glow(.75, soften=.0012)
