"""A city seen over a park or a river."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..colour import mix, rgb, tone
from ..figures.kinds import AFLOAT
from ..figures.place import subjects
from ..painter import Painter
from ..parts.air import birds
from ..parts.clouds import clouds
from ..parts.land import land
from ..parts.sky import sky
from ..parts.water import water
from ..parts.woods import wood


def skyline(p: Painter) -> Iterator[None]:
    c, pal, g = p.c, p.pal, p.rng("skyline")
    p.horizon = .72
    p.sun = (p.sun[0], .34 + .2 * g.random() if p.r.time != "night" else .24)
    sky(p)
    clouds(p)
    yield
    reflect = g.random() < .6 or p.has("water")
    for i in range(4):
        t = i / 3
        blocks(p, p.horizon + .02 + .02 * i, .34 - .05 * i + .06 * (i == 2), .78 * (1 - t) + .08, f"block{i}", t)
        p.mist(p.horizon - .02, .09, .34 * (1 - t))
        yield
    if reflect:
        water(p, p.horizon + .07, .25)
    else:
        park = .9 + .012 * c.line("park", 2, 3)
        for i in range(2):
            wood(p, park + .035 * i, int(26 * c.aspect), .12 + .04 * i, .22 - .2 * i, f"park{i}")
        land(p, park + .05, pal.at("grass", 0, .7), pal.at("grass", 0, .5), .1, .05)
    if p.wants("flock", .3):
        birds(p)
    subjects(p, lambda x: .915 if not reflect else .93, .85, at_sea=reflect and any(f.name in AFLOAT for f in p.r.figures))
    yield


def blocks(p: Painter, base: float, tall: float, depth: float, name: str, t: float) -> None:
    g, s, c = p.rng(name), p.sheet(2), p.c
    lights = p.sheet(2)
    swell = np.exp(-((np.linspace(0, 1, 60) - .3 - .4 * g.random()) / .3) ** 2)
    x = -.03
    wall = p.pal.at("concrete", depth, .8)
    glow = mix(p.pal.accent, rgb("#ffd98a"), .5)
    on = {"night": .55, "dusk": .5, "sunset": .25}.get(p.r.time, .0)
    while x < c.aspect:
        w = (.035 + .06 * g.random()) * (.7 + .5 * t)
        h = tall * (.3 + .45 * g.random() + .5 * swell[int(np.clip(x / c.aspect, 0, .99) * 60)])
        hue = (rgb("#c98b6a"), rgb("#8fa3b8"), rgb("#d9c39a"), rgb("#7f9a94"), rgb("#b5838f"))[int(g.random() * 5)]
        col = tone(mix(wall, p.pal.lit(hue, depth, .9), .55), .86 + .24 * g.random())
        top = base - h
        s.rect(x, top, x + w, 1, col)
        far = x + w * .66 if p.side < 0 else x
        s.rect(far, top, far + w * .34, 1, tone(col, .9))
        kind = g.random()
        if kind < .25:
            s.rect(x + w * .2, top - h * .12, x + w * .8, top, tone(col, .95))
        elif kind < .4:
            s.limb([(x + w / 2, top, .0018), (x + w / 2, top - h * .22, .0008)], col)
        elif kind < .5:
            s.poly([(x, top), (x + w / 2, top - w * .8), (x + w, top)], col)
        pane, gap = .0055 + .003 * t, .012 + .006 * t
        if depth < .8:
            for wy in np.arange(top + gap, base + .02, gap * 1.5).tolist():
                for wx in np.arange(x + gap * .6, x + w - pane, gap).tolist():
                    q = g.random()
                    if q < on:
                        lights.rect(wx, wy, wx + pane, wy + pane * 1.4, tone(glow, .7 + .4 * q / on), .9)
                    elif on < .3 and q < .8:
                        s.rect(wx, wy, wx + pane, wy + pane * 1.4, mix(col, p.pal.mid, .35) if q < .6 else tone(col, .82))
        x += w * (.9 + .25 * g.random())
    s.lay(grit=.05)
    if on:
        lights.lay(.5 + .5 * (1 - depth))
        lights.glow(.5, soften=.008)
