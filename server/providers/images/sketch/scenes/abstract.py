"""Four kinds of abstract picture."""

import math
from collections.abc import Iterator

import numpy as np

from ..colour import look, mix, ramp, rgb
from ..fields import resize, smooth
from ..figures.place import subjects
from ..painter import Painter
from ..parts.land import land


def abstract(p: Painter) -> Iterator[None]:
    g = p.rng("abstract")
    options = ("flow", "strata", "orbs") if p.energy < 0.5 else ("flow", "geometric", "strata", "orbs", "flow")
    kind = "geometric" if p.has("geometric") else "flow" if p.has("flow") else options[int(g.random() * len(options))]
    yield from {"flow": flow, "geometric": bauhaus, "strata": strata, "orbs": orbs}[kind](p)
    subjects(p, lambda x: 0.84, 1)


def flow(p: Painter) -> Iterator[None]:
    """Ribbons that bend together, each one tone, each lying over the next with a soft shadow."""
    c, pal, g = p.c, p.pal, p.rng("flow")
    wild = p.energy
    w, h = c.w * 2 if c.h < 700 else c.w, c.h * 2 if c.h < 700 else c.h
    noise = lambda name, cells, octaves: c.noise(name, cells, octaves, gain=0.3, size=(w, h))  # noqa: E731
    x, y = np.linspace(0, c.aspect, w, dtype=np.float32)[None, :], np.linspace(0, 1, h, dtype=np.float32)[:, None]
    a = noise("a", 0.8 + 1.2 * wild, 2)
    b = noise("b", 1.4 + 2 * wild, 2)
    yield
    turn = (0.5 + 0.3 * (g.random() - 0.5)) * math.pi if g.random() < 0.6 else g.random() * math.pi
    along = (x - c.aspect / 2) * math.cos(turn) + (y - 0.5) * math.sin(turn)
    count = 9 + int(5 * g.random() + 4 * wild)
    field = (
        (along / (abs(math.cos(turn)) * c.aspect + abs(math.sin(turn))) + 0.5) * count
        + (0.85 + 0.9 * wild) * a
        + (0.22 + 0.5 * wild) * b
    )
    level = np.floor(field)
    saw = field - level
    stops = [
        mix(pal.light, pal.horizon, 0.4),
        pal.horizon,
        mix(pal.accent, pal.horizon, 0.35),
        pal.mid,
        pal.zenith,
        mix(pal.near, pal.zenith, 0.5),
    ]
    lut = ramp(stops if g.random() < 0.6 else stops[::-1])
    order = np.clip((level + 2) / (count + 3) + 0.06 * np.sin(level * 2.4), 0, 1)
    px = lut[(order * 255).astype(np.uint8)]
    yield
    shade = 1 - 0.34 * np.exp(-saw * 5.5) + 0.07 * smooth(0.45, 1, saw)
    px = px * shade[..., None]
    sheen = np.exp(-(((saw - 0.93) / 0.05) ** 2)) * 0.3
    px += sheen[..., None] * (np.asarray(pal.light, np.float32) - px)
    gold = np.exp(-(((saw - 0.985) / 0.012) ** 2)) * (np.sin(level * 5.1 + 6 * g.random()) > 0.55)
    px += (gold * 0.85)[..., None] * (np.asarray(mix(pal.light, rgb("#e9c46a"), 0.55), np.float32) - px)
    c.px[:] = np.stack([resize(px[..., i], c.w, c.h, 4) for i in range(3)], -1)
    c.px *= (1 + 0.03 * c.tooth)[..., None]
    yield


def strata(p: Painter) -> Iterator[None]:
    """Quiet bands, like hills remembered, with a disc."""
    c, pal, g = p.c, p.pal, p.rng("strata")
    c.px[:] = look(ramp([pal.horizon, pal.light]), c.y * 1.2 + 0.04 * c.noise("wash", 2, 4))
    c.glow(p.sun[0], 0.3, 0.4, pal.light, 0.5)
    c.lay(
        c.disc(p.sun[0], 0.26 + 0.12 * g.random(), 0.1 + 0.07 * g.random()),
        mix(pal.accent, pal.light, 0.12),
        0.95,
        grit=0.05,
    )
    yield
    n = 6 + int(3 * g.random())
    for i in range(n):
        t = i / (n - 1)
        ridge = (
            0.38
            + 0.6 * t
            - (0.04 + 0.05 * (1 - t) * (0.5 + p.energy))
            * c.line(f"band{i}", 0.9 + 0.9 * g.random(), 2 + int(2 * p.energy), 0.4)
        )
        stops = ramp([pal.horizon, pal.mid, pal.far, pal.zenith, mix(pal.zenith, pal.near, 0.6)])
        col = stops[int(255 * min(1, t * 0.95 + 0.08 * g.random()))]
        if i == n // 2:
            col = mix(pal.accent, col, 0.35)
        land(p, ridge, mix(col, pal.light, 0.2), mix(col, pal.horizon, 0.25), 0.2, 0.05, 0.03)
        if g.random() < 0.4:
            gold = np.exp(-(((c.y - ridge[None, :]) * c.h / 1.2) ** 2))
            c.lay(gold * 0.8, mix(pal.light, rgb("#e9c46a"), 0.5))
        yield


def orbs(p: Painter) -> Iterator[None]:
    c, pal, g = p.c, p.pal, p.rng("orbs")
    c.px[:] = look(
        ramp([mix(pal.horizon, pal.light, 0.4), pal.horizon, mix(pal.mid, pal.horizon, 0.5)]),
        c.y + 0.06 * c.noise("wash", 2, 4),
    )
    yield
    cols = [pal.accent, pal.mid, pal.zenith, pal.light, pal.far, mix(pal.accent, pal.horizon, 0.5)]
    for i in range(8):
        r = (0.3 - 0.03 * i) * (0.5 + 0.8 * g.random())
        x, y = c.aspect * (0.15 + 0.7 * g.random()), 0.15 + 0.7 * g.random()
        mask = c.disc(x, y, r)
        grad = np.clip(0.5 + ((c.x - x) * p.side + (c.y - y)) / (2.4 * r), 0, 1)
        a, b = np.asarray(cols[i % 6], np.float32), np.asarray(mix(cols[(i + 2) % 6], pal.light, 0.35), np.float32)
        c.lay(mask * (1 - 0.75 * grad), a + (b - a) * grad[..., None], 0.92, grit=0.025)
        if i % 3 == 1:
            d = np.sqrt((c.x - x) ** 2 + (c.y - y) ** 2)
            c.lay(np.clip(1.2 - np.abs(d - r * 1.18) * c.h, 0, 1), mix(pal.light, rgb("#e9c46a"), 0.4), 0.8)
        if i % 3 == 2:
            yield


def bauhaus(p: Painter) -> Iterator[None]:
    """A grid of quarter circles, arcs and half tones, a few cells left quiet."""
    c, pal, g = p.c, p.pal, p.rng("bauhaus")
    n = 3 + int(2.2 * g.random() + p.energy)
    m = max(2, round(n * c.aspect))
    cols = [
        pal.accent,
        pal.zenith,
        pal.mid,
        pal.horizon,
        mix(pal.near, pal.zenith, 0.3),
        mix(pal.light, pal.horizon, 0.3),
    ]
    s = p.sheet(3 if c.h < 700 else 2)
    w, h = c.aspect / m, 1 / n
    for i in range(m):
        for j in range(n):
            a, b = g.permutation(6)[:2]
            x, y, kind, q = i * w, j * h, int(g.random() * 6), int(g.random() * 4)
            s.poly([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], cols[a])
            cx, cy = (x + w * (q in (1, 2)), y + h * (q in (2, 3)))
            t = np.linspace(0, math.pi / 2, 24) + {0: 0, 1: math.pi / 2, 2: math.pi, 3: 1.5 * math.pi}[q]
            fan = lambda r: [(cx, cy)] + [(cx + w * r * math.cos(v), cy + h * r * math.sin(v)) for v in t]  # noqa: B023,E731
            if kind < 2:
                s.poly(fan(1), cols[b])
            elif kind == 2:
                for k, r in enumerate((1, 0.75, 0.5, 0.25)):
                    s.poly(fan(r), cols[(b if k % 2 == 0 else a)])
            elif kind == 3:
                s.dot(x + w / 2, y + h / 2, w * 0.36, cols[b], ry=h * 0.36)
            elif kind == 4:
                s.poly(
                    [(x, y), (x + w, y + h), (x, y + h)] if q % 2 else [(x + w, y), (x + w, y + h), (x, y + h)], cols[b]
                )
    yield
    s.lay()
    c.px *= (1 + 0.03 * c.tooth)[..., None]
    c.px *= (1 - 0.1 * smooth(-0.5, 1.2, c.noise("wear", 3, 5)))[..., None]
    yield
