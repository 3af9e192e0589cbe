"""Trees along a ridge, firs bough by bough."""

import math

import numpy as np

from ..colour import mix, tone
from ..fields import Array
from ..figures.trees import crown
from ..painter import Painter
from ..sheet import Sheet


def wood(p: Painter, ridge: Array, n: int, size: float, depth: float, name: str, lo: float = 0, hi: float = 1) -> None:
    """Trees standing along a ridge."""
    if {"tree", "forest"} & p.r.banned:
        return
    g, s, c = p.rng(name), p.sheet(2), p.c
    leafy = p.has("broadleaf") or (
        p.r.season in ("autumn", "spring") and p.rng("leafy").random() < 0.6 and not p.r.scene == "forest"
    )
    snowy = "snow" in p.r.weather or p.r.season == "winter"
    base = p.pal.at("foliage" if leafy else "pine", depth)
    lit = mix(mix(base, p.pal.light, 0.13), p.pal.local["snow"], 0.5 * (1 - depth) * snowy) if depth < 0.9 else None
    for u in np.sort(g.random(n)).tolist():
        x = c.aspect * (lo + (hi - lo) * (u + 0.04 * math.sin(u * 40)))
        h = size * (0.55 + 0.75 * g.random())
        y = c.on(ridge, x) + size * 0.04
        if leafy:
            crown(s, x, y - h * 0.34, h * 0.33, tone(base, 0.78), base, lit if lit is not None else base, g, p.side, 16)
            s.limb([(x, y, h * 0.03), (x, y - h * 0.3, h * 0.02)], tone(base, 0.5))
        else:
            conifer(s, x, y, h, base, g, lit, p.side)
    s.lay(grit=0.08)


def conifer(
    s: Sheet,
    x: float,
    y: float,
    h: float,
    colour: Array,
    g: np.random.Generator,
    lit: Array | None = None,
    side: int = 1,
) -> None:
    """Far firs are one jagged outline; near ones are laid bough by bough, tips catching the light."""
    w = h * (0.13 + 0.06 * g.random())
    s.rect(x - h * 0.013, y - h * 0.02, x + h * 0.013, y + h * 0.05, tone(colour, 0.6))
    if h < 0.2 or lit is None:
        tiers = 6 + int(min(10, h * 40))
        jit = g.random((tiers, 4)).tolist()
        left, right = [], []
        for i, (a, b, q, k) in enumerate(jit):
            t = (i + 1) / tiers
            yy, reach, inner, sag = y - h * (1 - t) * 0.96, w * t**0.8, w * t**0.8 * 0.5, h * 0.022
            left += [(x - reach * (0.72 + 0.45 * a), yy + sag * (0.4 + b)), (x - inner, yy - sag * 0.6)]
            right += [(x + reach * (0.72 + 0.45 * q), yy + sag * (0.4 + k)), (x + inner, yy - sag * 0.6)]
        s.poly([(x, y - h * 1.04)] + left + right[::-1], colour)
        if lit is not None and h > 0.06:
            edge = right if side > 0 else left
            for i in range(2, len(edge) - 2, 4):
                s.poly([edge[i], edge[i + 1], (edge[i + 1][0] - side * w * 0.1, edge[i + 1][1] - h * 0.04)], lit)
        return
    inks = [s.ink(c) for c in (tone(colour, 0.74), tone(colour, 0.88), colour, mix(colour, lit, 0.45), lit)]
    tiers = 15 + int(10 * min(1, h))
    for i in range(tiers - 1, -1, -1):
        t = (i + 0.6) / tiers
        yy, reach = y - h * (1 - t) * 0.98, w * (0.06 + 1.05 * t**0.85)
        n = 5 + int(8 * t)
        for j, (a, b, q) in enumerate(g.random((n, 3)).tolist()):
            u = (j + 0.5) / n * 2 - 1  # across the tier, the middle boughs come toward us and droop most
            tip = (x + reach * u * (0.8 + 0.4 * a), yy + h * (0.02 + 0.035 * b) + h * 0.035 * (1 - abs(u)))
            root = (x + reach * u * 0.15, yy - h * 0.045)
            wide = h * (0.007 + 0.006 * t) * (0.8 + 0.5 * q)
            mx, my = (root[0] + tip[0]) / 2, (root[1] + tip[1]) / 2 - h * 0.006
            shade = int(np.clip(1.3 + 1.1 * u * side + 1.7 * (a - 0.5) + (0.8 if abs(u) > 0.7 else 0), 0, 4))
            s.draw.polygon(s.place([root, (mx + wide, my - wide), tip, (mx - wide, my + wide * 1.6)]), fill=inks[shade])
