"""What is about a window: drops, curtains, a plant, a mug."""

import math

import numpy as np

from ..colour import mix, rgb, tone
from ..fields import smooth
from ..painter import Painter


def droplets(p: Painter, x0: float, x1: float, y0: float, y1: float) -> None:
    """Rain on the panes."""
    g, s = p.rng("drops"), p.sheet(2)
    for u, v, j in g.random((150, 3)).tolist():
        x, y, r = x0 + 0.02 + (x1 - x0 - 0.04) * u, y0 + (y1 - y0 - 0.02) * v, 0.0015 + 0.0035 * j**2
        s.dot(x, y, r, p.pal.light, ry=r * 1.25, alpha=0.55)
        if j > 0.86:
            s.limb([(x, y, r * 0.7), (x + 0.003, y - 0.05 * j, r * 0.15)], p.pal.light, 0.35)
    s.lay(0.7)


def curtains(p: Painter, x0: float, x1: float, dim: float) -> None:
    """A curtain on each side, in folds."""
    c = p.c
    base = p.r.local.get("window", mix(p.pal.accent, p.pal.horizon, 0.5))
    cloth = mix(tone(base, 0.6 + 0.4 * dim), p.pal.near, 0.25 * (1.2 - dim))
    for side, edge in ((-1, x0), (1, x1)):
        k = min(1, c.aspect)
        inner = edge - side * (0.05 + 0.05 * (c.y / 0.8) ** 2) * k
        outer = edge + side * 0.17 * k
        u = (c.x - inner) / (outer - inner)
        folds = 0.5 + 0.5 * np.sin(u * 17 + 2 * np.sin(c.y * 3))
        mask = ((u > 0) & (u < 1)) * smooth(0.05, 0.06, c.y) * smooth(0.9, 0.89, c.y + 0.012 * np.sin(u * 17))
        lit = 0.12 * np.asarray(p.pal.light, np.float32) * (1 - u)[..., None].clip(0, 1)
        c.lay(mask * 0.96, np.asarray(cloth, np.float32) * (0.72 + 0.4 * folds)[..., None] + lit)


def plant(p: Painter, x: float, y: float, h: float, dim: float) -> None:
    """A plant in a pot."""
    g, s = p.rng(f"plant{x:.2f}"), p.sheet(2)
    pot = p.pal.lit(rgb("#c4714f"), 0, dim + 0.15)
    green = p.pal.lit(p.r.local.get("plant", rgb("#5f8f57")), 0, dim + 0.1)
    for _ in range(15):
        a, n = (g.random() - 0.5) * 2.5, h * (0.6 + 0.6 * g.random())
        tip = (x + math.sin(a) * n, y - h * 0.42 - math.cos(a) * n * 0.95)
        mid = (x + math.sin(a) * n * 0.5, y - h * 0.45 - math.cos(a) * n * 0.72)
        s.curve(
            [(x, y - h * 0.4, h * 0.015), (*mid, h * 0.06), (*tip, h * 0.005)], tone(green, 0.7 + 0.5 * g.random()), n=7
        )
    w = h * 0.24
    s.poly([(x - w, y - h * 0.46), (x + w, y - h * 0.46), (x + w * 0.74, y), (x - w * 0.74, y)], pot)
    s.poly([(x + w * 0.3, y - h * 0.46), (x + w, y - h * 0.46), (x + w * 0.74, y), (x + w * 0.3, y)], tone(pot, 0.8))
    s.poly(
        [
            (x - w * 1.1, y - h * 0.5),
            (x + w * 1.1, y - h * 0.5),
            (x + w * 1.1, y - h * 0.4),
            (x - w * 1.1, y - h * 0.4),
        ],
        tone(pot, 1.08),
    )
    s.lay(grit=0.06)


def mug(p: Painter, x: float, y: float, h: float, dim: float) -> None:
    """A steaming mug."""
    s = p.sheet(3)
    col = p.pal.lit(mix(p.pal.accent, rgb("#f2ece0"), 0.3), 0, dim + 0.2)
    w = h * 0.42
    for t in np.linspace(-1.2, 1.2, 14).tolist():
        s.dot(x + w + h * 0.16 * math.cos(t), y - h * 0.52 + h * 0.24 * math.sin(t), h * 0.055, tone(col, 0.85))
    s.poly([(x - w, y - h), (x + w, y - h), (x + w * 0.9, y), (x - w * 0.9, y)], col)
    s.poly([(x + w * 0.35, y - h), (x + w, y - h), (x + w * 0.9, y), (x + w * 0.35, y)], tone(col, 0.82))
    s.dot(x, y - h, w, tone(col, 0.6), ry=w * 0.22)
    s.lay()
    steam = p.sheet(1)
    for k in (-1, 1):
        u = x + k * 0.006
        steam.curve(
            [
                (u, y - h * 1.1, 0.003),
                (u + 0.012, y - h * 1.7, 0.006),
                (x - 0.01, y - h * 2.3, 0.008),
                (x + 0.008, y - h * 3, 0.002),
            ],
            p.pal.light,
            0.4,
            n=8,
        )
    steam.glow(0.5, soften=0.008)
