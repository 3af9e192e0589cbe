"""Things on a table: vessels that are turned, fruit, a bouquet."""

import math

import numpy as np

from ..colour import mix, rgb, tone
from ..fields import Array, smooth
from ..painter import Painter
from ..parts.flowers import flower, flower_kind
from ..sheet import spline

PROFILES = {  # half width and height, from the foot up
    "vase": ".16,0 .2,.1 .3,.34 .27,.6 .1,.78 .09,.9 .14,1",
    "bottle": ".15,0 .16,.08 .16,.55 .13,.66 .05,.76 .045,.96 .06,1",
    "bowl": ".16,0 .2,.08 .42,.5 .52,.94 .53,1",
    "jug": ".2,0 .28,.2 .27,.45 .16,.72 .17,.9 .2,1",
    "cup": ".18,0 .24,.2 .28,.7 .3,1",
    "candle": ".09,0 .09,.5 .09,1",
}


def turned(p: Painter, name: str, x: float, y: float, h: float, colour: Array, gloss: float = 0.4) -> None:
    """A turned vessel: its profile gives the outline, the place across it gives the light."""
    c = p.c
    prof = spline([tuple(map(float, q.split(","))) for q in PROFILES[name].split()], n=10)
    v = np.clip((y - c.y) / h, 0, 1)
    half = np.interp(v[:, 0], prof[:, 1], prof[:, 0])[:, None] * h
    u = (c.x - x) / (half + 1e-6)
    curve = 0.045 * h * (half / (0.3 * h))
    foot = smooth(y + curve, y + curve * 0.9, c.y + curve * u**2)
    inside = np.clip((half - np.abs(c.x - x)) * c.h + 0.5, 0, 1) * foot * (c.y > y - h)
    s = u * p.side
    form = 0.5 + 0.62 * np.clip(s, -1, 1) - 0.45 * smooth(0.72, 1, s) - 0.05
    form = np.clip(form + 0.16 * smooth(-0.7, -1, s), 0.12, 1)
    shine = np.exp(-(((s - 0.55) / 0.1) ** 2)) * gloss * smooth(0.05, 0.2, v) * smooth(1, 0.85, v)
    dark = mix(tone(colour, 0.38), p.pal.near, 0.35)
    lit = mix(tone(colour, 1.12), p.pal.light, 0.22)
    col = np.asarray(dark, np.float32) + (np.asarray(lit, np.float32) - np.asarray(dark, np.float32)) * form[..., None]
    col += (np.asarray(p.pal.light, np.float32) - col) * shine[..., None]
    c.lay(inside, col, grit=0.05)
    top = float(prof[-1, 0]) * h
    if name != "candle":
        rim = np.sqrt(((c.x - x) / top) ** 2 + ((c.y - (y - h)) / (top * 0.22)) ** 2)
        c.lay(np.clip((1 - rim) * top * 0.2 * c.h + 0.5, 0, 1), mix(dark, tone(colour, 0.6), 0.4))
        c.lay(np.clip(0.6 - np.abs(rim - 0.95) * top * 0.22 * c.h, 0, 1), lit, 0.9)


def ball(p: Painter, x: float, y: float, r: float, colour: Array, squash: float = 0.92) -> None:
    """A round fruit with its stalk."""
    c = p.c
    u, v = (c.x - x) / r, (c.y - y) / (r * squash)
    d = np.sqrt(u * u + v * v)
    z = np.sqrt(np.clip(1 - d * d, 0, 1))
    form = np.clip(0.32 + 0.62 * (u * p.side * 0.55 - v * 0.55 + z * 0.5), 0.05, 1)
    dark, lit = mix(tone(colour, 0.42), p.pal.near, 0.3), mix(tone(colour, 1.1), p.pal.light, 0.18)
    col = (
        np.asarray(dark, np.float32)
        + (np.asarray(lit, np.float32) - np.asarray(dark, np.float32)) * smooth(0, 1, form)[..., None]
    )
    col += (np.asarray(p.pal.light, np.float32) - col) * (
        0.7 * np.exp(-((u - 0.42 * p.side) ** 2 + (v + 0.45) ** 2) / 0.03)
    )[..., None]
    c.lay(np.clip((1 - d) * r * c.h + 0.5, 0, 1), col, grit=0.06)
    s = p.sheet(2)
    h = r * squash
    s.curve(
        [(x, y - h * 0.8, r * 0.05), (x + 0.05 * r, y - h * 1.1, r * 0.05), (x + 0.2 * r, y - h * 1.25, r * 0.07)],
        mix(rgb("#4a3526"), p.pal.near, 0.3),
        n=5,
    )
    s.lay()


def fruit(p: Painter, g: np.random.Generator, j: int) -> Array:
    """The colour of the j-th fruit: of a named kind, else of any."""
    known = " ".join(p.r.known)
    codes = {"lemon": "#f2cf3f", "orange": "#ee8f2f", "apple": "#c9402f", "pear": "#b8b84a", "plum": "#6f4a86"}
    named = [p.r.local.get(k, rgb(v)) for k, v in codes.items() if k in known]
    colour = (named or [rgb(v) for v in codes.values()])[int(g.random() * 9 + j) % len(named or codes)]
    return p.pal.lit(colour, 0, 1.05, pull=0.35, unify=0.3)


def bouquet(p: Painter, x: float, y: float, h: float) -> None:
    """Flowers out of the neck of a vase at (x, y)."""
    g, s = p.rng("bouquet"), p.sheet(2)
    kind, colours = flower_kind(p)
    green = p.pal.lit(rgb("#5d7f4f"))
    heads = []
    for i in range(11):
        t, n = (i / 10 - 0.5) * 2.1 + (g.random() - 0.5) * 0.3, h * (0.5 + 0.55 * g.random())
        hx, hy = x + math.sin(t) * n * 0.8, y - math.cos(t) * n
        s.curve(
            [(x, y + 0.03, 0.004), (x + math.sin(t) * n * 0.25, y - n * 0.5, 0.003), (hx, hy, 0.0025)],
            tone(green, 0.8 + 0.3 * g.random()),
        )
        leaf = [
            (x + math.sin(t) * n * 0.3, y - n * 0.45, 0.003),
            (x + math.sin(t + 0.5) * n * 0.55, y - n * 0.55, 0.013),
            (x + math.sin(t + 0.6) * n * 0.75, y - n * 0.5, 0.001),
        ]
        s.curve(leaf, tone(green, 0.7 + 0.5 * g.random()))
        heads.append((hx, hy, 0.026 + 0.022 * g.random()))
    for i, (hx, hy, r) in enumerate(sorted(heads, key=lambda v: v[1])):
        flower(s, hx, hy, r, p.pal.lit(colours[i % len(colours)], 0, 0.9 + 0.2 * g.random(), pull=0.4), kind, g, 0.8)
    s.lay(grit=0.06)
