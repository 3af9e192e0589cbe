"""Trunks close by: bark, birch, bamboo."""

import math

import numpy as np

from ..colour import mix, rgb, tone
from ..fields import Array
from ..figures.trees import Leaf, crown
from ..painter import Painter
from ..sheet import Sheet


def trunks(p: Painter, ridge: Array, t: float, depth: float, gap: float, name: str) -> None:
    """Trunks that rise out of the picture, t of the way to the front, none in the gap."""
    g, s, c = p.rng(name), p.sheet(2), p.c
    birch, bamboo = p.has("birch"), p.has("bamboo")
    few = not (birch or bamboo)
    n = 4 if few else int((20 - 12 * t) * c.aspect)
    for u in np.sort(g.random(n)).tolist():
        if t > 0.5 and abs(u - gap) < 0.18 or (n == 4 and 0.2 < u < 0.8):
            continue
        x, w = u * c.aspect, (0.006 + 0.03 * t**1.5) * (0.6 + 0.8 * g.random()) * (0.5 if bamboo else 1)
        y, bend = c.on(ridge, x) + 0.02, (g.random() - 0.5) * 0.06
        colour = stem(p, s, x, y, w, bend, depth, g)
        if birch:
            birch_marks(p, s, x, y, w, bend, t, colour, g)
        if bamboo:
            bamboo_rings(p, s, x, y, w, bend, t, colour)
            bamboo_leaves(p, s, x, y, t, depth, g)
        elif g.random() < 0.7:
            bough(s, x, y, w, colour, g)
    s.lay(grit=0.12)
    if t > 0.7 and p.has("broadleaf") and p.r.season != "winter":
        canopy(p, g)


def stem(
    p: Painter, s: Sheet, x: float, y: float, w: float, bend: float, depth: float, g: np.random.Generator
) -> Array:
    """One trunk and the light along its side; returns its colour."""
    bark = "#e9e4da" if p.has("birch") else "#7fa05a" if p.has("bamboo") else "#4a3a36"
    colour = p.pal.lit(tone(rgb(bark), 0.85 + 0.25 * g.random()), depth)
    s.curve([(x, y, w * 1.15), (x + bend * 0.3, y * 0.5, w * 0.9), (x + bend, -0.05, w * 0.75)], colour)
    off = p.side * w
    foot, waist = (x + off * 0.45, y, w * 0.5), (x + bend * 0.3 + off * 0.4, y * 0.5, w * 0.4)
    s.curve([foot, waist, (x + bend + off * 0.3, -0.05, w * 0.3)], mix(colour, p.pal.light, 0.28))
    return colour


def birch_marks(
    p: Painter, s: Sheet, x: float, y: float, w: float, bend: float, t: float, colour: Array, g: np.random.Generator
) -> None:
    """Dark dashes across a birch."""
    for v in g.random(int(3 + 9 * t)).tolist():
        u, m = x + bend * (1 - v) + (g.random() - 0.5) * w, w * (0.25 + 0.5 * g.random())
        s.dot(u, y * v, m, mix(colour, p.pal.near, 0.3 + 0.4 * t), ry=w * 0.1)


def bamboo_rings(p: Painter, s: Sheet, x: float, y: float, w: float, bend: float, t: float, colour: Array) -> None:
    """The joints of a culm."""
    for v in np.arange(0.04, 1, 0.09 + 0.03 * t).tolist():
        s.dot(x + bend * 0.3, y * v, w * 1.05, mix(colour, p.pal.near, 0.5), ry=w * 0.13)


def bamboo_leaves(p: Painter, s: Sheet, x: float, y: float, t: float, depth: float, g: np.random.Generator) -> None:
    """Three sprays of leaves on a culm that is near enough."""
    if t <= 0.3:
        return
    leaf = p.pal.lit(tone(rgb("#6f9a4c"), 0.8 + 0.4 * g.random()), depth)
    for v in g.random(3).tolist():
        root = y * v * 0.7
        for k in range(5):
            a, m = -0.5 + 0.9 * k / 4 + 0.5 * g.random(), (0.05 + 0.05 * g.random()) * (0.4 + t)
            tip = (x + (1 if k % 2 else -1) * m * math.cos(a), root + m * math.sin(a) + 0.02)
            middle = ((x + tip[0]) / 2, (root + tip[1]) / 2 - m * 0.08, m * 0.09)
            s.curve([(x, root, m * 0.02), middle, (*tip, m * 0.01)], leaf, n=4)


def bough(s: Sheet, x: float, y: float, w: float, colour: Array, g: np.random.Generator) -> None:
    """A bare branch to one side."""
    up, way = y * (0.15 + 0.4 * g.random()), 1 if g.random() < 0.5 else -1
    elbow, tip = (x + way * w * 5, up - 0.08, w * 0.2), (x + way * w * 9, up - 0.11, w * 0.05)
    s.curve([(x, up, w * 0.4), elbow, tip], colour, n=5)


def canopy(p: Painter, g: np.random.Generator) -> None:
    """Leaves that hang in from above, on both sides."""
    s, leaf = p.sheet(2), p.pal.lit(p.pal.local["foliage"], 0)
    leaves = Leaf(*(tone(leaf, light) for light in (0.6, 0.75, 0.95)))
    for _ in range(9):
        x = p.c.aspect * (g.random() * 0.3 + (0.7 if g.random() < 0.5 else 0))
        y, r = 0.02 + 0.06 * g.random(), 0.1 + 0.06 * g.random()
        crown(s, x, y, r, leaves, g, p.side)
    s.lay(grit=0.1)
