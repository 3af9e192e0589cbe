"""Ribbons that bend together."""

import math
from collections.abc import Iterator

import numpy as np

from ..colour import Array, mix, ramp, rgb
from ..fields import resize, smooth
from ..painter import Painter

GOLD = "#e9c46a"


def flow(p: Painter) -> Iterator[None]:
    """Ribbons, each one tone, each lying over the next with a soft shadow; a few are edged in gold."""
    c, g = p.c, p.rng("flow")
    size = (c.w * 2, c.h * 2) if c.h < 700 else (c.w, c.h)
    broad = c.noise("a", 0.8 + 1.2 * p.energy, 2, gain=0.3, size=size)
    fine = c.noise("b", 1.4 + 2 * p.energy, 2, gain=0.3, size=size)
    yield
    along = across(p, size, g)
    count = 9 + int(5 * g.random() + 4 * p.energy)
    field = along * count + (0.85 + 0.9 * p.energy) * broad + (0.22 + 0.5 * p.energy) * fine
    level = np.floor(field)
    order = np.clip((level + 2) / (count + 3) + 0.06 * np.sin(level * 2.4), 0, 1)
    px = tones(p, g)[(order * 255).astype(np.uint8)]
    yield
    px = edged(p, px, field - level, level, g)
    c.px[:] = np.stack([resize(px[..., i], c.w, c.h, 4) for i in range(3)], -1)
    c.px *= (1 + 0.03 * c.tooth)[..., None]
    yield


def across(p: Painter, size: tuple[int, int], g: np.random.Generator) -> Array:
    """How far across the ribbons a place is, 0 to 1; mostly they lie level."""
    turn = (0.5 + 0.3 * (g.random() - 0.5)) * math.pi if g.random() < 0.6 else g.random() * math.pi
    x = np.linspace(0, p.c.aspect, size[0], dtype=np.float32)[None, :] - p.c.aspect / 2
    y = np.linspace(0, 1, size[1], dtype=np.float32)[:, None] - 0.5
    reach = abs(math.cos(turn)) * p.c.aspect + abs(math.sin(turn))
    return (x * math.cos(turn) + y * math.sin(turn)) / reach + 0.5


def tones(p: Painter, g: np.random.Generator) -> Array:
    """The ramp the ribbons are taken from, either way round."""
    pal = p.pal
    pale, warm = mix(pal.light, pal.horizon, 0.4), mix(pal.accent, pal.horizon, 0.35)
    dark = mix(pal.near, pal.zenith, 0.5)
    stops = [pale, pal.horizon, warm, pal.mid, pal.zenith, dark]
    return ramp(stops if g.random() < 0.6 else stops[::-1])


def edged(p: Painter, px: Array, rise: Array, level: Array, g: np.random.Generator) -> Array:
    """Ribbons shaded at their foot (`rise` 0) and lit at their lip (1)."""
    px = px * (1 - 0.34 * np.exp(-rise * 5.5) + 0.07 * smooth(0.45, 1, rise))[..., None]
    sheen = np.exp(-(((rise - 0.93) / 0.05) ** 2)) * 0.3
    px += sheen[..., None] * (np.asarray(p.pal.light, np.float32) - px)
    gold = np.exp(-(((rise - 0.985) / 0.012) ** 2)) * (np.sin(level * 5.1 + 6 * g.random()) > 0.55)
    px += (gold * 0.85)[..., None] * (np.asarray(mix(p.pal.light, rgb(GOLD), 0.55), np.float32) - px)
    return px
