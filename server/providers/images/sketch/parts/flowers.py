"""Flowers: their kinds, one by one and by the meadow."""

import math

import numpy as np

from ..colour import rgb, tone
from ..fields import Array
from ..painter import Painter
from ..sheet import Sheet


def flower(
    s: Sheet, x: float, y: float, r: float, colour: Array, kind: int, g: np.random.Generator, tilt: float = 0.8
) -> None:
    """One flower: petals around a heart, seen at a tilt."""
    heart = tone(colour, 0.45) if kind != 1 else rgb("#f0c23c")
    n = (5, 11, 4, 7)[kind]
    turn = g.random() * 6.28
    for i in range(n):
        a = turn + i * 6.283 / n
        reach = r * (0.55 if kind != 1 else 0.62)
        pr = r * (0.56, 0.22, 0.66, 0.4)[kind]
        petal = tone(colour, 0.88 + 0.2 * ((i * 7919) % 5) / 5 - 0.08 * math.sin(a))
        s.dot(x + math.cos(a) * reach, y + math.sin(a) * reach * tilt, pr, petal, ry=pr * tilt)
    s.dot(x, y, r * 0.34, heart, ry=r * 0.34 * tilt)
    s.dot(x - r * 0.06, y - r * 0.08, r * 0.16, tone(heart, 1.5), ry=r * 0.14 * tilt)


FLOWERS = {  # shape and colours
    "poppy": (2, "#e0402f #e8593a #cf2f2b"),
    "lavender": (3, "#8a6cc4 #a488d8 #7556b0"),
    "daisy": (1, "#fbf7ee #f4efe6"),
    "sunflower": (1, "#f2b92c #f6cb4a"),
    "tulip": (2, "#e4573d #f0a03c #e26a94"),
    "rose": (0, "#d8436a #e9718e"),
}
MEADOWS = ("#e86f8f #f3c14b #fbf1e4", "#7b6fd0 #f2a7c0 #fbf1e4", "#f08a4b #f6d36b #e4573d", "#fbf7ee #8fb5e8 #f3c14b")


def flower_kind(p: Painter) -> tuple[int, list[Array]]:
    """The shape and the colours of this picture's flowers: named ones, or a mixture by seed."""
    shape, codes = next(
        (FLOWERS[name] for name in FLOWERS if any(w.startswith(name[:4]) for w in p.r.known)),
        (int(p.rng("kind").integers(0, 4)), MEADOWS[int(p.rng("kinds").integers(0, 4))]),
    )
    colour = p.r.local.get("blossom")
    return shape, [rgb(c) for c in codes.split()] if colour is None else [
        colour,
        tone(colour, 1.15),
        tone(colour, 0.85),
    ]


def blossoms(p: Painter, y0: float, y1: float, n: int, size: float, soften: float = 0) -> None:
    """Flowers on stems between two heights, about n a unit of width; `soften` throws them out of focus."""
    g, s = p.rng(f"blossom{y0:.2f}"), p.sheet(2)
    kind, colours = flower_kind(p)
    stem = p.pal.at("foliage", 0.05, 0.8)
    v = np.sort(g.random(int(n * p.c.aspect)))
    for t, (u, j, k, q) in zip(v.tolist(), g.random((len(v), 4)).tolist(), strict=True):
        x, y, r = u * p.c.aspect, y0 + (y1 - y0) * t, size * (0.6 + 0.8 * j) * (0.55 + 0.45 * t)
        s.curve(
            [(x + (k - 0.5) * r * 2, y + r * (5 + 3 * q), r * 0.1), (x, y, r * 0.07)], tone(stem, 0.8 + 0.3 * q), n=3
        )
        flower(
            s,
            x,
            y,
            r,
            p.pal.lit(colours[int(q * len(colours))], 0.03, 0.92 + 0.16 * k, pull=0.45),
            kind,
            g,
            0.55 + 0.35 * k,
        )
    s.lay(soften=soften)
