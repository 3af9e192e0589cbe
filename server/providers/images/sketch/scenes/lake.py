"""A lake under mountains."""

from collections.abc import Iterator

import numpy as np

from ..colour import mix, rgb
from ..fields import Array, smooth
from ..figures.kinds import AFLOAT
from ..figures.place import subjects
from ..painter import Painter
from ..parts.air import birds
from ..parts.clouds import clouds
from ..parts.land import land
from ..parts.rock import peak
from ..parts.sky import sky
from ..parts.water import water
from ..parts.woods import wood


def lake(p: Painter) -> Iterator[None]:
    """Mountains and a wooded shore, all of it again in the water, a bank with reeds."""
    c, pal, shore = p.c, p.pal, p.horizon + 0.02
    sky(p, shore)
    clouds(p)
    yield
    far_shore(p, shore)
    yield
    windy = {"wind", "storm"} & p.r.weather
    water(p, shore, 0.12 + 0.4 * p.energy * (1 if windy else 0.35))
    yield
    afloat = any(f.name in AFLOAT | {"crane"} for f in p.r.figures)
    if afloat or not p.r.figures:
        p.mist(shore + 0.14, 0.05, 0.3, pal.at("water", 0, 0.7))
        subjects(p, lambda x: shore + 0.17, 0.85, 0, at_sea=True)
    if p.wants("flock", 0.4):
        birds(p)
    bank = near_bank(p)
    if not afloat:
        subjects(p, lambda x: c.on(bank, x) + 0.03, 0.9)
    yield
    reeds(p, bank)


def far_shore(p: Painter, shore: float) -> None:
    """Two ranges and a line of trees."""
    c, pal = p.c, p.pal
    tall = 0.75 + 0.9 * p.rng("lake").random()
    for i in range(2):
        rise = (0.2 - 0.07 * i) * tall * (0.55 + 0.32 * c.line(f"range{i}", 1.6 + i, 6, 0.48, sharp=True))
        peak(p, shore + 0.01 - rise, 0.82 - 0.26 * i, f"rock{i}", True)
        p.mist(shore - 0.02 * (2 - i), 0.035, 0.4)
    p.mist(shore, 0.035, 0.4)
    ridge = shore + 0.004 - 0.012 * (1 + c.line("bank", 3, 3))
    wood(p, ridge, int(60 * c.aspect), 0.07, 0.42, "bank")
    land(p, ridge, pal.at("grass", 0.45), pal.at("grass", 0.4, 0.7), 0.03)
    p.mist(shore, 0.02, 0.35)


def near_bank(p: Painter) -> Array:
    """The bank on this side, highest under the subject; returns its ridge."""
    c = p.c
    x = p.focus if p.r.figures else 0 if p.side > 0 else c.aspect
    rise = smooth(0.5 * c.aspect, 0, np.abs(np.linspace(0, c.aspect, c.w) - x))
    bank = 0.99 - 0.1 * rise - 0.012 * c.line("near", 3, 3)
    land(p, bank, p.pal.at("grass", 0, 0.85), p.pal.at("grass", 0, 0.55), 0.1)
    return bank


def reeds(p: Painter, ridge: Array) -> None:
    """Reeds and bulrushes at the side where nobody stands."""
    g, s, c = p.rng("reeds"), p.sheet(2), p.c
    dark = mix(p.pal.at("grass", 0, 0.6), p.pal.near, 0.4)
    rush = mix(dark, rgb("#6a4630"), 0.5)
    centre = (1 if p.focus < c.aspect / 2 else 0) + (0.12 if p.focus > c.aspect / 2 else -0.12)
    for u, j, k, q in g.random((int(34 * c.aspect), 4)).tolist():
        x = c.aspect * float(np.clip(centre + (u - 0.5) * 0.34 + (k - 0.5) * 0.12, 0, 1))
        y, lean = c.on(ridge, x), k - 0.5
        h = (0.12 + 0.26 * j**1.5) * (1 - 0.5 * abs(u - 0.5))
        tip = x + lean * 0.07
        s.curve([(x, y + 0.03, 0.0022), (x + lean * 0.02, y - h * 0.6, 0.0018), (tip, y - h, 0.0007)], dark, n=4)
        if q > 0.7:
            s.limb([(x + lean * 0.055, y - h * 0.86, 0.0045), (tip, y - h, 0.0045)], rush)
    s.lay()
