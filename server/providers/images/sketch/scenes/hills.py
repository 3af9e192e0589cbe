"""Hills, field behind field."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..colour import mix, rgb
from ..fields import Array, smooth
from ..figures.place import subjects
from ..figures.stand import stand
from ..lexicon.reading import Figure
from ..painter import Painter
from ..parts.air import birds
from ..parts.clouds import clouds
from ..parts.foreground import companion, foreground
from ..parts.land import far_range, land, path
from ..parts.sky import sky
from ..parts.woods import wood


def hills(p: Painter) -> Iterator[None]:
    c, pal, g = p.c, p.pal, p.rng("hills")
    sky(p)
    clouds(p)
    yield
    if g.random() < .6:
        far_range(p, .04 + .05 * g.random())
    if p.wants("flock", .35):
        birds(p)
    n = 5
    for i in range(n):
        t = i / (n - 1)
        y = p.horizon + (.83 - p.horizon) * t ** 1.2
        ridge = y - (.016 + .018 * t) * c.line(f"hill{i}", 1.2 + 1.1 * (1 - t), 3, .35)
        depth = .86 * (1 - t) ** .9
        land(p, ridge, mix(pal.at("grass", depth, 1.1), pal.light, .16), pal.at("grass", min(1, depth + .08), .82), .2, .16)
        if p.has("furrow") and 0 < i < n - 1:
            furrows(p, ridge, depth)
        if i:
            path(p, ridge, depth)
        if i < n - 1:
            if g.random() < .75 or p.has("forest"):
                lo = .55 * g.random()
                wood(p, ridge, int((6 + 18 * g.random()) * c.aspect), .035 + .1 * t, depth, f"wood{i}", lo, lo + .3 + .15 * g.random())
            if p.has("village") and i in (1, 2):
                for k in range(5):
                    x = c.aspect * (.2 + .6 * g.random())
                    stand(p, Figure("house"), x, c.on(ridge, x) + .012, .04 + .03 * t, depth, bool(k % 2), False, 0)
            p.mist(y + .05, .035, .28 * (1 - t))
        yield
    if not p.r.figures:
        companion(p, ridge)
    subjects(p, lambda x: min(.88, max(.84, c.on(ridge, x) + .05)), 1)
    yield
    foreground(p)


def furrows(p: Painter, ridge: Array, depth: float) -> None:
    c = p.c
    d = np.clip(c.y - ridge[None, :], 0, .3)
    vx = c.aspect * .5
    stripes = np.sin(((c.x - vx) / (.05 + d * 1.6)) * 34)
    dark = rgb("#7d5fb2") if "lavender" in p.r.known else p.pal.local["foliage"]
    c.lay(smooth(-.1, .5, stripes) * smooth(0, .02, d) * smooth(.3, .1, d) * .5, p.pal.lit(dark, depth))
