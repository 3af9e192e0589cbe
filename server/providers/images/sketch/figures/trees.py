"""Trees that are grown: a trunk that forks, crowns of dabs."""

import math
from dataclasses import dataclass

import numpy as np

from ..colour import mix, rgb, tone
from ..fields import Array
from ..lexicon.reading import Figure
from ..painter import Painter
from ..sheet import Sheet


@dataclass
class Leaf:
    """A crown's three tones."""

    dark: Array
    middle: Array
    lit: Array


def tree(p: Painter, x: float, y: float, size: float, f: Figure) -> None:
    """One great tree with its foot at (x, y) and its shade on the grass."""
    s, g = p.sheet(2), p.rng(f"tree{x:.2f}")
    blossom = {"sakura", "cherry_blossom", "cherry_tree", "blossom"} & set(p.r.known)
    colour = f.colour if f.colour is not None else rgb("#f3b3c5") if blossom else None
    ends = limbs(p, s, x, y, size, g, bare=p.r.season == "winter" and colour is None)
    leaf = foliage(p, colour)
    for ex, ey in sorted(ends, key=lambda end: end[1], reverse=True):
        crown(s, ex, ey - size * 0.03, size * (0.125 + 0.06 * g.random()), leaf, g, p.side, int(29 + 29 * p.detail))
    shade = np.exp(-((((p.c.x - x) / (size * 0.5)) ** 2 + ((p.c.y - y) / (size * 0.05)) ** 2) ** 1.2)) * 0.45
    p.c.lay(shade, mix(p.pal.near, p.pal.at("grass"), 0.3))
    s.lay(grit=0.12)


def limbs(
    p: Painter, s: Sheet, x: float, y: float, h: float, g: np.random.Generator, bare: bool
) -> list[tuple[float, float]]:
    """A trunk that forks a few times; returns where crowns go, which is nowhere on a bare tree."""
    bark = p.pal.lit(mix(p.pal.local["wood"], rgb("#3a2d2a"), 0.5))
    ends: list[tuple[float, float]] = []

    def branch(x: float, y: float, a: float, n: float, w: float, left: int) -> None:
        bend = a + (g.random() - 0.5) * 0.3
        x1, y1 = x + math.sin(bend) * n, y - math.cos(bend) * n
        s.curve([(x, y, w), ((x + x1) / 2 + 0.02 * n, (y + y1) / 2, w * 0.8), (x1, y1, w * 0.6)], bark, n=4)
        if not left:
            ends.append((x1, y1))
            return
        for turn in (-0.72, 0.02, 0.68) if left > 1 else (-0.42, 0.46):
            branch(x1, y1, a + turn + (g.random() - 0.5) * 0.35, n * (0.58 + 0.22 * g.random()), w * 0.56, left - 1)

    branch(x, y, (g.random() - 0.5) * 0.12, h * 0.33, h * 0.032, 2)
    if not bare:
        return ends
    for ex, ey in ends[:]:
        branch(ex, ey, (ex - x) * 3 / h, h * 0.16, h * 0.007, 1)
    return []


def foliage(p: Painter, colour: Array | None) -> Leaf:
    """Leaves under this light; blossom or a named colour keeps its hue at any hour."""
    if colour is None:
        base = p.pal.lit(p.pal.local["foliage"], 0, 1, 0.85, 1)
    else:
        base = p.pal.lit(colour, 0, 1.25 if p.pal.exposure < 0.9 else 1, 0.45, 0.12)
    lit, dark = mix(tone(base, 1.12), p.pal.light, 0.1 if p.dark else 0.2), mix(tone(base, 0.72), p.pal.near, 0.3)
    return Leaf(dark, base, lit)


def crown(
    s: Sheet, x: float, y: float, r: float, leaf: Leaf, g: np.random.Generator, side: int, dabs: int = 90
) -> None:
    """Foliage as dabs in three tones, lit from above and from one side."""
    layers = ((leaf.dark, dabs, 1.0, 0.0), (leaf.middle, dabs, 0.92, 0.16), (leaf.lit, int(dabs * 0.6), 0.75, 0.36))
    for tint, n, spread, off in layers:
        angle, reach = g.random(n) * 6.28, np.sqrt(g.random(n)) * spread
        size = r * (0.07 + 0.12 * g.random(n) ** 1.5) * (1 if off == 0 else 0.8) * (1.3 if dabs < 40 else 1)
        for a, q, z, j in np.stack([angle, reach, size, g.random(n)], 1).tolist():
            u, v = q * math.cos(a) + off * side * 0.6, 0.8 * q * math.sin(a) - off * 0.8
            s.dot(x + r * u, y + r * v, z, tone(tint, 0.93 + 0.14 * j), ry=z * 0.75)
