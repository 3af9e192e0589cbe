"""Trees that are grown: a trunk that forks, crowns of dabs."""

import math

import numpy as np

from ..colour import mix, rgb, tone
from ..fields import Array
from ..lexicon.reading import Figure
from ..painter import Painter
from ..sheet import Sheet


def tree(p: Painter, x: float, y: float, size: float, f: Figure) -> None:
    s, g = p.sheet(2), p.rng(f"tree{x:.2f}")
    blossom = {"sakura", "cherry_blossom", "cherry_tree", "blossom"} & set(p.r.known)
    leaf = f.colour if f.colour is not None else rgb("#f3b3c5") if blossom else None
    broadleaf(p, s, x, y, size, 0, g, leaf)
    shade = np.exp(-((((p.c.x - x) / (size * 0.5)) ** 2 + ((p.c.y - y) / (size * 0.05)) ** 2) ** 1.2)) * 0.45
    p.c.lay(shade, mix(p.pal.near, p.pal.at("grass"), 0.3))
    s.lay(grit=0.12)


def broadleaf(
    p: Painter, s: Sheet, x: float, y: float, h: float, depth: float, g: np.random.Generator, leaf: Array | None = None
) -> None:
    """A trunk that forks a few times, and crowns of dabs at its ends."""
    bark = p.pal.lit(mix(p.pal.local["wood"], rgb("#3a2d2a"), 0.5), depth)
    named = leaf is not None  # blossom or a named colour keeps its hue at any hour
    bright, pull, unify = (1.25 if p.pal.exposure < 0.9 else 1, 0.45, 0.12) if named else (1, 0.85, 1)
    base = p.pal.lit(p.pal.local["foliage"] if leaf is None else leaf, depth, bright, pull, unify)
    lit, dark = (
        mix(tone(base, 1.12), p.pal.light, (0.1 if p.dark else 0.2) * (1 - depth)),
        mix(tone(base, 0.72), p.pal.near, 0.3 * (1 - depth)),
    )
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
    if p.r.season == "winter" and leaf is None:
        for ex, ey in ends[:]:
            branch(ex, ey, (ex - x) * 3 / h, h * 0.16, h * 0.007, 1)
        return
    for ex, ey in sorted(ends, key=lambda e: e[1], reverse=True):
        crown(
            s,
            ex,
            ey - h * 0.03,
            h * (0.125 + 0.06 * g.random()),
            dark,
            base,
            lit,
            g,
            p.side,
            int(58 * (0.5 + 0.5 * p.detail)),
        )


def crown(
    s: Sheet,
    x: float,
    y: float,
    r: float,
    dark: Array,
    mid: Array,
    lit: Array,
    g: np.random.Generator,
    side: int,
    dabs: int = 90,
    flat: float = 0.8,
) -> None:
    """Foliage as dabs in three tones, lit from above and from one side."""
    for tint, n, spread, off in ((dark, dabs, 1.0, 0.0), (mid, dabs, 0.92, 0.16), (lit, int(dabs * 0.6), 0.75, 0.36)):
        angle, rad = g.random(n) * 6.28, np.sqrt(g.random(n)) * spread
        size = r * (0.07 + 0.12 * g.random(n) ** 1.5) * (1 if off == 0 else 0.8) * (1.3 if dabs < 40 else 1)
        for a, q, z, j in zip(angle.tolist(), rad.tolist(), size.tolist(), g.random(n).tolist()):
            u, v = q * math.cos(a) + off * side * 0.6, flat * q * math.sin(a) - off * 0.8
            s.dot(x + r * u, y + r * v, z, tone(tint, 0.93 + 0.14 * j), ry=z * 0.75)
