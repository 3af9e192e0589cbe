"""What is in the air: a far flock, petals, fireflies, embers, lanterns."""

import math

import numpy as np

from ..colour import mix, rgb, tone
from ..fields import Array
from ..figures.silhouettes import Light, draw_figure, tones
from ..painter import Painter


def birds(p: Painter, n: int | None = None) -> None:
    """A far flock."""
    if "flock" in p.r.banned or "bird" in p.r.banned:
        return
    g, s = p.rng("birds"), p.sheet(3 if p.c.h < 700 else 2)
    cx, cy = p.c.aspect * (0.25 + 0.5 * g.random()), p.horizon * (0.28 + 0.35 * g.random())
    colour = mix(p.pal.near, p.pal.mid, 0.25)
    for _ in range(n or (5 + int(9 * g.random()))):
        x, y, r = cx + g.normal() * 0.11, cy + g.normal() * 0.045, 0.009 + 0.009 * g.random()
        lift = 0.2 + 0.6 * g.random()
        for side in (-1, 1):
            elbow = (x + side * r * 0.55, y - r * lift, r * 0.09)
            s.curve([(x, y, r * 0.1), elbow, (x + side * r * 1.25, y - r * lift * 0.35, r * 0.01)], colour, 0.9)
    s.lay()


def drift(p: Painter) -> None:
    """Whatever the words put in the air: petals, leaves, fireflies, embers, lanterns."""
    g = p.rng("drift")
    if p.r.scene in ("window", "hall", "still", "space"):
        return
    if p.has("petal") or p.has("leaf"):
        petals(p, g)
    if p.has("firefly"):
        sparks(p, rgb("#ffe58a"), 46, g)
    if p.has("ember"):
        sparks(p, rgb("#ff8a3c"), 90, g)
    if p.has("lanterns"):
        lanterns(p, g)


def petals(p: Painter, g: np.random.Generator) -> None:
    """Petals or leaves, each turned its own way."""
    s, t = p.sheet(2), np.linspace(0, 6.28, 9)
    base = p.r.local.get("petal", rgb("#f6bccb")) if p.has("petal") else p.pal.local["leaf"]
    for x, y, a, j in g.random((int(80 * p.c.aspect), 4)).tolist():
        r = 0.003 + 0.006 * j**2
        u, v, cos, sin = np.cos(t) * r, np.sin(t) * r * 0.45, math.cos(a * 6), math.sin(a * 6)
        outline = np.stack([x * p.c.aspect + u * cos - v * sin, y + u * sin + v * cos], 1)
        s.poly(outline, p.pal.lit(tone(base, 0.85 + 0.25 * a), pull=0.6))
    s.lay(0.95)


def sparks(p: Painter, colour: Array, n: int, g: np.random.Generator) -> None:
    """Points of light with a glow about them, more of them below."""
    s = p.sheet(2)
    for x, y, j in g.random((int(n * p.c.aspect), 3)).tolist():
        s.dot(x * p.c.aspect, 1 - 0.7 * y**0.8, 0.0022 + 0.0046 * j**2, colour)
    for soften in (0.016, 0.006, 0.0008):
        s.glow(1, soften=soften)


def lanterns(p: Painter, g: np.random.Generator) -> None:
    """Paper lanterns that rise, far ones first."""
    lamp = p.r.local.get("lanterns", rgb("#ffb45a"))
    own, light = tones("lantern", lamp, rgb("#ffe9b0")), Light(p.pal.near, p.pal.light, p.sun, rim=0.1)
    for x, y, j in sorted(g.random((int(14 * p.c.aspect), 3)).tolist(), key=lambda v: v[2]):
        size = 0.02 + 0.06 * j**2
        x, y = x * p.c.aspect, 0.06 + y * p.horizon * 0.85
        p.c.glow(x, y - size / 2, size * 2.2, lamp, 0.5)
        draw_figure(p.c, "lantern", x, y, size, own, light)
