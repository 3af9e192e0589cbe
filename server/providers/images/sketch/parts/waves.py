"""Swells, one at a time."""

import numpy as np

from ..colour import mix
from ..fields import blur_line, smooth
from ..painter import Painter


def wave(p: Painter, y: float, amp: float, t: float, name: str, hollow: float | None = None) -> None:
    """One swell: pointed crests, a lit translucent lip, foam streaks that follow its back."""
    c, pal, g = p.c, p.pal, p.rng(name)
    xs = np.linspace(0, c.aspect, c.w)
    freq = (3.4 - 1.9 * t) * (0.8 + 0.4 * g.random())
    phase = xs * freq + g.random() * 6 + 0.5 * c.line(name, 1.5, 2)
    crest = blur_line(1 - np.abs(np.sin(phase * 1.57)) ** 0.85, c.h * (0.003 + 0.005 * t))
    crest = crest * (0.55 + 0.45 * np.tanh(c.line(name + "a", 1.2, 2)))
    ridge = y - amp * (2.1 * crest - 0.5 + 0.14 * c.line(name + "b", 9, 4))
    if hollow is not None:
        ridge = ridge + 0.025 * np.exp(-(((xs - hollow) / 0.12) ** 2))
    r0 = max(0, int(ridge.min() * c.h) - 2)
    d = (c.y - ridge[None, :])[r0:]
    depth = 0.55 * (1 - t)
    deep = np.asarray(mix(pal.at("water", depth, 0.62), pal.near, 0.4), np.float32)
    body = np.asarray(pal.at("water", depth, 0.95), np.float32)
    lip = np.asarray(mix(pal.at("water", depth, 1.35), pal.light, 0.35), np.float32)
    a = smooth(0, 0.05 + 0.09 * t, d)[..., None]
    b = smooth(0.03, 0.16 + 0.1 * t, d)[..., None]
    col = lip * (1 - a) + body * a
    col = col * (1 - b) + deep * b
    streak = c.noise(name + "s", 46 - 20 * t, 4, stretch=6, gain=0.7)
    rows = np.clip((d * c.h * 1.0).astype(int) + int(g.random() * c.h * 0.3), 0, c.h - 1)
    foam = streak[rows, np.arange(c.w)[None, :]]
    lace = smooth(0.9, 1.7, foam) * smooth(0.26, 0.02, d) * 0.55 * min(1, amp / 0.03)
    top = smooth(0.004 + 0.016 * t, 0, d - 0.006 * foam * (0.3 + t)) * smooth(0.25, 0.8, crest)[None, :]
    white = np.asarray(mix(pal.light, pal.horizon, 0.25), np.float32)
    col += (white - col) * np.clip(lace * (0.35 + 0.65 * t) + top * 0.92, 0, 0.95)[..., None]
    under = np.exp(-(((c.x - p.sun[0]) / (0.08 + 0.3 * t)) ** 2)) * smooth(0.6, 1.8, foam) * 0.45
    col += (np.asarray(pal.light, np.float32) - col) * under[..., None]
    c.px[r0:] += (col - c.px[r0:]) * np.clip(d * c.h + 0.5, 0, 1)[..., None].astype(np.float32)
    if p.energy < 0.6:
        return
    s = p.sheet(2)
    for x, j, k in g.random((int(240 * t * c.aspect), 3)).tolist():  # spray off the crests
        i = int(x * (c.w - 1))
        if crest[i] > 0.5:
            s.dot(
                i / c.h + p.side * -0.04 * j * t,
                float(ridge[i]) - j**2 * 0.05 * t,
                0.0005 + 0.0013 * k * k * t,
                white,
                alpha=0.75,
            )
    s.lay(0.8)
