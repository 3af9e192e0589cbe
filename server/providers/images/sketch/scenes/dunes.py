"""Dunes with long windward rises and short lee falls."""

from collections.abc import Iterator

import numpy as np

from ..colour import lean, mix, tone
from ..fields import Array, blur_line, smooth
from ..figures.place import subjects
from ..painter import Painter
from ..parts.clouds import clouds
from ..parts.land import far_range
from ..parts.sky import sky

ROWS = 5
Crest = tuple[float, float]  # x, height


def dunes(p: Painter) -> Iterator[None]:
    """Row behind row of dunes under a spare sky."""
    c, g = p.c, p.rng("dunes")
    p.horizon -= 0.04 + 0.12 * g.random()
    p.sun = (p.sun[0], p.sun[1] - 0.08)
    sky(p)
    clouds(p, 0.14)
    if p.has("mesa") or g.random() < 0.3:
        far_range(p, 0.05)
    yield
    for i in range(ROWS):
        t = i / (ROWS - 1)
        y = p.horizon + 0.01 + (0.9 - p.horizon) * t**1.3
        ridge, crests = dune_line(p, y, 0.035 + 0.13 * t, f"dune{i}", t)
        dune(p, ridge, crests, 0.72 * (1 - t), t, f"sand{i}")
        if i < 3:
            p.mist(y + 0.03, 0.025, 0.25 * (1 - t))
        if i == ROWS - 2:
            subjects(p, lambda x, ridge=ridge: c.on(ridge, x) + 0.03, 0.75, 0.05)
        yield


def dune_line(p: Painter, y: float, amp: float, name: str, t: float) -> tuple[Array, list[Crest]]:
    """A ridge of long windward rises and short lee falls; returns it and its crests."""
    g, c = p.rng(name), p.c
    xs, step = np.linspace(0, c.aspect, c.w), 0.8 + 0.8 * t
    peaks = np.arange(-step, c.aspect + step, step) + step * g.random() + 0.25 * g.random()
    crests = list(zip(peaks.tolist(), (0.35 + 0.75 * g.random(len(peaks))).tolist(), strict=True))
    line = np.zeros(c.w)
    for x0, h in crests:
        a, lee = np.abs(xs - x0), (xs - x0) * p.side <= 0
        rise, fall = np.exp(-((a / (0.5 + 0.2 * t)) ** 1.6)), np.exp(-((a / (0.2 + 0.1 * t)) ** 1.15))
        line = np.maximum(line, h * np.where(lee, fall, rise))
    return y - amp * (blur_line(line, c.h * (0.006 + 0.01 * t)) - 0.3), crests


def dune(p: Painter, ridge: Array, crests: list[Crest], depth: float, t: float, name: str) -> None:
    """Sand in two tones: from each crest a curving edge runs down to the viewer, with its lee in shade."""
    c, pal, g = p.c, p.pal, p.rng(name + "s")
    r0 = max(0, int(ridge.min() * c.h) - 2)
    d = (c.y - ridge[None, :])[r0:]
    down = np.clip(d, 0, 1)
    shade = np.zeros_like(d)
    for x0, h in crests:
        bend, turn = 0.07 + 0.13 * g.random(), 5 + 5 * g.random()
        edge = x0 + p.side * (bend * np.sin(down * turn) * (1 + t) + 0.3 * down)
        q = (edge - c.x) * p.side
        wide = (0.14 + 0.4 * t) * (0.5 + h) + 0.7 * down
        dark = smooth(0, 0.004 + 0.05 * down, q) * smooth(wide, wide * 0.1, q) * smooth(0.24 + 0.3 * t, 0.04, d)
        shade = np.maximum(shade, dark * min(1, 0.4 + h))
    soft = c.noise(name, 3, 3, stretch=3)[r0:]
    ripples = (
        np.sin((down * (1 + 0.8 * t) + 0.012 * c.noise(name + "r", 6, 3)[r0:]) * (300 - 150 * t))
        * smooth(0.01, 0.08, d)
        * 0.03
        * t
    )
    shine = mix(pal.light, lean(pal.horizon, pal.far, 0.5), 0.65) if p.dark else pal.light
    light = np.asarray(mix(pal.at("sand", depth, 1.06), shine, 0.26), np.float32)
    body = np.asarray(tone(pal.at("sand", depth, 0.9), 1, 1.15), np.float32)
    dark = np.asarray(mix(pal.at("sand", depth, 0.62), pal.near, 0.28), np.float32)
    col = light + (body - light) * smooth(0, 0.16 + 0.14 * t, d + 0.03 * soft)[..., None]
    col = col + (dark - col) * (shade * (0.92 - 0.3 * depth))[..., None]
    col *= (1 + ripples * (1 - shade) + 0.03 * c.tooth[r0:])[..., None]
    c.px[r0:] += (col - c.px[r0:]) * np.clip(d * c.h + 0.5, 0, 1)[..., None].astype(np.float32)
