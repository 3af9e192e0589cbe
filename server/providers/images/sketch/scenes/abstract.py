"""Four kinds of abstract picture."""

import math
from collections.abc import Iterator

import numpy as np

from ..colour import Array, look, mix, ramp, rgb
from ..fields import smooth
from ..figures.place import subjects
from ..painter import Painter
from ..parts.land import land
from ..sheet import Sheet
from .flow import GOLD, flow


def abstract(p: Painter) -> Iterator[None]:
    """Ribbons, bands, discs or shapes: as the words ask, else by mood and seed."""
    g = p.rng("abstract")
    options = ("flow", "strata", "orbs") if p.energy < 0.5 else ("flow", "geometric", "strata", "orbs", "flow")
    kind = "geometric" if p.has("geometric") else "flow" if p.has("flow") else options[int(g.random() * len(options))]
    yield from {"flow": flow, "geometric": bauhaus, "strata": strata, "orbs": orbs}[kind](p)
    subjects(p, lambda x: 0.84, 1)


def strata(p: Painter) -> Iterator[None]:
    """Quiet bands, like hills remembered, with a disc."""
    c, pal, g = p.c, p.pal, p.rng("strata")
    c.px[:] = look(ramp([pal.horizon, pal.light]), c.y * 1.2 + 0.04 * c.noise("wash", 2, 4))
    c.glow(p.sun[0], 0.3, 0.4, pal.light, 0.5)
    disc = c.disc(p.sun[0], 0.26 + 0.12 * g.random(), 0.1 + 0.07 * g.random())
    c.lay(disc, mix(pal.accent, pal.light, 0.12), 0.95, grit=0.05)
    yield
    stops = ramp([pal.horizon, pal.mid, pal.far, pal.zenith, mix(pal.zenith, pal.near, 0.6)])
    n = 6 + int(3 * g.random())
    for i in range(n):
        t = i / (n - 1)
        rise = 0.04 + 0.05 * (1 - t) * (0.5 + p.energy)
        ridge = 0.38 + 0.6 * t - rise * c.line(f"band{i}", 0.9 + 0.9 * g.random(), 2 + int(2 * p.energy), 0.4)
        colour = stops[int(255 * min(1, t * 0.95 + 0.08 * g.random()))]
        colour = mix(pal.accent, colour, 0.35) if i == n // 2 else colour
        land(p, ridge, mix(colour, pal.light, 0.2), mix(colour, pal.horizon, 0.25), 0.2, 0.05, 0.03)
        if g.random() < 0.4:
            gold = np.exp(-(((c.y - ridge[None, :]) * c.h / 1.2) ** 2))
            c.lay(gold * 0.8, mix(pal.light, rgb(GOLD), 0.5))
        yield


def orbs(p: Painter) -> Iterator[None]:
    """Discs of graded light that lie over one another, some in a thin ring."""
    c, pal, g = p.c, p.pal, p.rng("orbs")
    wall = ramp([mix(pal.horizon, pal.light, 0.4), pal.horizon, mix(pal.mid, pal.horizon, 0.5)])
    c.px[:] = look(wall, c.y + 0.06 * c.noise("wash", 2, 4))
    yield
    colours = [pal.accent, pal.mid, pal.zenith, pal.light, pal.far, mix(pal.accent, pal.horizon, 0.5)]
    for i in range(8):
        r = (0.3 - 0.03 * i) * (0.5 + 0.8 * g.random())
        x, y = c.aspect * (0.15 + 0.7 * g.random()), 0.15 + 0.7 * g.random()
        grade = np.clip(0.5 + ((c.x - x) * p.side + (c.y - y)) / (2.4 * r), 0, 1)
        a, b = (np.asarray(v, np.float32) for v in (colours[i % 6], mix(colours[(i + 2) % 6], pal.light, 0.35)))
        c.lay(c.disc(x, y, r) * (1 - 0.75 * grade), a + (b - a) * grade[..., None], 0.92, grit=0.025)
        if i % 3 == 1:
            d = np.sqrt((c.x - x) ** 2 + (c.y - y) ** 2)
            c.lay(np.clip(1.2 - np.abs(d - r * 1.18) * c.h, 0, 1), mix(pal.light, rgb(GOLD), 0.4), 0.8)
        if i % 3 == 2:
            yield


def bauhaus(p: Painter) -> Iterator[None]:
    """A grid of quarter circles, arcs and half tones, a few cells left quiet."""
    c, pal, g = p.c, p.pal, p.rng("bauhaus")
    n = 3 + int(2.2 * g.random() + p.energy)
    m = max(2, round(n * c.aspect))
    dark, pale = mix(pal.near, pal.zenith, 0.3), mix(pal.light, pal.horizon, 0.3)
    colours = [pal.accent, pal.zenith, pal.mid, pal.horizon, dark, pale]
    s, w, h = p.sheet(3 if c.h < 700 else 2), c.aspect / m, 1 / n
    for i in range(m):
        for j in range(n):
            a, b = g.permutation(6)[:2]
            kind, quarter = int(g.random() * 6), int(g.random() * 4)
            tile(s, i * w, j * h, w, h, kind, quarter, colours[a], colours[b])
    yield
    s.lay()
    c.px *= (1 + 0.03 * c.tooth)[..., None]
    c.px *= (1 - 0.1 * smooth(-0.5, 1.2, c.noise("wear", 3, 5)))[..., None]
    yield


def tile(
    s: Sheet, x: float, y: float, w: float, h: float, kind: int, quarter: int, ground: Array, figure: Array
) -> None:
    """One cell: a quarter disc, four nested ones, a disc, half the cell, or nothing."""
    s.rect(x, y, x + w, y + h, ground)
    if kind < 2:
        s.poly(fan(x, y, w, h, quarter, 1), figure)
    elif kind == 2:
        for k, r in enumerate((1, 0.75, 0.5, 0.25)):
            s.poly(fan(x, y, w, h, quarter, r), ground if k % 2 else figure)
    elif kind == 3:
        s.dot(x + w / 2, y + h / 2, w * 0.36, figure, ry=h * 0.36)
    elif kind == 4:
        corner = (x, y) if quarter % 2 else (x + w, y)
        s.poly([corner, (x + w, y + h), (x, y + h)], figure)


def fan(x: float, y: float, w: float, h: float, quarter: int, r: float) -> list[tuple[float, float]]:
    """A quarter disc, r of the cell wide, about one corner."""
    cx, cy = x + w * (quarter in (1, 2)), y + h * (quarter in (2, 3))
    turn = np.linspace(0, math.pi / 2, 24) + quarter * math.pi / 2
    return [(cx, cy), *((cx + w * r * math.cos(t), cy + h * r * math.sin(t)) for t in turn)]
