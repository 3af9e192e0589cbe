"""Space: nebulae, planets, moons."""

import math
from collections.abc import Iterator

import numpy as np

from ..colour import lean, look, mix, ramp, rgb, tone
from ..fields import Array, smooth
from ..figures.kinds import SIZES
from ..figures.place import subjects
from ..figures.stand import stand
from ..painter import Painter
from ..parts.heavens import stars
from ..parts.land import land

ADRIFT = ("astronaut", "ship", "whale", "balloon", "rocket", "dragon")  # need no ground
GLOWS = ("#e2698f", "#f0a35f", "#4fc0c8", "#9a6be0")
PALE = "#fff2dc"


def space(p: Painter) -> Iterator[None]:
    """A band of nebula and dust, stars, planets, and ground only for those who need it."""
    c, pal, g = p.c, p.pal, p.rng("space")
    p.horizon = 1.0
    deep = p.r.tints[0] if p.r.tints else mix(pal.zenith, pal.mid, 0.6)
    warm = tone(tone(deep, 1.25) if p.r.tints else rgb(GLOWS[int(g.random() * 4)]), 1, 1.2)
    c.px[:] = np.asarray(mix(rgb("#06070f"), deep, 0.12), np.float32)
    deep = tone(deep, 1, 1.25)
    nebula(p, deep, warm)
    yield
    p.sun = (c.aspect * (0.5 + p.side * 0.3), 0.25)
    pal.light, pal.mid = mix(pal.light, rgb("#ffffff"), 0.3), mix(deep, rgb("#c9d3f0"), 0.3)
    stars(p, 2.2)
    yield
    worlds(p, mix(warm, deep, 0.35), g)
    yield
    if all(f.name in ADRIFT for f in p.r.figures) and not (p.r.figures and g.random() < 0.4):
        adrift(p)
    else:
        moonland(p, deep)


def nebula(p: Painter, deep: Array, warm: Array) -> None:
    """Light and dust along a slanting band."""
    c = p.c
    warp, dust = c.noise("warp", 2.2, 4), c.noise("dust", 4, 7, gain=0.6)
    n1, n2 = c.noise("neb1", 2.4, 7, gain=0.6), c.noise("neb2", 3, 7, gain=0.58)
    glow = tone(lean(rgb("#5f78c8"), deep, 0.8), 1.0, 1.25)
    band = np.exp(-((((c.y - 0.5) * 0.9 + (c.x - c.aspect / 2) * 0.55 * p.side + 0.13 * warp) / 0.36) ** 2))
    c.screen((0.25 + 0.75 * band) * smooth(-1.7, 2.2, n1) * 0.85, glow)
    c.screen(band**1.5 * smooth(-0.7, 1.9, n2) * 0.95, warm)
    c.screen(band**2.4 * smooth(-0.2, 2.4, n1 + n2) * 0.85, mix(warm, rgb("#fff0dc"), 0.6))
    c.px *= (1 - 0.72 * smooth(0.2, 1.6, dust) * band)[..., None]


def worlds(p: Painter, colour: Array, g: np.random.Generator) -> None:
    """A planet, most of the time, and the moons asked for."""
    a = p.c.aspect
    if p.has("planet") or g.random() < 0.75 and not {"planet", "rings"} & p.r.banned:
        x, y = a * (0.5 - p.side * (0.14 + 0.12 * g.random())), 0.5 + 0.16 * g.random()
        planet(p, x, y, 0.17 + 0.09 * g.random(), "planet", colour)
    for i in range(p.r.extras.get("moon", int(g.random() * 2))):
        x, y = a * (0.5 + p.side * (0.18 + 0.13 * i)), 0.26 + 0.2 * g.random()
        planet(p, x, y, 0.05 + 0.02 * i, f"moon{i}", rgb("#b9b4b0"), ringed=False)


def moonland(p: Painter, deep: Array) -> None:
    """Grey ground with the figures on it."""
    p.pal.near, p.pal.pull = mix(rgb("#0a0b18"), deep, 0.2), 0.5
    ridge = 0.84 - 0.03 * p.c.line("moonland", 2, 5, 0.5, sharp=True)
    top, low = tone(mix(deep, rgb("#8a879a"), 0.5), 0.7), tone(mix(deep, rgb("#2a2838"), 0.7), 0.5)
    land(p, ridge, top, low, 0.15, 0.2)
    subjects(p, lambda x: p.c.on(ridge, x) + 0.05, 1)


def adrift(p: Painter) -> None:
    """Figures that float, opposite the planet."""
    p.horizon = 0.8
    for f in p.r.figures:
        x, size = p.c.aspect * (0.5 + p.side * 0.2), SIZES[f.name]
        stand(p, f, x, 0.5 + 0.5 * size, size * 1.1, shadow=False, halo=0.25, flip=p.side > 0)


def planet(p: Painter, x: float, y: float, r: float, name: str, colour: Array, ringed: bool | None = None) -> None:
    """A globe of radius r, banded or blotched, lit from the sun's side; rings by chance unless told."""
    c, g = p.c, p.rng(name)
    ringed = (p.has("rings") or g.random() < 0.45) if ringed is None else ringed
    u, v = (c.x - x) / r, (c.y - y) / r
    d = np.sqrt(u * u + v * v)
    lx, ly = np.array([p.sun[0] - x, p.sun[1] - y]) / (np.hypot(p.sun[0] - x, p.sun[1] - y) + 1e-6)
    lit = smooth(-0.12, 0.75, u * lx * 0.8 + v * ly * 0.8 + np.sqrt(np.clip(1 - d * d, 0, 1)) * 0.45)
    air = np.exp(-np.clip(d - 1, 0, 9) * 9) * smooth(-0.9, 0.9, u * lx + v * ly) * 0.55
    face = surface(p, u, v, name, colour, ringed, g)
    c.screen(air, mix(colour, rgb("#cfe3ff"), 0.5))
    behind, before = rings(p, u, v) if ringed else (None, None)
    shade = np.asarray(mix(colour, rgb(PALE), 0.5), np.float32)
    if ringed:
        c.lay(behind, shade)
    c.lay(np.clip((1 - d) * r * c.h + 0.5, 0, 1), face * (0.03 + 0.97 * lit)[..., None])
    if ringed:
        c.lay(before, shade)


def surface(p: Painter, u: Array, v: Array, name: str, colour: Array, ringed: bool, g: np.random.Generator) -> Array:
    """A globe's colours before any light."""
    tilt = 0.35 * p.side
    swirl = p.c.noise(name + "s", 9, 5, stretch=2)
    bands = np.sin((v * math.cos(tilt) + u * math.sin(tilt)) * (7 + 7 * g.random()) + 0.5 * swirl) * 0.5 + 0.25 * swirl
    if not ringed and g.random() < 0.5:
        bands = p.c.noise(name + "c", 6, 6)
    return look(ramp([tone(colour, 0.62), colour, mix(colour, rgb(PALE), 0.55)]), 0.5 + 0.4 * bands)


def rings(p: Painter, u: Array, v: Array) -> tuple[Array, Array]:
    """Masks of the rings behind the globe and before it."""
    cos, sin = math.cos(0.35 * p.side), math.sin(0.35 * p.side)
    across, along = u * cos - v * sin, (u * sin + v * cos) / 0.26
    q = np.sqrt(across**2 + along**2)
    grooves = 0.55 + 0.3 * np.sin(q * 34) + 0.15 * np.sin(q * 83)
    ring = np.clip(smooth(1.28, 1.34, q) * smooth(2.15, 2.05, q) * grooves, 0, 1) * 0.75
    return ring * (along < 0), ring * (along >= 0)
