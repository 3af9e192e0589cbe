"""Under water."""

import math
from collections.abc import Iterator

import numpy as np

from ..colour import look, mix, ramp, rgb, tone
from ..fields import Array
from ..figures.place import subjects
from ..painter import Painter
from ..parts.rock import peak
from ..parts.weather import rays
from ..sheet import spline


def deep(p: Painter) -> Iterator[None]:
    """Blue that darkens downward, shafts of light, rocks with weed and coral."""
    c, pal, g = p.c, p.pal, p.rng("deep")
    blue = p.r.tints[0] if p.r.tints else mix(rgb("#2f9cb0"), rgb("#2f5fb0"), g.random())
    dim = {"night": 0.5, "dusk": 0.72, "sunset": 0.85}.get(p.r.time, 1)
    top, mid, low = (
        tone(mix(blue, rgb(k), t), dim) for k, t in (("#e6fbf2", 0.62), ("#2f7fa6", 0.25), ("#0a1c3c", 0.72))
    )
    pal.light, pal.horizon, pal.far, pal.near = mix(top, rgb("#ffffff"), 0.5), mix(top, mid, 0.4), mid, low
    pal.mid, pal.pull, pal.exposure = mid, 0.3, 0.9 * (0.6 + 0.4 * dim)
    lut = ramp([top, mix(top, mid, 0.7), mid, low], [0, 0.25, 0.55, 1])
    c.px[:] = look(lut, c.y + 0.05 * c.noise("deep", 2, 3, stretch=2))
    p.sun = (c.aspect * (0.5 + p.side * 0.2), -0.12)
    p.horizon = 0.8
    c.glow(p.sun[0], 0, 0.45, pal.light, 0.7, squash=1.5)
    rays(p, p.sun, 0.75)
    yield
    for i in range(3):
        ridge = 0.78 + 0.08 * i - 0.05 * c.line(f"bed{i}", 2.4, 4, 0.5)
        peak(p, ridge, 0.75 - 0.3 * i, f"bedrock{i}", False)
        p.mist(0.84 + 0.06 * i, 0.06, 0.3, mid)
        if i:
            kelp(p, ridge, i)
    yield
    school(p)
    subjects(p, lambda x: 0.62, 1.25, 0.05, at_sea=True)
    s = p.sheet(2)
    for x, y, j in g.random((int(110 * c.aspect), 3)).tolist():
        s.dot(x * c.aspect, y, 0.0012 + 0.006 * j**4, pal.light, alpha=0.4 + 0.4 * j)
    s.glow(0.6, soften=0.001)
    if p.has("jelly"):
        jellies(p)


def kelp(p: Painter, ridge: Array, row: int) -> None:
    """Weed in long swaying ribbons with blades, coral in branching fans."""
    g, s, c = p.rng(f"kelp{row}"), p.sheet(2), p.c
    for u in g.random(int((9 + 5 * row) * c.aspect)).tolist():
        x = u * c.aspect
        y = c.on(ridge, x) + 0.03
        if p.has("coral") or g.random() < 0.45:
            col = p.pal.lit(
                [rgb("#e8705f"), rgb("#f0a56a"), rgb("#c56a9c"), rgb("#e9c46a")][int(g.random() * 4)],
                0.55 - 0.22 * row,
                pull=0.7,
            )
            for k in range(9):
                a, h = (k / 8 - 0.5) * 2 + 0.3 * (g.random() - 0.5), (0.05 + 0.05 * g.random()) * (1 + 0.5 * row)
                tip = (x + h * math.sin(a), y - h * math.cos(a))
                middle = (x + h * 0.5 * math.sin(a * 0.6), y - h * 0.55, 0.005)
                s.curve([(x, y, 0.006), middle, (*tip, 0.004)], tone(col, 0.85 + 0.25 * g.random()), n=5)
        else:
            col = p.pal.lit(rgb("#5f9a5c"), 0.5 - 0.22 * row, 0.8 + 0.4 * g.random(), pull=0.8)
            h, sway = (0.16 + 0.2 * g.random()) * (0.7 + 0.4 * row), 0.02 + 0.02 * g.random()
            path = spline(
                [
                    (x + sway * math.sin(4 * v + u * 30), y - h * v, 0.0035 * (1.1 - v))
                    for v in np.linspace(0, 1, 6).tolist()
                ],
                n=5,
            )
            s.limb(path, col)
            for k, (px, py, _) in enumerate(path[3::2].tolist()):
                m = 0.035 * (1 - k / len(path)) * (1 if k % 2 else -1)
                s.curve(
                    [(px, py, 0.001), (px + m * 0.5, py - 0.012, 0.0045), (px + m, py - 0.03, 0.0006)],
                    tone(col, 1.12),
                    n=4,
                )
    s.lay(grit=0.05)


def school(p: Painter) -> None:
    """A far school of fish."""
    if "fish" in p.r.banned:
        return
    g, s = p.rng("school"), p.sheet(3 if p.c.h < 700 else 2)
    col, cx, cy = mix(p.pal.near, p.pal.far, 0.35), p.c.aspect * (0.5 + 0.3 * p.side), 0.3 + 0.2 * g.random()
    for _ in range(26):
        x, y, r = cx + g.normal() * 0.12, cy + g.normal() * 0.06, 0.008 + 0.008 * g.random()
        s.limb([(x + p.side * r * u, y, r * w) for u, w in ((-1.3, 0.05), (-0.5, 0.36), (0.5, 0.25), (1, 0.05))], col)
        s.poly(
            [(x + p.side * r * 0.9, y), (x + p.side * r * 1.5, y - r * 0.4), (x + p.side * r * 1.5, y + r * 0.4)], col
        )
    s.lay(0.8)


def jellies(p: Painter) -> None:
    """Jellyfish that glow."""
    g, c = p.rng("jelly"), p.c
    colour = p.r.local.get("jelly", mix(p.pal.light, rgb("#f2a7d0"), 0.5))
    for _ in range(max(4, p.r.extras.get("jelly", 1))):
        x, y, r = c.aspect * (0.15 + 0.7 * g.random()), 0.2 + 0.45 * g.random(), 0.04 + 0.07 * g.random() ** 2
        c.glow(x, y, r * 2, colour, 0.5)
        s = p.sheet(2)
        dome = [(x + r * math.cos(t), y - r * 0.85 * math.sin(t)) for t in np.linspace(0, math.pi, 20)]
        s.poly(
            dome + [(x - r, y), (x - r * 0.5, y + r * 0.18), (x, y + r * 0.06), (x + r * 0.5, y + r * 0.18)],
            colour,
            0.8,
        )
        for i in range(7):
            u = (i - 3) / 3.4 * r
            knee = (x + u * 1.1 + 0.02 * math.sin(i), y + r, r * 0.04)
            end = (x + u * 0.8 + 0.03 * math.cos(i * 2), y + r * (1.6 + g.random()), r * 0.01)
            s.curve([(x + u, y, r * 0.05), knee, end], colour, 0.6, n=5)
        s.glow(0.75, soften=0.0012)
