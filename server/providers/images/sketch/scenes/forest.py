"""A forest with a clearing in it."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from ..colour import mix, rgb, tone
from ..fields import Array
from ..figures.place import subjects
from ..figures.trees import crown
from ..painter import Painter
from ..parts.foreground import foreground
from ..parts.land import land, path
from ..parts.sky import sky
from ..parts.weather import rays
from ..parts.woods import wood


def forest(p: Painter) -> Iterator[None]:
    c, pal, g = p.c, p.pal, p.rng("forest")
    p.sun = (c.aspect * (.5 - p.side * .05 + .1 * g.random()), .3 + .1 * g.random())
    p.horizon = .66
    p.r.weather.discard("clear")
    sky(p, .8)
    c.glow(*p.sun, .5, pal.light, .22 if p.r.time == "night" else .6)
    pal.near = tone(pal.near, .85)
    yield
    n = 6
    for i in range(n):
        t = i / (n - 1)
        y = .6 + .28 * t
        depth = .9 * (1 - t) ** .8
        gap = p.focus / c.aspect if i > 2 else .5
        ridge = y - .02 * c.line(f"floor{i}", 1.6, 3, .4)
        size = .16 + .85 * t ** 1.6
        if p.has("birch") or p.has("bamboo") or i == n - 1:
            trunks(p, ridge, t, depth, gap, f"trunk{i}")
            if i == n - 1 and not (p.has("birch") or p.has("bamboo")):
                for lo, hi in ((-.1, .12), (.88, 1.1)):
                    wood(p, ridge + .05, 2, .9, 0, f"frame{lo}", lo, hi)
        else:
            count = int((30 - 20 * t) * c.aspect)
            if i > 2:  # keep a clearing around the subject
                wood(p, ridge, max(2, count // 2), size, depth, f"woodl{i}", -.05, max(0.05, gap - .17))
                wood(p, ridge, max(2, count // 2), size, depth, f"woodr{i}", min(.95, gap + .17), 1.05)
            else:
                wood(p, ridge, count, size, depth, f"wood{i}")
        land(p, ridge, pal.at("grass", depth, .92), pal.at("grass", min(1, depth + .05), .66), .16, .1)
        if i > 1:
            path(p, ridge, depth)
        p.mist(y + .02, .05 + .03 * t, .62 * (1 - t) + .05)
        if i == 3 and (p.has("rays") or p.r.time in ("dawn", "golden", "day")) and "rain" not in p.r.weather:
            rays(p, (p.sun[0], p.sun[1] - .25), .65)
        if i == 4:
            subjects(p, lambda x: .86, .9)
        yield
    foreground(p)


def trunks(p: Painter, ridge: Array, t: float, depth: float, gap: float, name: str) -> None:
    g, s, c = p.rng(name), p.sheet(2), p.c
    birch, bamboo = p.has("birch"), p.has("bamboo")
    bark = rgb("#e9e4da") if birch else rgb("#7fa05a") if bamboo else rgb("#4a3a36")
    n = int((20 - 12 * t) * c.aspect) if birch or bamboo else 4
    for u in np.sort(g.random(n)).tolist():
        if t > .5 and abs(u - gap) < .18 or (n == 4 and .2 < u < .8):
            continue
        x, w = u * c.aspect, (.006 + .03 * t ** 1.5) * (.6 + .8 * g.random()) * (.5 if bamboo else 1)
        y = c.on(ridge, x) + .02
        bend = (g.random() - .5) * .06
        col = p.pal.lit(tone(bark, .85 + .25 * g.random()), depth)
        s.curve([(x, y, w * 1.15), (x + bend * .3, y * .5, w * .9), (x + bend, -.05, w * .75)], col)
        lit = p.side * w
        s.curve([(x + lit * .45, y, w * .5), (x + bend * .3 + lit * .4, y * .5, w * .4), (x + bend + lit * .3, -.05, w * .3)],
                mix(col, p.pal.light, .28))
        if birch:
            for v in g.random(int(3 + 9 * t)).tolist():
                u, m = x + bend * (1 - v) + (g.random() - .5) * w, w * (.25 + .5 * g.random())
                s.dot(u, y * v, m, mix(col, p.pal.near, .3 + .4 * t), ry=w * .1)
        if bamboo:
            for v in np.arange(.04, 1, .09 + .03 * t).tolist():
                s.dot(x + bend * .3, y * v, w * 1.05, mix(col, p.pal.near, .5), ry=w * .13)
        if bamboo and t > .3:
            leaf = p.pal.lit(tone(rgb("#6f9a4c"), .8 + .4 * g.random()), depth)
            for v in g.random(3).tolist():
                for k in range(5):
                    a, m = -.5 + .9 * k / 4 + .5 * g.random(), (.05 + .05 * g.random()) * (.4 + t)
                    tip = (x + (1 if k % 2 else -1) * m * math.cos(a), y * v * .7 + m * math.sin(a) + .02)
                    middle = ((x + tip[0]) / 2, (y * v * .7 + tip[1]) / 2 - m * .08, m * .09)
                    s.curve([(x, y * v * .7, m * .02), middle, (*tip, m * .01)], leaf, n=4)
        if not bamboo and g.random() < .7:
            up = y * (.15 + .4 * g.random())
            way = 1 if g.random() < .5 else -1
            s.curve([(x, up, w * .4), (x + way * w * 5, up - .08, w * .2), (x + way * w * 9, up - .11, w * .05)], col, n=5)
    s.lay(grit=.12)
    if t > .7 and p.has("broadleaf") and p.r.season != "winter":  # a canopy hangs in from above
        s = p.sheet(2)
        leaf = p.pal.lit(p.pal.local["foliage"], 0)
        for _ in range(9):
            x = c.aspect * (g.random() * .3 + (.7 if g.random() < .5 else 0))
            crown(s, x, .02 + .06 * g.random(), .1 + .06 * g.random(), tone(leaf, .6), tone(leaf, .75), tone(leaf, .95), g, p.side, 90)
        s.lay(grit=.1)
