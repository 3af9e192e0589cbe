"""A meadow of flowers up to the horizon."""

from collections.abc import Iterator

import numpy as np

from ..colour import blend, mix
from ..figures.place import subjects
from ..painter import Painter
from ..parts.clouds import clouds
from ..parts.flowers import blossoms, flower_kind
from ..parts.grass import grass
from ..parts.land import far_range, land
from ..parts.sky import sky
from ..parts.weather import rays
from ..parts.woods import wood
from ..sheet import Sheet


def meadow(p: Painter) -> Iterator[None]:
    """A field of flowers, each smaller than the one before it, a few close enough to count petals."""
    c, pal, g = p.c, p.pal, p.rng("meadow")
    p.horizon -= 0.06 + 0.1 * g.random()
    p.sun = (p.sun[0], p.sun[1] - 0.1)
    sky(p)
    clouds(p)
    far_range(p, 0.03 + 0.04 * g.random())
    yield
    wood(p, p.horizon + 0.01 - 0.012 * c.line("edge", 2, 3), int(26 * c.aspect), 0.05, 0.62, "hedge", 0, 1)
    ridge = p.horizon + 0.02 - 0.012 * c.line("field", 1.2, 2)
    land(p, ridge, mix(pal.at("grass", 0.5), pal.light, 0.25), pal.at("grass", 0.05, 0.8), 0.45, 0.1)
    p.mist(p.horizon + 0.03, 0.03, 0.4)
    yield
    blooming = not {"blossom", "flower"} & p.r.banned
    flowers = scattered(p, int(2600 * c.aspect * (0.4 + 0.6 * p.detail)) * blooming, g)
    blade, tip = pal.at("grass", 0.12, 0.78), mix(pal.at("grass", 0.05, 1.1), pal.light, 0.2)
    grass(p, p.horizon + 0.05, 0.96, 700, blade, tip, 0.07)
    flowers.lay(grit=0.06)
    yield
    subjects(p, lambda x: 0.87, 1)
    grass(p, 0.9, 1.08, 380, mix(pal.at("grass", 0, 0.6), pal.near, 0.3), pal.at("grass", 0, 1.05), 0.16)
    yield
    if blooming:
        blossoms(p, 0.76, 0.98, 20, 0.032)
        blossoms(p, 0.9, 1.04, 6, 0.075, soften=0.006)
    if p.has("rays") or p.r.time in ("golden", "dawn"):
        rays(p, amount=0.3)


def scattered(p: Painter, n: int, g: np.random.Generator) -> Sheet:
    """A sheet with n dots of petal colour in patches, larger toward the viewer."""
    c, s = p.c, p.sheet(2)
    petals = [p.pal.lit(colour, 0, pull=0.45) for colour in flower_kind(p)[1]]
    depth = np.sort(g.random(n)) ** 1.5
    patch = c.noise("patch", 4, 3, stretch=3)
    for t, (u, j, q) in zip(depth.tolist(), g.random((n, 3)).tolist(), strict=True):
        x, y = u * c.aspect, p.horizon + 0.025 + (0.95 - p.horizon) * t
        if patch[min(c.h - 1, int(y * c.h)), min(c.w - 1, int(x * c.h))] + 1.2 * q < 0.1:
            continue
        r = 0.0016 + 0.0105 * t**1.25
        colour = blend(petals[int(j * len(petals))], p.pal.horizon, 0.45 * (1 - t) ** 2)
        s.dot(x, y, r * (0.7 + 0.6 * q), colour * (0.82 + 0.3 * q), ry=r * (0.5 + 0.25 * q))
    return s
