"""A city seen over a park or a river."""

from collections.abc import Iterator

import numpy as np

from ..colour import Array, mix, rgb, tone
from ..figures.kinds import AFLOAT
from ..figures.place import subjects
from ..painter import Painter
from ..parts.air import birds
from ..parts.clouds import clouds
from ..parts.land import land
from ..parts.sky import sky
from ..parts.water import water
from ..parts.woods import wood
from ..sheet import Sheet


def skyline(p: Painter) -> Iterator[None]:
    """Four rows of buildings in haze over a park or over water."""
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
    at_sea = reflect and any(f.name in AFLOAT for f in p.r.figures)
    subjects(p, lambda x: 0.93 if reflect else 0.915, 0.85, at_sea=at_sea)
    yield


FACES = ("#c98b6a", "#8fa3b8", "#d9c39a", "#7f9a94", "#b5838f")


def blocks(p: Painter, base: float, tall: float, depth: float, name: str, t: float) -> None:
    """One row of buildings, t of the way to the front, tallest where the city swells."""
    g, s, lights, c = p.rng(name), p.sheet(2), p.sheet(2), p.c
    swell = np.exp(-(((np.linspace(0, 1, 60) - 0.3 - 0.4 * g.random()) / 0.3) ** 2))
    wall = p.pal.at("concrete", depth, 0.8)
    on = {"night": 0.55, "dusk": 0.5, "sunset": 0.25}.get(p.r.time, 0.0)
    x = -0.03
    while x < c.aspect:
        w = (0.035 + 0.06 * g.random()) * (0.7 + 0.5 * t)
        h = tall * (0.3 + 0.45 * g.random() + 0.5 * swell[int(np.clip(x / c.aspect, 0, 0.99) * 60)])
        face = p.pal.lit(rgb(FACES[int(g.random() * 5)]), depth, 0.9)
        colour = tone(mix(wall, face, 0.55), 0.86 + 0.24 * g.random())
        building(p, s, x, base - h, w, h, colour, g)
        if depth < 0.8:
            windows(p, s, lights, (x, base - h, x + w, base), colour, on, t, g)
        x += w * (0.9 + 0.25 * g.random())
    s.lay(grit=0.05)
    if on:
        lights.lay(0.5 + 0.5 * (1 - depth))
        lights.glow(0.5, soften=0.008)


def building(
    p: Painter, s: Sheet, x: float, top: float, w: float, h: float, colour: Array, g: np.random.Generator
) -> None:
    """A block with a shaded side and one of three roofs, or a flat one."""
    s.rect(x, top, x + w, 1, colour)
    far = x + w * 0.66 if p.side < 0 else x
    s.rect(far, top, far + w * 0.34, 1, tone(colour, 0.9))
    roof = g.random()
    if roof < 0.25:
        s.rect(x + w * 0.2, top - h * 0.12, x + w * 0.8, top, tone(colour, 0.95))
    elif roof < 0.4:
        s.limb([(x + w / 2, top, 0.0018), (x + w / 2, top - h * 0.22, 0.0008)], colour)
    elif roof < 0.5:
        s.poly([(x, top), (x + w / 2, top - w * 0.8), (x + w, top)], colour)


def windows(
    p: Painter,
    s: Sheet,
    lights: Sheet,
    box: tuple[float, float, float, float],
    colour: Array,
    on: float,
    t: float,
    g: np.random.Generator,
) -> None:
    """Panes over a front (x0, y0, x1, y1): the share `on` is lit; by day most are a shade of the wall."""
    x0, y0, x1, y1 = box
    glow = mix(p.pal.accent, rgb("#ffd98a"), 0.5)
    pale, dark = mix(colour, p.pal.mid, 0.35), tone(colour, 0.82)
    pane, gap = 0.0055 + 0.003 * t, 0.012 + 0.006 * t
    for y in np.arange(y0 + gap, y1 + 0.02, gap * 1.5).tolist():
        for x in np.arange(x0 + gap * 0.6, x1 - pane, gap).tolist():
            q = g.random()
            if q < on:
                lights.rect(x, y, x + pane, y + pane * 1.4, tone(glow, 0.7 + 0.4 * q / on), 0.9)
            elif on < 0.3 and q < 0.8:
                s.rect(x, y, x + pane, y + pane * 1.4, pale if q < 0.6 else dark)
