"""Trees along a ridge, firs bough by bough."""

import math

import numpy as np

from ..colour import mix, tone
from ..fields import Array
from ..figures.trees import Leaf, crown
from ..painter import Painter
from ..sheet import Sheet


def wood(p: Painter, ridge: Array, n: int, size: float, depth: float, name: str, lo: float = 0, hi: float = 1) -> None:
    """Trees standing along a ridge, between two shares of the picture's width."""
    if {"tree", "forest"} & p.r.banned:
        return
    g, s, c = p.rng(name), p.sheet(2), p.c
    leafy = deciduous(p)
    snowy = "snow" in p.r.weather or p.r.season == "winter"
    base = p.pal.at("foliage" if leafy else "pine", depth)
    lit = mix(mix(base, p.pal.light, 0.13), p.pal.local["snow"], 0.5 * (1 - depth) * snowy) if depth < 0.9 else None
    leaf = Leaf(tone(base, 0.78), base, base if lit is None else lit)
    for u in np.sort(g.random(n)).tolist():
        x = c.aspect * (lo + (hi - lo) * (u + 0.04 * math.sin(u * 40)))
        h = size * (0.55 + 0.75 * g.random())
        y = c.on(ridge, x) + size * 0.04
        if leafy:
            crown(s, x, y - h * 0.34, h * 0.33, leaf, g, p.side, 16)
            s.limb([(x, y, h * 0.03), (x, y - h * 0.3, h * 0.02)], tone(base, 0.5))
        else:
            conifer(s, x, y, h, base, lit, p.side, g)
    s.lay(grit=0.08)


def deciduous(p: Painter) -> bool:
    """Whether this picture's woods have leaves: as named, else perhaps in spring and autumn."""
    if p.has("broadleaf"):
        return True
    leafy = p.rng("leafy").random() < 0.6
    return leafy and p.r.season in ("autumn", "spring") and p.r.scene != "forest"


def conifer(
    s: Sheet, x: float, y: float, h: float, colour: Array, lit: Array | None, side: int, g: np.random.Generator
) -> None:
    """Far firs are one jagged outline; near ones are laid bough by bough."""
    w = h * (0.13 + 0.06 * g.random())
    s.rect(x - h * 0.013, y - h * 0.02, x + h * 0.013, y + h * 0.05, tone(colour, 0.6))
    if h < 0.2 or lit is None:
        outline(s, x, y, w, h, colour, lit, side, g)
    else:
        boughs(s, x, y, w, h, colour, lit, side, g)


def outline(
    s: Sheet,
    x: float,
    y: float,
    w: float,
    h: float,
    colour: Array,
    lit: Array | None,
    side: int,
    g: np.random.Generator,
) -> None:
    """A fir as one shape, w wide and h high, its tiers jagged, one edge catching the light."""
    tiers = 6 + int(min(10, h * 40))
    left, right, sag = [], [], h * 0.022
    for i, (a, b, q, k) in enumerate(g.random((tiers, 4)).tolist()):
        t = (i + 1) / tiers
        tier, reach = y - h * (1 - t) * 0.96, w * t**0.8
        left += [(x - reach * (0.72 + 0.45 * a), tier + sag * (0.4 + b)), (x - reach * 0.5, tier - sag * 0.6)]
        right += [(x + reach * (0.72 + 0.45 * q), tier + sag * (0.4 + k)), (x + reach * 0.5, tier - sag * 0.6)]
    s.poly([(x, y - h * 1.04), *left, *right[::-1]], colour)
    if lit is not None and h > 0.06:
        edge = right if side > 0 else left
        for tip, (ix, iy) in zip(edge[2:-2:4], edge[3:-1:4], strict=True):
            s.poly([tip, (ix, iy), (ix - side * w * 0.1, iy - h * 0.04)], lit)


def boughs(
    s: Sheet, x: float, y: float, w: float, h: float, colour: Array, lit: Array, side: int, g: np.random.Generator
) -> None:
    """A fir bough by bough from the foot up, tips catching the light."""
    inks = [s.ink(c) for c in (tone(colour, 0.74), tone(colour, 0.88), colour, mix(colour, lit, 0.45), lit)]
    tiers = 15 + int(10 * min(1, h))
    for i in range(tiers - 1, -1, -1):
        t = (i + 0.6) / tiers
        tier, reach, n = y - h * (1 - t) * 0.98, w * (0.06 + 1.05 * t**0.85), 5 + int(8 * t)
        for j, (a, b, q) in enumerate(g.random((n, 3)).tolist()):
            u = (j + 0.5) / n * 2 - 1  # across the tier, the middle boughs come toward us and droop most
            tip = (x + reach * u * (0.8 + 0.4 * a), tier + h * (0.02 + 0.035 * b) + h * 0.035 * (1 - abs(u)))
            root = (x + reach * u * 0.15, tier - h * 0.045)
            wide = h * (0.007 + 0.006 * t) * (0.8 + 0.5 * q)
            mx, my = (root[0] + tip[0]) / 2, (root[1] + tip[1]) / 2 - h * 0.006
            shade = int(np.clip(1.3 + 1.1 * u * side + 1.7 * (a - 0.5) + (0.8 if abs(u) > 0.7 else 0), 0, 4))
            s.draw.polygon(s.place([root, (mx + wide, my - wide), tip, (mx - wide, my + wide * 1.6)]), fill=inks[shade])
