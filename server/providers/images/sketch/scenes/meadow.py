"""A meadow of flowers up to the horizon."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..colour import blend, mix
from ..figures.place import subjects
from ..painter import Painter
from ..parts.clouds import clouds
from ..parts.flowers import blossoms, flower_kind
from ..parts.grass import grass
from ..parts.land import far_range, land
from ..parts.sky import sky
from ..parts.weather import rays
from ..parts.woods import wood


def meadow(p: Painter) -> Iterator[None]:
    c, pal, g = p.c, p.pal, p.rng("meadow")
    p.horizon -= .06 + .1 * g.random()
    p.sun = (p.sun[0], p.sun[1] - .1)
    sky(p)
    clouds(p)
    far_range(p, .03 + .04 * g.random())
    yield
    ridge = p.horizon + .01 - .012 * c.line("edge", 2, 3)
    wood(p, ridge, int(26 * c.aspect), .05, .62, "hedge", 0, 1)
    ridge = p.horizon + .02 - .012 * c.line("field", 1.2, 2)
    land(p, ridge, mix(pal.at("grass", .5), pal.light, .25), pal.at("grass", .05, .8), .45, .1)
    p.mist(p.horizon + .03, .03, .4)
    yield
    s = p.sheet(2)
    kind, colours = flower_kind(p)
    petal = [pal.lit(col, 0, pull=.45) for col in colours]
    n = int(2600 * c.aspect * (.4 + .6 * p.detail)) if "blossom" not in p.r.banned and "flower" not in p.r.banned else 0
    depth = np.sort(g.random(n)) ** 1.5
    patch = c.noise("patch", 4, 3, stretch=3)
    for t, (u, j, q) in zip(depth.tolist(), g.random((n, 3)).tolist()):
        x, y = u * c.aspect, p.horizon + .025 + (.95 - p.horizon) * t
        if patch[min(c.h - 1, int(y * c.h)), min(c.w - 1, int(x * c.h))] + 1.2 * q < .1:
            continue
        r = .0016 + .0105 * t ** 1.25
        col = blend(petal[int(j * len(petal))], pal.horizon, .45 * (1 - t) ** 2)
        s.dot(x, y, r * (.7 + .6 * q), col * (.82 + .3 * q), ry=r * (.5 + .25 * q))
    grass(p, p.horizon + .05, .96, 700, pal.at("grass", .12, .78), mix(pal.at("grass", .05, 1.1), pal.light, .2), .07)
    s.lay(grit=.06)
    yield
    subjects(p, lambda x: .87, 1)
    grass(p, .9, 1.08, 380, mix(pal.at("grass", 0, .6), pal.near, .3), pal.at("grass", 0, 1.05), .16)
    yield
    if n:
        blossoms(p, .76, .98, 20, .032)
        blossoms(p, .9, 1.04, 6, .075, soften=.006)
    if p.has("rays") or p.r.time in ("golden", "dawn"):
        rays(p, amount=.3)
