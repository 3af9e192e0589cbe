"""Swells, one at a time."""

from dataclasses import dataclass

import numpy as np

from ..colour import mix
from ..fields import Array, blur_line, smooth
from ..painter import Painter


@dataclass
class Swell:
    """One swell: its ridge (y a column), its crest (0 to 1 a column), and how far below the ridge each pixel is."""

    ridge: Array
    crest: Array
    first: int  # the first row of `below`
    below: Array


def wave(p: Painter, y: float, amp: float, t: float, name: str, hollow: float | None = None) -> None:
    """A swell at y, t of the way to the viewer: a lit translucent lip, foam streaks that follow its back.

    `hollow` is the x where it lies lower, for a hull.
    """
    c, g = p.c, p.rng(name)
    swell = rolling(p, y, amp, t, name, hollow, g)
    d, r0 = swell.below, swell.first
    colour = depths(p, d, t)
    streak = c.noise(name + "s", 46 - 20 * t, 4, stretch=6, gain=0.7)
    rows = np.clip((d * c.h).astype(int) + int(g.random() * c.h * 0.3), 0, c.h - 1)
    foam = streak[rows, np.arange(c.w)[None, :]]
    lace = smooth(0.9, 1.7, foam) * smooth(0.26, 0.02, d) * 0.55 * min(1, amp / 0.03)
    top = smooth(0.004 + 0.016 * t, 0, d - 0.006 * foam * (0.3 + t)) * smooth(0.25, 0.8, swell.crest)[None, :]
    white = np.asarray(mix(p.pal.light, p.pal.horizon, 0.25), np.float32)
    colour += (white - colour) * np.clip(lace * (0.35 + 0.65 * t) + top * 0.92, 0, 0.95)[..., None]
    under = np.exp(-(((c.x - p.sun[0]) / (0.08 + 0.3 * t)) ** 2)) * smooth(0.6, 1.8, foam) * 0.45
    colour += (np.asarray(p.pal.light, np.float32) - colour) * under[..., None]
    c.px[r0:] += (colour - c.px[r0:]) * np.clip(d * c.h + 0.5, 0, 1)[..., None].astype(np.float32)
    if p.energy >= 0.6:
        spray(p, swell, t, white, g)


def rolling(
    p: Painter, y: float, amp: float, t: float, name: str, hollow: float | None, g: np.random.Generator
) -> Swell:
    """Pointed crests along a line."""
    c = p.c
    xs = np.linspace(0, c.aspect, c.w)
    pitch = (3.4 - 1.9 * t) * (0.8 + 0.4 * g.random())
    phase = xs * pitch + g.random() * 6 + 0.5 * c.line(name, 1.5, 2)
    crest = blur_line(1 - np.abs(np.sin(phase * 1.57)) ** 0.85, c.h * (0.003 + 0.005 * t))
    crest = crest * (0.55 + 0.45 * np.tanh(c.line(name + "a", 1.2, 2)))
    ridge = y - amp * (2.1 * crest - 0.5 + 0.14 * c.line(name + "b", 9, 4))
    if hollow is not None:
        ridge = ridge + 0.025 * np.exp(-(((xs - hollow) / 0.12) ** 2))
    first = max(0, int(ridge.min() * c.h) - 2)
    return Swell(ridge, crest, first, (c.y - ridge[None, :])[first:])


def depths(p: Painter, d: Array, t: float) -> Array:
    """Water from its lit lip through its body to the deep."""
    pal, far = p.pal, 0.55 * (1 - t)
    deep = np.asarray(mix(pal.at("water", far, 0.62), pal.near, 0.4), np.float32)
    body = np.asarray(pal.at("water", far, 0.95), np.float32)
    lip = np.asarray(mix(pal.at("water", far, 1.35), pal.light, 0.35), np.float32)
    a = smooth(0, 0.05 + 0.09 * t, d)[..., None]
    b = smooth(0.03, 0.16 + 0.1 * t, d)[..., None]
    return (lip * (1 - a) + body * a) * (1 - b) + deep * b


def spray(p: Painter, swell: Swell, t: float, white: Array, g: np.random.Generator) -> None:
    """Drops blown off the crests."""
    c, s = p.c, p.sheet(2)
    for x, j, k in g.random((int(240 * t * c.aspect), 3)).tolist():
        i = int(x * (c.w - 1))
        if swell.crest[i] > 0.5:
            drop = 0.0005 + 0.0013 * k * k * t
            s.dot(i / c.h - p.side * 0.04 * j * t, float(swell.ridge[i]) - j**2 * 0.05 * t, drop, white, alpha=0.75)
    s.lay(0.8)
