"""Swells, one at a time."""

from __future__ import annotations

import numpy as np

from ..colour import mix
from ..fields import blur_line, smooth
from ..painter import Painter


def wave(p: Painter, y: float, amp: float, t: float, name: str, hollow: float | None = None) -> None:
    """One swell: pointed crests, a lit translucent lip, foam streaks that follow its back."""
    c, pal, g = p.c, p.pal, p.rng(name)
    xs = np.linspace(0, c.aspect, c.w)
    freq = (3.4 - 1.9 * t) * (.8 + .4 * g.random())
    phase = xs * freq + g.random() * 6 + .5 * c.line(name, 1.5, 2)
    crest = blur_line(1 - np.abs(np.sin(phase * 1.57)) ** .85, c.h * (.003 + .005 * t))
    crest = crest * (.55 + .45 * np.tanh(c.line(name + "a", 1.2, 2)))
    ridge = y - amp * (2.1 * crest - .5 + .14 * c.line(name + "b", 9, 4))
    if hollow is not None:
        ridge = ridge + .025 * np.exp(-((xs - hollow) / .12) ** 2)
    r0 = max(0, int(ridge.min() * c.h) - 2)
    d = (c.y - ridge[None, :])[r0:]
    depth = .55 * (1 - t)
    deep = np.asarray(mix(pal.at("water", depth, .62), pal.near, .4), np.float32)
    body = np.asarray(pal.at("water", depth, .95), np.float32)
    lip = np.asarray(mix(pal.at("water", depth, 1.35), pal.light, .35), np.float32)
    a = smooth(0, .05 + .09 * t, d)[..., None]
    b = smooth(.03, .16 + .1 * t, d)[..., None]
    col = lip * (1 - a) + body * a
    col = col * (1 - b) + deep * b
    streak = c.noise(name + "s", 46 - 20 * t, 4, stretch=6, gain=.7)
    rows = np.clip((d * c.h * 1.0).astype(int) + int(g.random() * c.h * .3), 0, c.h - 1)
    foam = streak[rows, np.arange(c.w)[None, :]]
    lace = smooth(.9, 1.7, foam) * smooth(.26, .02, d) * .55 * min(1, amp / .03)
    top = smooth(.004 + .016 * t, 0, d - .006 * foam * (.3 + t)) * smooth(.25, .8, crest)[None, :]
    white = np.asarray(mix(pal.light, pal.horizon, .25), np.float32)
    col += (white - col) * np.clip(lace * (.35 + .65 * t) + top * .92, 0, .95)[..., None]
    under = np.exp(-((c.x - p.sun[0]) / (.08 + .3 * t)) ** 2) * smooth(.6, 1.8, foam) * .45
    col += (np.asarray(pal.light, np.float32) - col) * under[..., None]
    c.px[r0:] += (col - c.px[r0:]) * np.clip(d * c.h + .5, 0, 1)[..., None].astype(np.float32)
    if p.energy < .6:
        return
    s = p.sheet(2)
    for x, j, k in g.random((int(240 * t * c.aspect), 3)).tolist():  # spray off the crests
        i = int(x * (c.w - 1))
        if crest[i] > .5:
            s.dot(i / c.h + p.side * -.04 * j * t, float(ridge[i]) - j ** 2 * .05 * t, .0005 + .0013 * k * k * t, white, alpha=.75)
    s.lay(.8)
