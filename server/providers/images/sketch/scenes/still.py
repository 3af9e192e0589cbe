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

HEIGHTS = {"vase": .36, "bottle": .44, "bowl": .15, "jug": .3, "cup": .12, "candle": .22}
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
    y, dim = .68 + .05 * g.random(), {"night": .42, "dusk": .55, "sunset": .72}.get(p.r.time, .95)
    plaster(p, dim)
    cloth = p.pal.lit(mix(p.pal.local["wood"], p.pal.accent, .25 * g.random()), 0, dim)
    table = Table(y, cloth, dim)
    land(p, np.full(p.c.w, y, np.float32), mix(tone(cloth, 1.15), p.pal.light, .2), tone(cloth, .62), .4, .06, .09)
    yield
    names = chosen(p, g)
    xs = np.linspace(-.27, .27, len(names)) * min(1, p.c.aspect) * (1 if g.random() < .5 else -1)
    back_to_front = sorted(range(len(names)), key=lambda i: -HEIGHTS[names[i]])
    for k, i in enumerate(back_to_front):
        vessel(p, table, names[i], i, p.c.aspect / 2 + float(xs[i]), y + .06 + .05 * k, g)
        yield
    for j in range(2 + int(2 * g.random())):
        windfall(p, table, j, g)
    for f in p.r.figures:
        stand(p, f, p.focus, y + .2, SIZES[f.name])


def plaster(p: Painter, dim: float) -> None:
    """The wall, with the light of a window on it."""
    c, pal = p.c, p.pal
    back = mix(tone(mix(pal.local["wall"], pal.far, .5), dim), pal.near, .12)
    lut = ramp([mix(back, pal.near, .4), back, mix(back, pal.light, .45)])
    fall = .5 + .5 * (c.x / c.aspect - .5) * 2 * p.side * .8 - .3 * (c.y - .4) + .12 * c.noise("plaster", 3, 5)
    c.px[:] = look(lut, fall)
    if p.r.time == "night":
        return
    beam, slant, glow = p.sheet(1), p.side * .07, mix(pal.light, pal.horizon, .2)
    for i in range(2):
        for j in range(2):
            x, y = c.aspect * (.5 - p.side * .06) + (i - 1) * .2 - p.side * .08 * j, .1 + j * .24
            beam.poly([(x, y), (x + .18, y), (x + .18 - slant, y + .21), (x - slant, y + .21)], glow)
    beam.glow(.32, soften=.008)


def chosen(p: Painter, g: np.random.Generator) -> list[str]:
    """Two to four vessels: those the prompt names, else a group by seed."""
    names = [name for name in HEIGHTS if any(word.startswith(name) for word in p.r.known)]
    names = names or GROUPS[int(g.random() * 4)]
    return (names + ["vase", "bowl"])[:3] if len(names) < 2 else names[:4]


def vessel(p: Painter, table: Table, name: str, i: int, x: float, y: float, g: np.random.Generator) -> None:
    """One vessel with its shadow and what is in it."""
    pal = p.pal
    h = HEIGHTS[name] * (.9 + .2 * g.random())
    shade(p, table, x - p.side * .11, y + .004, .15, .02)
    if name == "vase" and "blossom" not in p.r.banned:
        bouquet(p, x, y - h, h)
    glazes = [pal.accent, mix(pal.zenith, rgb("#dfe6e6"), .35), mix(pal.far, rgb("#f2e6d2"), .6), pal.mid]
    glaze = pal.lit(p.r.local.get(name, glazes[i % 4]), 0, table.dim, pull=.5)
    turned(p, name, x, y, h, glaze, .5)
    if name == "candle":
        flame(p, x, y - h)
    elif name == "bowl":
        for j in range(4):
            ball(p, x + (j - 1.5) * .05, y - h - .01 - .015 * (j % 2), .042, fruit(p, g, j))
        turned(p, name, x, y, h * .98, glaze, .5)


def flame(p: Painter, x: float, y: float) -> None:
    """A candle's flame over its wick at (x, y)."""
    p.c.glow(x, y - .03, .2, rgb("#ffd28a"), .6)
    s = p.sheet(3)
    s.limb([(x, y - .004, .006), (x, y - .02, .009), (x, y - .05, .001)], rgb("#fff2c8"))
    s.lay()


def windfall(p: Painter, table: Table, j: int, g: np.random.Generator) -> None:
    """A fruit in front of the vessels."""
    x = p.c.aspect / 2 + (g.random() - .5) * .7 * min(1, p.c.aspect)
    y, r = min(.9, table.y + .17 + .04 * j), .05 + .012 * g.random()
    shade(p, table, x - p.side * .04, y + r * .8, r * 1.3, r * .3)
    ball(p, x, y, r, fruit(p, g, j))


def shade(p: Painter, table: Table, x: float, y: float, wide: float, tall: float) -> None:
    """A shadow on the cloth."""
    mask = np.exp(-(((p.c.x - x) / wide) ** 2 + ((p.c.y - y) / tall) ** 2)) * .6
    p.c.lay(mask, mix(tone(table.cloth, .4), p.pal.near, .4))
