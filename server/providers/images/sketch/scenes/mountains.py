"""Mountains, range behind range."""

from collections.abc import Iterator

import numpy as np

from ..colour import rgb
from ..fields import Array
from ..figures.place import subjects
from ..painter import Painter
from ..parts.air import birds
from ..parts.clouds import clouds
from ..parts.foreground import foreground
from ..parts.land import land, path
from ..parts.rock import peak
from ..parts.sky import sky
from ..parts.water import water
from ..parts.woods import wood

RANGES = 4
FOOTHILLS = ((0.74, 0.05, 0.34), (0.81, 0.085, 0.16), (0.9, 0.14, 0.04))  # height of the foot, size of trees, depth


def mountains(p: Painter) -> Iterator[None]:
    """Ranges in haze, woods at their feet."""
    c, g = p.c, p.rng("mountains")
    p.horizon += 0.06
    p.sun = (p.sun[0], p.sun[1] - 0.16)
    sky(p)
    clouds(p)
    yield
    tall = 0.3 + 0.14 * g.random()
    for i in range(RANGES):
        massif(p, i, tall, g)
        yield
    if p.has("volcano"):
        c.glow(c.aspect / 2, p.horizon - tall, 0.2, rgb("#ff7a3c"), 0.8)
    for i in range(len(FOOTHILLS)):
        ridge = foothill(p, i)
    yield
    if p.wants("flock", 0.4):
        birds(p)
    path(p, ridge)
    subjects(p, lambda x: min(0.9, c.on(ridge, x) + 0.03), 0.95)
    foreground(p)


def massif(p: Painter, i: int, tall: float, g: np.random.Generator) -> None:
    """The i-th range, highest where it bulges, with mist at its foot."""
    c, t = p.c, i / (RANGES - 1)
    y = p.horizon - 0.06 + 0.16 * t
    bulge = 1.2 - 1.2 * np.abs(np.linspace(0, c.aspect, c.w) - c.aspect * (0.3 + 0.4 * g.random())) / c.aspect
    line = c.line(f"peak{i}", 1.7 + 1.4 * g.random(), 7, 0.48, sharp=True)
    ridge = y - tall * (1 - 0.68 * t) * (0.42 + 0.34 * line) * np.maximum(0.35, bulge) + 0.02
    peak(p, ridge, 0.8 * (1 - t) ** 0.85 + 0.06, f"rock{i}", snowy=i < RANGES - 1)
    p.mist(y + 0.05, 0.05, 0.5 * (1 - 0.6 * t))


def foothill(p: Painter, i: int) -> Array:
    """The i-th wooded foot; the nearest keeps its trees to the empty side. Returns its ridge."""
    c, pal = p.c, p.pal
    y, size, depth = FOOTHILLS[i]
    ridge = y + 0.05 - 0.022 * c.line(f"foot{i}", 1.4, 3)
    if p.has("water") and i == 2:
        water(p, 0.8, 0.25)
        ridge = ridge + 0.09
    lo, hi = (0, 1) if i < 2 else (0, 0.35) if p.focus > c.aspect / 2 else (0.65, 1)
    wood(p, ridge, int((26 - 5 * i) * c.aspect), size, depth, f"wood{i}", lo, hi)
    land(p, ridge, pal.at("grass" if i else "pine", depth, 0.95), pal.at("grass", depth, 0.7), 0.12)
    p.mist(y + 0.05, 0.025, 0.25 * (1 - i / 2))
    return ridge
