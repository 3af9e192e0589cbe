"""Cliffs over surf."""

from collections.abc import Iterator

import numpy as np

from ..fields import Array, smooth
from ..figures.place import subjects
from ..painter import Painter
from ..parts.air import birds
from ..parts.clouds import clouds
from ..parts.rock import rock_face
from ..parts.sky import sky
from ..parts.water import water
from ..parts.waves import wave


def coast(p: Painter) -> Iterator[None]:
    """Two cliffs with turf on the nearer one, the sea behind and surf before them."""
    c = p.c
    sky(p)
    clouds(p)
    if p.wants("flock", 0.6):
        birds(p)
    yield
    water(p, p.horizon, 0.35 + 0.5 * p.energy)
    p.mist(p.horizon, 0.016, 0.4)
    yield
    cliff(p, 0, top=0.05, depth=0.4, shift=0.16)
    ridge = cliff(p, 1, top=0.12, depth=0.1, shift=0)
    turf(p, ridge)
    subjects(p, lambda x: c.on(ridge, x) + 0.012, 1)
    yield
    for i in range(3):
        wave(p, 0.84 + 0.085 * i, (0.012 + 0.02 * i) * (0.5 + p.energy), 0.55 + 0.22 * i, f"surf{i}")
    yield


def cliff(p: Painter, i: int, top: float, depth: float, shift: float) -> Array:
    """A headland that runs out of the picture on the subject's side; returns its ridge."""
    c, way = p.c, 1 if p.focus > p.c.aspect / 2 else -1
    line = c.line(f"cliff{i}", 5, 6, 0.55, sharp=True)
    plateau = smooth(-0.3 - shift, -0.12 - shift, (np.linspace(0, c.aspect, c.w) - p.focus) * way)
    rough = (0.014 + 0.03 * (1 - plateau)) * line * (0.4 + plateau * 0.3)
    ridge = p.horizon + 0.22 - (top + 0.14) * plateau + rough + (1 - plateau) * 0.05
    ridge = np.where(plateau < 0.01, 1.2, ridge)
    rock_face(p, ridge, depth, f"face{i}")
    p.mist(p.horizon + 0.2, 0.03, 0.18)
    return ridge


def turf(p: Painter, ridge: Array) -> None:
    """Grass along the top of a cliff."""
    c, d = p.c, p.c.y - (ridge + 0.002)[None, :]
    cap = smooth(0.035, 0.0, d - 0.01 * c.noise("turf", 14, 4)) * (d > 0) * (ridge < 1.1)[None, :]
    c.lay(cap, p.pal.at("grass", 0.08, 0.95), grit=0.1)
