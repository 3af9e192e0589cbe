"""A city seen over a park or a river."""

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
    p.horizon = 0.72
    p.sun = (p.sun[0], 0.34 + 0.2 * g.random() if p.r.time != "night" else 0.24)
    sky(p)
    clouds(p)
    yield
    reflect = g.random() < 0.6 or p.has("water")
    for i in range(4):
        t = i / 3
        blocks(p, p.horizon + 0.02 + 0.02 * i, 0.34 - 0.05 * i + 0.06 * (i == 2), 0.78 * (1 - t) + 0.08, f"block{i}", t)
        p.mist(p.horizon - 0.02, 0.09, 0.34 * (1 - t))
        yield
    if reflect:
        water(p, p.horizon + 0.07, 0.25)
    else:
        park = 0.9 + 0.012 * c.line("park", 2, 3)
        for i in range(2):
            wood(p, park + 0.035 * i, int(26 * c.aspect), 0.12 + 0.04 * i, 0.22 - 0.2 * i, f"park{i}")
        land(p, park + 0.05, pal.at("grass", 0, 0.7), pal.at("grass", 0, 0.5), 0.1, 0.05)
    if p.wants("flock", 0.3):
        birds(p)
    subjects(
        p, lambda x: 0.915 if not reflect else 0.93, 0.85, at_sea=reflect and any(f.name in AFLOAT for f in p.r.figures)
    )
    yield


def blocks(p: Painter, base: float, tall: float, depth: float, name: str, t: float) -> None:
    g, s, c = p.rng(name), p.sheet(2), p.c
    lights = p.sheet(2)
    swell = np.exp(-(((np.linspace(0, 1, 60) - 0.3 - 0.4 * g.random()) / 0.3) ** 2))
    x = -0.03
    wall = p.pal.at("concrete", depth, 0.8)
    glow = mix(p.pal.accent, rgb("#ffd98a"), 0.5)
    on = {"night": 0.55, "dusk": 0.5, "sunset": 0.25}.get(p.r.time, 0.0)
    while x < c.aspect:
        w = (0.035 + 0.06 * g.random()) * (0.7 + 0.5 * t)
        h = tall * (0.3 + 0.45 * g.random() + 0.5 * swell[int(np.clip(x / c.aspect, 0, 0.99) * 60)])
        hue = (rgb("#c98b6a"), rgb("#8fa3b8"), rgb("#d9c39a"), rgb("#7f9a94"), rgb("#b5838f"))[int(g.random() * 5)]
        col = tone(mix(wall, p.pal.lit(hue, depth, 0.9), 0.55), 0.86 + 0.24 * g.random())
        top = base - h
        s.rect(x, top, x + w, 1, col)
        far = x + w * 0.66 if p.side < 0 else x
        s.rect(far, top, far + w * 0.34, 1, tone(col, 0.9))
        kind = g.random()
        if kind < 0.25:
            s.rect(x + w * 0.2, top - h * 0.12, x + w * 0.8, top, tone(col, 0.95))
        elif kind < 0.4:
            s.limb([(x + w / 2, top, 0.0018), (x + w / 2, top - h * 0.22, 0.0008)], col)
        elif kind < 0.5:
            s.poly([(x, top), (x + w / 2, top - w * 0.8), (x + w, top)], col)
        pane, gap = 0.0055 + 0.003 * t, 0.012 + 0.006 * t
        if depth < 0.8:
            for wy in np.arange(top + gap, base + 0.02, gap * 1.5).tolist():
                for wx in np.arange(x + gap * 0.6, x + w - pane, gap).tolist():
                    q = g.random()
                    if q < on:
                        lights.rect(wx, wy, wx + pane, wy + pane * 1.4, tone(glow, 0.7 + 0.4 * q / on), 0.9)
                    elif on < 0.3 and q < 0.8:
                        s.rect(
                            wx,
                            wy,
                            wx + pane,
                            wy + pane * 1.4,
                            mix(col, p.pal.mid, 0.35) if q < 0.6 else tone(col, 0.82),
                        )
        x += w * (0.9 + 0.25 * g.random())
    s.lay(grit=0.05)
    if on:
        lights.lay(0.5 + 0.5 * (1 - depth))
        lights.glow(0.5, soften=0.008)
