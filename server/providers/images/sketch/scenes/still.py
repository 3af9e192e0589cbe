"""A table with things on it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..colour import Array, look, mix, ramp, rgb, tone
from ..figures.kinds import SIZES
from ..figures.stand import stand
from ..painter import Painter
from ..parts.land import land
from .vessels import ball, bouquet, fruit, turned

HEIGHTS = {"vase": 0.36, "bottle": 0.44, "bowl": 0.15, "jug": 0.3, "cup": 0.12, "candle": 0.22}
GROUPS = (["vase", "bowl", "bottle"], ["jug", "cup", "bowl"], ["vase", "cup", "candle"], ["bottle", "bowl", "jug"])


@dataclass
class Table:
    """Where the table's far edge is, the cloth on it, and how much light there is."""

    y: float
    cloth: Array
    dim: float


def still(p: Painter) -> Iterator[None]:
    """Vessels and fruit on a cloth before a wall, light from one side."""
    g = p.rng("still")
    y, dim = 0.68 + 0.05 * g.random(), {"night": 0.42, "dusk": 0.55, "sunset": 0.72}.get(p.r.time, 0.95)
    plaster(p, dim)
    cloth = p.pal.lit(mix(p.pal.local["wood"], p.pal.accent, 0.25 * g.random()), 0, dim)
    table = Table(y, cloth, dim)
    land(p, np.full(p.c.w, y, np.float32), mix(tone(cloth, 1.15), p.pal.light, 0.2), tone(cloth, 0.62), 0.4, 0.06, 0.09)
    yield
    names = chosen(p, g)
    xs = np.linspace(-0.27, 0.27, len(names)) * min(1, p.c.aspect) * (1 if g.random() < 0.5 else -1)
    back_to_front = sorted(range(len(names)), key=lambda i: -HEIGHTS[names[i]])
    for k, i in enumerate(back_to_front):
        vessel(p, table, names[i], i, p.c.aspect / 2 + float(xs[i]), y + 0.06 + 0.05 * k, g)
        yield
    for j in range(2 + int(2 * g.random())):
        windfall(p, table, j, g)
    for f in p.r.figures:
        stand(p, f, p.focus, y + 0.2, SIZES[f.name])


def plaster(p: Painter, dim: float) -> None:
    """The wall, with the light of a window on it."""
    c, pal = p.c, p.pal
    back = mix(tone(mix(pal.local["wall"], pal.far, 0.5), dim), pal.near, 0.12)
    lut = ramp([mix(back, pal.near, 0.4), back, mix(back, pal.light, 0.45)])
    fall = 0.5 + 0.5 * (c.x / c.aspect - 0.5) * 2 * p.side * 0.8 - 0.3 * (c.y - 0.4) + 0.12 * c.noise("plaster", 3, 5)
    c.px[:] = look(lut, fall)
    if p.r.time == "night":
        return
    beam, slant, glow = p.sheet(1), p.side * 0.07, mix(pal.light, pal.horizon, 0.2)
    for i in range(2):
        for j in range(2):
            x, y = c.aspect * (0.5 - p.side * 0.06) + (i - 1) * 0.2 - p.side * 0.08 * j, 0.1 + j * 0.24
            beam.poly([(x, y), (x + 0.18, y), (x + 0.18 - slant, y + 0.21), (x - slant, y + 0.21)], glow)
    beam.glow(0.32, soften=0.008)


def chosen(p: Painter, g: np.random.Generator) -> list[str]:
    """Two to four vessels: those the prompt names, else a group by seed."""
    names = [name for name in HEIGHTS if any(word.startswith(name) for word in p.r.known)]
    names = names or GROUPS[int(g.random() * 4)]
    return (names + ["vase", "bowl"])[:3] if len(names) < 2 else names[:4]


def vessel(p: Painter, table: Table, name: str, i: int, x: float, y: float, g: np.random.Generator) -> None:
    """One vessel with its shadow and what is in it."""
    pal = p.pal
    h = HEIGHTS[name] * (0.9 + 0.2 * g.random())
    shade(p, table, x - p.side * 0.11, y + 0.004, 0.15, 0.02)
    if name == "vase" and "blossom" not in p.r.banned:
        bouquet(p, x, y - h, h)
    glazes = [pal.accent, mix(pal.zenith, rgb("#dfe6e6"), 0.35), mix(pal.far, rgb("#f2e6d2"), 0.6), pal.mid]
    glaze = pal.lit(p.r.local.get(name, glazes[i % 4]), 0, table.dim, pull=0.5)
    turned(p, name, x, y, h, glaze, 0.5)
    if name == "candle":
        flame(p, x, y - h)
    elif name == "bowl":
        for j in range(4):
            ball(p, x + (j - 1.5) * 0.05, y - h - 0.01 - 0.015 * (j % 2), 0.042, fruit(p, g, j))
        turned(p, name, x, y, h * 0.98, glaze, 0.5)


def flame(p: Painter, x: float, y: float) -> None:
    """A candle's flame over its wick at (x, y)."""
    p.c.glow(x, y - 0.03, 0.2, rgb("#ffd28a"), 0.6)
    s = p.sheet(3)
    s.limb([(x, y - 0.004, 0.006), (x, y - 0.02, 0.009), (x, y - 0.05, 0.001)], rgb("#fff2c8"))
    s.lay()


def windfall(p: Painter, table: Table, j: int, g: np.random.Generator) -> None:
    """A fruit in front of the vessels."""
    x = p.c.aspect / 2 + (g.random() - 0.5) * 0.7 * min(1, p.c.aspect)
    y, r = min(0.9, table.y + 0.17 + 0.04 * j), 0.05 + 0.012 * g.random()
    shade(p, table, x - p.side * 0.04, y + r * 0.8, r * 1.3, r * 0.3)
    ball(p, x, y, r, fruit(p, g, j))


def shade(p: Painter, table: Table, x: float, y: float, wide: float, tall: float) -> None:
    """A shadow on the cloth."""
    mask = np.exp(-(((p.c.x - x) / wide) ** 2 + ((p.c.y - y) / tall) ** 2)) * 0.6
    p.c.lay(mask, mix(tone(table.cloth, 0.4), p.pal.near, 0.4))
