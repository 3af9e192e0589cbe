"""The lights of the sky: stars, moons, meteors, a rainbow, an aurora."""

import numpy as np

from ..colour import from_lab, look, mix, rgb
from ..fields import smooth
from ..painter import Painter


def stars(p: Painter, amount: float) -> None:
    """Many faint stars and a few bright ones."""
    if "star" in p.r.banned:
        return
    g, s = p.rng("stars"), p.sheet(2)
    n = int(420 * amount * p.c.aspect)
    for x, y, m, t in g.random((n, 4)).tolist():
        size = 0.0009 + 0.0019 * m**6
        s.dot(
            x * p.c.aspect, y**1.25 * p.horizon, size, mix(p.pal.light, p.pal.mid, 0.35 * t), alpha=0.35 + 0.65 * m**2
        )
    s.glow(0.9)
    big = p.sheet(1)
    for x, y, m, _ in g.random((9, 4)).tolist():
        big.dot(x * p.c.aspect, y * p.horizon * 0.8, 0.003 + 0.002 * m, p.pal.light)
    big.glow(0.7, soften=0.004)


def moon(p: Painter, count: int) -> None:
    """Up to five moons, the first where the light comes from."""
    c, g = p.c, p.rng("moons")
    colour = p.r.local.get("moon", mix(p.pal.light, rgb("#fff6df"), 0.5))
    for i in range(min(count, 5)):
        x, y = p.sun
        if i:
            x, y = (
                x - p.side * c.aspect * (0.26 + 0.16 * i + 0.08 * g.random()),
                y - 0.06 + 0.2 * g.random() * (-1) ** i,
            )
        x, y = min(max(x, 0.1), c.aspect - 0.1), max(y, 0.12)
        r = (0.085 if i == 0 else 0.05) * (0.8 + 0.5 * g.random())
        c.glow(x, y, r * 4.2, colour, 0.34)
        disc = c.disc(x, y, r)
        maria = smooth(0.0, 1.6, c.noise(f"maria{i}", 13, 6, gain=0.62)) * 0.16
        limb = np.clip(1 - 0.25 * ((c.x - x) ** 2 + (c.y - y) ** 2) / r**2, 0.6, 1)
        shade = (limb * (1 - maria))[..., None] * np.asarray(colour, np.float32)
        if "crescent" in p.r.known or (count == 1 and "full_moon" not in p.r.known and g.random() < 0.25):
            disc = disc * (1 - 0.94 * c.disc(x + r * 0.45, y - r * 0.25, r * 0.92))
        c.lay(disc, shade)


def meteors(p: Painter) -> None:
    """Falling stars."""
    g, s = p.rng("meteors"), p.sheet(2)
    for _ in range(max(2, p.r.extras.get("meteor", 1))):
        x, y, n = g.random() * p.c.aspect, g.random() * p.horizon * 0.5, 0.12 + 0.18 * g.random()
        s.limb(
            [(x + n * t * p.side, y - n * 0.45 * t, 0.0026 * (1 - t) + 0.0001) for t in np.linspace(0, 1, 14)],
            p.pal.light,
        )
    s.glow(0.9, soften=0.001)


def rainbow(p: Painter) -> None:
    """A rainbow over the subject."""
    c = p.c
    x, y = p.focus, p.horizon + 0.1
    d = np.sqrt((c.x - x) ** 2 + (c.y - y) ** 2)
    band = (d - 0.5) / 0.075
    lab = np.stack(
        [np.full(256, 0.8), 0.13 * np.cos(np.linspace(4.9, 0.3, 256)), 0.13 * np.sin(np.linspace(4.9, 0.3, 256))], 1
    )
    colour = look(from_lab(lab).astype(np.float32), band)
    c.lay(np.exp(-(((band - 0.5) / 0.42) ** 4)) * 0.38 * smooth(p.horizon, p.horizon - 0.35, c.y), colour)


def aurora(p: Painter) -> None:
    """Three curtains of light, green below and violet above."""
    c, g = p.c, p.rng("aurora")
    base = p.r.local.get("aurora", rgb("#58e0a0"))
    for i in range(3):
        ridge = p.horizon * (0.5 + 0.13 * i) + 0.07 * c.line(f"aurora{i}", 1.6, 3)
        up = (ridge[None, :] - c.y) / (0.22 + 0.12 * g.random())
        curtain = 0.55 + 0.45 * np.tanh(c.line(f"fold{i}", 20, 4, 0.7))[None, :]
        mask = np.where(up > 0, np.exp(-up * 2.2), np.exp(up * 30)) * curtain * (0.75 - 0.15 * i)
        top = smooth(0, 1.1, up)[..., None]
        c.screen(mask, np.asarray(base, np.float32) * (1 - top) + np.asarray(rgb("#8a5fe0"), np.float32) * top)
