"""What comes with a figure: an umbrella, a wake, a branch to sit on."""

import math

import numpy as np

from ..colour import Array, mix, rgb, tone
from ..lexicon.reading import Figure
from ..painter import Painter
from ..sheet import Sheet, spline
from .stand import stand


def umbrella(p: Painter, x: float, y: float, size: float) -> None:
    """An umbrella over a person who stands at (x, y), `size` high."""
    s = p.sheet(3)
    cloth = p.pal.lit(p.r.local.get("umbrella", p.pal.accent), light=1.15, pull=0.3, unify=0.1)
    top, r = y - size * 1.26, size * 0.3
    arc = [(x + r * math.cos(t), top + r * 0.72 - r * 0.8 * math.sin(t)) for t in np.linspace(0, math.pi, 24)]
    rim = [(x + r * (-1 + 2 * i / 12), top + r * 0.72 + (0.07 * r if i % 3 else -0.02 * r)) for i in range(13)]
    s.limb([(x, top + r * 0.1, size * 0.008), (x, y - size * 0.5, size * 0.008)], p.pal.near)
    s.poly(arc + rim, cloth)
    s.poly([*arc[8:16], (x + r * 0.33, top + r * 0.68), (x - r * 0.33, top + r * 0.68)], tone(cloth, 1.12))
    s.lay()


def wake(p: Painter, x: float, y: float, size: float) -> None:
    """Sink a hull a little: broken light strokes across its waterline."""
    g, s = p.rng(f"wake{x:.2f}"), p.sheet(2)
    for _ in range(26):
        u, v, n = g.normal() * size * 0.36, abs(g.normal()) * 0.012, size * (0.05 + 0.12 * g.random())
        foam = mix(p.pal.light, p.pal.at("water"), 0.35 + 0.4 * g.random())
        s.dot(x + u, y + v - 0.004, n, foam, ry=0.0014 + 0.0016 * g.random(), alpha=0.7)
    s.lay(0.75, soften=0.001)


def submerge(p: Painter, x: float, y: float, size: float) -> None:
    """Lay water over what swims just under the surface, light strokes over its back."""
    near = np.exp(-((((p.c.x - x) / size) ** 2 + ((p.c.y - y + size / 2) / size) ** 2) ** 3))
    p.c.lay(p.c.subject * near, mix(p.pal.at("water"), p.pal.horizon, 0.3), 0.45)
    wake(p, x, y - size * 0.5, size)


def perch(p: Painter, f: Figure, x: float, y: float, size: float) -> None:
    """A branch from the nearer edge, with a bird on it."""
    y = min(y, 0.74)
    s = p.sheet(2)
    branch(p, s, x, y, size)
    p.c.glow(x, y - size * 0.5, size, mix(p.pal.horizon, p.pal.light, 0.4), 0.35)
    s.lay(grit=0.1)
    stand(p, f, x, y + size * (0.13 if f.name == "bird" else 0), size, shadow=False, halo=0)


def branch(p: Painter, s: Sheet, x: float, y: float, size: float) -> None:
    """A branch that passes under (x, y) and thins out, twigs on it except where the bird sits."""
    g = p.rng("perch")
    edge = -0.05 if x < p.c.aspect / 2 else p.c.aspect + 0.05
    bark, way = p.pal.lit(rgb("#4a3a34"), 0), x - edge
    bends = [(edge, y + 0.1, 0.022), ((edge + x) / 2, y + 0.05, 0.016), (x, y + 0.012, 0.012)]
    bends += [(x + way * 0.5, y - 0.03, 0.005), (x + way * 0.8, y - 0.08, 0.001)]
    path = spline(bends, n=12)
    s.limb(path, bark)
    for tx, ty, _ in path[5:-1:3].tolist():
        if abs(tx - x) >= size * 0.3:
            twig(p, s, tx, ty, way, bark, g)


def twig(p: Painter, s: Sheet, x: float, y: float, way: float, bark: Array, g: np.random.Generator) -> None:
    """A twig with a few leaves, or bare in winter."""
    leafy = p.pal.lit(p.pal.local["leaf" if p.r.season in ("spring", "autumn") else "foliage"], pull=0.6)
    up = -1 if g.random() < 0.6 else 1
    dx, dy = (0.02 + 0.05 * g.random()) * np.sign(way), up * (0.02 + 0.05 * g.random())
    s.curve([(x, y, 0.004), (x + dx, y + dy, 0.0015)], bark, n=4)
    for _ in range(0 if p.r.season == "winter" else 7):
        turn, m = 6.28 * g.random(), 0.012 + 0.014 * g.random()
        x0, y0 = x + dx * (0.3 + g.random()), y + dy * (0.3 + g.random())
        u, v = m * math.cos(turn), m * math.sin(turn)
        blade = [(x0, y0, 0.001), (x0 + u * 0.5, y0 + v * 0.5, m * 0.3), (x0 + u, y0 + v, 0.0004)]
        s.curve(blade, tone(leafy, 0.8 + 0.4 * g.random()), n=4)
