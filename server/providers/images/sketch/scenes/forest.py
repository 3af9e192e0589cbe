"""A forest with a clearing in it."""

from collections.abc import Iterator

from ..colour import tone
from ..fields import Array
from ..figures.place import subjects
from ..painter import Painter
from ..parts.foreground import foreground
from ..parts.land import land, path
from ..parts.sky import sky
from ..parts.weather import rays
from ..parts.woods import wood
from .trunks import trunks

ROWS = 6


def forest(p: Painter) -> Iterator[None]:
    """Rows of trees that close in on a clearing, mist between them."""
    c, g = p.c, p.rng("forest")
    p.sun = (c.aspect * (0.5 - p.side * 0.05 + 0.1 * g.random()), 0.3 + 0.1 * g.random())
    p.horizon = 0.66
    p.r.weather.discard("clear")
    sky(p, 0.8)
    c.glow(*p.sun, 0.5, p.pal.light, 0.22 if p.r.time == "night" else 0.6)
    p.pal.near = tone(p.pal.near, 0.85)
    yield
    for i in range(ROWS):
        row(p, i)
        if i == 3 and (p.has("rays") or p.r.time in ("dawn", "golden", "day")) and "rain" not in p.r.weather:
            rays(p, (p.sun[0], p.sun[1] - 0.25), 0.65)
        if i == 4:
            subjects(p, lambda x: 0.86, 0.9)
        yield
    foreground(p)


def row(p: Painter, i: int) -> None:
    """The i-th row of trees and the floor they stand on."""
    t = i / (ROWS - 1)
    y, depth = 0.6 + 0.28 * t, 0.9 * (1 - t) ** 0.8
    ridge = y - 0.02 * p.c.line(f"floor{i}", 1.6, 3, 0.4)
    gap = p.focus / p.c.aspect if i > 2 else 0.5
    if p.has("birch") or p.has("bamboo"):
        trunks(p, ridge, t, depth, gap, f"trunk{i}")
    elif i == ROWS - 1:
        trunks(p, ridge, t, depth, gap, f"trunk{i}")
        for lo, hi in ((-0.1, 0.12), (0.88, 1.1)):
            wood(p, ridge + 0.05, 2, 0.9, 0, f"frame{lo}", lo, hi)
    else:
        firs(p, ridge, i, depth, gap)
    land(p, ridge, p.pal.at("grass", depth, 0.92), p.pal.at("grass", min(1, depth + 0.05), 0.66), 0.16, 0.1)
    if i > 1:
        path(p, ridge, depth)
    p.mist(y + 0.02, 0.05 + 0.03 * t, 0.62 * (1 - t) + 0.05)


def firs(p: Painter, ridge: Array, i: int, depth: float, gap: float) -> None:
    """Trees along the row; the nearer rows keep a clearing around the subject."""
    t = i / (ROWS - 1)
    count, size = int((30 - 20 * t) * p.c.aspect), 0.16 + 0.85 * t**1.6
    if i > 2:
        wood(p, ridge, max(2, count // 2), size, depth, f"woodl{i}", -0.05, max(0.05, gap - 0.17))
        wood(p, ridge, max(2, count // 2), size, depth, f"woodr{i}", min(0.95, gap + 0.17), 1.05)
    else:
        wood(p, ridge, count, size, depth, f"wood{i}")
