"""Dunes with long windward rises and short lee falls."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..colour import lean, mix, tone
from ..fields import Array, blur_line, smooth
from ..figures.place import subjects
from ..painter import Painter
from ..parts.clouds import clouds
from ..parts.land import far_range
from ..parts.sky import sky


def dunes(p: Painter) -> Iterator[None]:
    c, g = p.c, p.rng("dunes")
    p.horizon -= .04 + .12 * g.random()
    p.sun = (p.sun[0], p.sun[1] - .08)
    sky(p)
    clouds(p, .14)
    if p.has("mesa") or g.random() < .3:
        far_range(p, .05)
    yield
    n = 5
    for i in range(n):
        t = i / (n - 1)
        y = p.horizon + .01 + (.9 - p.horizon) * t ** 1.3
        ridge, crests = dune_line(p, y, .035 + .13 * t, f"dune{i}", t)
        dune(p, ridge, crests, .72 * (1 - t), t, f"sand{i}")
        if i < 3:
            p.mist(y + .03, .025, .25 * (1 - t))
        if i == n - 2:
            subjects(p, lambda x: c.on(ridge, x) + .03, .75, .05)
        yield


def dune_line(p: Painter, y: float, amp: float, name: str, t: float) -> tuple[Array, list[tuple[float, float]]]:
    """A ridge of long windward rises and short lee falls; returns it and its crests (x, height)."""
    g, c = p.rng(name), p.c
    xs = np.linspace(0, c.aspect, c.w)
    step = .8 + .8 * t
    peaks = np.arange(-step, c.aspect + step, step) + step * g.random() + .25 * g.random()
    heights = .35 + .75 * g.random(len(peaks))
    line = np.zeros(c.w)
    for x0, h in zip(peaks.tolist(), heights.tolist()):
        u = (xs - x0) * p.side
        a = np.abs(u)
        line = np.maximum(line, h * np.where(u > 0, np.exp(-(a / (.5 + .2 * t)) ** 1.6), np.exp(-(a / (.2 + .1 * t)) ** 1.15)))
    return y - amp * (blur_line(line, c.h * (.006 + .01 * t)) - .3), list(zip(peaks.tolist(), heights.tolist()))


def dune(p: Painter, ridge: Array, crests: list[tuple[float, float]], depth: float, t: float, name: str) -> None:
    """Sand in two tones: from each crest a curving edge runs down to the viewer, with its lee in shade."""
    c, pal, g = p.c, p.pal, p.rng(name + "s")
    r0 = max(0, int(ridge.min() * c.h) - 2)
    d = (c.y - ridge[None, :])[r0:]
    down = np.clip(d, 0, 1)
    shade = np.zeros_like(d)
    for x0, h in crests:
        bend, turn = .07 + .13 * g.random(), 5 + 5 * g.random()
        edge = x0 + p.side * (bend * np.sin(down * turn) * (1 + t) + .3 * down)
        q = (edge - c.x) * p.side
        wide = (.14 + .4 * t) * (.5 + h) + .7 * down
        dark = smooth(0, .004 + .05 * down, q) * smooth(wide, wide * .1, q) * smooth(.24 + .3 * t, .04, d)
        shade = np.maximum(shade, dark * min(1, .4 + h))
    soft = c.noise(name, 3, 3, stretch=3)[r0:]
    ripples = np.sin((down * (1 + .8 * t) + .012 * c.noise(name + "r", 6, 3)[r0:]) * (300 - 150 * t)) * smooth(.01, .08, d) * .03 * t
    shine = mix(pal.light, lean(pal.horizon, pal.far, .5), .65) if p.dark else pal.light
    light = np.asarray(mix(pal.at("sand", depth, 1.06), shine, .26), np.float32)
    body = np.asarray(tone(pal.at("sand", depth, .9), 1, 1.15), np.float32)
    dark = np.asarray(mix(pal.at("sand", depth, .62), pal.near, .28), np.float32)
    col = light + (body - light) * smooth(0, .16 + .14 * t, d + .03 * soft)[..., None]
    col = col + (dark - col) * (shade * (.92 - .3 * depth))[..., None]
    col *= (1 + ripples * (1 - shade) + .03 * c.tooth[r0:])[..., None]
    c.px[r0:] += (col - c.px[r0:]) * np.clip(d * c.h + .5, 0, 1)[..., None].astype(np.float32)
