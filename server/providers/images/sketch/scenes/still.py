"""A table with things on it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..colour import look, mix, ramp, rgb, tone
from ..figures.kinds import SIZES
from ..figures.stand import stand
from ..painter import Painter
from ..parts.land import land
from .vessels import ball, bouquet, fruit, turned


def still(p: Painter) -> Iterator[None]:
    c, pal, g = p.c, p.pal, p.rng("still")
    a, table = c.aspect, .68 + .05 * g.random()
    dim = {"night": .42, "dusk": .55, "sunset": .72}.get(p.r.time, .95)
    back = mix(tone(mix(pal.local["wall"], pal.far, .5), dim), pal.near, .12)
    lut = ramp([mix(back, pal.near, .4), back, mix(back, pal.light, .45)])
    fall = .5 + .5 * (c.x / a - .5) * 2 * p.side * .8 - .3 * (c.y - .4) + .12 * c.noise("plaster", 3, 5)
    c.px[:] = look(lut, fall)
    beam = p.sheet(1)
    for i in range(2):
        for j in range(2):
            x, y = a * (.5 - p.side * .06) + (i - 1) * .2 - p.side * .08 * j, .1 + j * .24
            slant = p.side * .07
            beam.poly([(x, y), (x + .18, y), (x + .18 - slant, y + .21), (x - slant, y + .21)], mix(pal.light, pal.horizon, .2))
    if p.r.time != "night":
        beam.glow(.32, soften=.008)
    cloth = pal.lit(mix(pal.local["wood"], pal.accent, .25 * g.random()), 0, dim)
    ridge = np.full(c.w, table, np.float32)
    land(p, ridge, mix(tone(cloth, 1.15), pal.light, .2), tone(cloth, .62), .4, .06, .09)
    yield
    known = set(p.r.known)
    named = [w for w in ("vase", "bottle", "bowl", "jug", "cup", "candle") if any(k.startswith(w) for k in known)] or \
        [["vase", "bowl", "bottle"], ["jug", "cup", "bowl"], ["vase", "cup", "candle"], ["bottle", "bowl", "jug"]][int(g.random() * 4)]
    named = (named + ["vase", "bowl"])[:3] if len(named) < 2 else named[:4]
    colours = [pal.accent, mix(pal.zenith, rgb("#dfe6e6"), .35), mix(pal.far, rgb("#f2e6d2"), .6), pal.mid]
    xs = np.linspace(-.27, .27, len(named)) * min(1, a) * (1 if g.random() < .5 else -1)
    heights = {"vase": .36, "bottle": .44, "bowl": .15, "jug": .3, "cup": .12, "candle": .22}
    order = sorted(range(len(named)), key=lambda i: -heights[named[i]])
    for k, i in enumerate(order):
        name, x, y = named[i], p.c.aspect / 2 + float(xs[i]), table + .06 + .05 * k
        h = heights[name] * (.9 + .2 * g.random())
        long = np.exp(-(((c.x - x + p.side * .11) / .15) ** 2 + ((c.y - y - .004) / .02) ** 2)) * .6
        c.lay(long, mix(tone(cloth, .4), pal.near, .4))
        if name == "vase" and "blossom" not in p.r.banned:
            bouquet(p, x, y - h, h)
        glaze = p.r.local.get(name, colours[i % 4])
        turned(p, name, x, y, h, pal.lit(glaze, 0, dim, pull=.5), .5)
        if name == "candle":
            c.glow(x, y - h - .03, .2, rgb("#ffd28a"), .6)
            s = p.sheet(3)
            s.limb([(x, y - h - .004, .006), (x, y - h - .02, .009), (x, y - h - .05, .001)], rgb("#fff2c8"))
            s.lay()
        if name == "bowl":
            for j in range(4):
                ball(p, x + (j - 1.5) * .05, y - h - .01 - .015 * (j % 2), .042, fruit(p, g, j))
            turned(p, name, x, y, h * .98, pal.lit(glaze, 0, dim, pull=.5), .5)
        yield
    for j in range(2 + int(2 * g.random())):
        x, y, r = a / 2 + (g.random() - .5) * .7 * min(1, a), min(.9, table + .17 + .04 * j), .05 + .012 * g.random()
        shade = np.exp(-(((c.x - x + p.side * .04) / (r * 1.3)) ** 2 + ((c.y - y - r * .8) / (r * .3)) ** 2)) * .6
        c.lay(shade, mix(tone(cloth, .4), pal.near, .4))
        ball(p, x, y, r, fruit(p, g, j))
    for f in p.r.figures:
        stand(p, f, p.focus, table + .2, SIZES[f.name])
