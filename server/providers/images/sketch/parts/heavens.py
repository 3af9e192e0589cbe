"""The lights of the sky: stars, moons, meteors, a rainbow, an aurora."""

from __future__ import annotations

import numpy as np

from ..colour import from_lab, look, mix, rgb
from ..fields import smooth
from ..painter import Painter


def stars(p: Painter, amount: float) -> None:
    if "star" in p.r.banned:
        return
    g, s = p.rng("stars"), p.sheet(2)
    n = int(420 * amount * p.c.aspect)
    for x, y, m, t in g.random((n, 4)).tolist():
        size = .0009 + .0019 * m ** 6
        s.dot(x * p.c.aspect, y ** 1.25 * p.horizon, size, mix(p.pal.light, p.pal.mid, .35 * t), alpha=.35 + .65 * m ** 2)
    s.glow(.9)
    big = p.sheet(1)
    for x, y, m, _ in g.random((9, 4)).tolist():
        big.dot(x * p.c.aspect, y * p.horizon * .8, .003 + .002 * m, p.pal.light)
    big.glow(.7, soften=.004)


def moon(p: Painter, count: int) -> None:
    c, g = p.c, p.rng("moons")
    colour = p.r.local.get("moon", mix(p.pal.light, rgb("#fff6df"), .5))
    for i in range(min(count, 5)):
        x, y = p.sun
        if i:
            x, y = x - p.side * c.aspect * (.26 + .16 * i + .08 * g.random()), y - .06 + .2 * g.random() * (-1) ** i
        x, y = min(max(x, .1), c.aspect - .1), max(y, .12)
        r = (.085 if i == 0 else .05) * (.8 + .5 * g.random())
        c.glow(x, y, r * 4.2, colour, .34)
        disc = c.disc(x, y, r)
        maria = smooth(.0, 1.6, c.noise(f"maria{i}", 13, 6, gain=.62)) * .16
        limb = np.clip(1 - .25 * ((c.x - x) ** 2 + (c.y - y) ** 2) / r ** 2, .6, 1)
        shade = (limb * (1 - maria))[..., None] * np.asarray(colour, np.float32)
        if "crescent" in p.r.known or (count == 1 and "full_moon" not in p.r.known and g.random() < .25):
            disc = disc * (1 - .94 * c.disc(x + r * .45, y - r * .25, r * .92))
        c.lay(disc, shade)


def meteors(p: Painter) -> None:
    g, s = p.rng("meteors"), p.sheet(2)
    for _ in range(max(2, p.r.extras.get("meteor", 1))):
        x, y, n = g.random() * p.c.aspect, g.random() * p.horizon * .5, .12 + .18 * g.random()
        s.limb([(x + n * t * p.side, y - n * .45 * t, .0026 * (1 - t) + .0001) for t in np.linspace(0, 1, 14)], p.pal.light)
    s.glow(.9, soften=.001)


def rainbow(p: Painter) -> None:
    c = p.c
    x, y = p.focus, p.horizon + .1
    d = np.sqrt((c.x - x) ** 2 + (c.y - y) ** 2)
    band = (d - .5) / .075
    lab = np.stack([np.full(256, .8), .13 * np.cos(np.linspace(4.9, .3, 256)), .13 * np.sin(np.linspace(4.9, .3, 256))], 1)
    colour = look(from_lab(lab).astype(np.float32), band)
    c.lay(np.exp(-((band - .5) / .42) ** 4) * .38 * smooth(p.horizon, p.horizon - .35, c.y), colour)


def aurora(p: Painter) -> None:
    c, g = p.c, p.rng("aurora")
    base = p.r.local.get("aurora", rgb("#58e0a0"))
    for i in range(3):
        ridge = p.horizon * (.5 + .13 * i) + .07 * c.line(f"aurora{i}", 1.6, 3)
        up = (ridge[None, :] - c.y) / (.22 + .12 * g.random())
        curtain = .55 + .45 * np.tanh(c.line(f"fold{i}", 20, 4, .7))[None, :]
        mask = np.where(up > 0, np.exp(-up * 2.2), np.exp(up * 30)) * curtain * (.75 - .15 * i)
        top = smooth(0, 1.1, up)[..., None]
        c.screen(mask, np.asarray(base, np.float32) * (1 - top) + np.asarray(rgb("#8a5fe0"), np.float32) * top)
