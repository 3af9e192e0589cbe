"""Cliffs over surf."""

from collections.abc import Iterator

import numpy as np

from ..fields import smooth
from ..figures.place import subjects
from ..painter import Painter
from ..parts.air import birds
from ..parts.clouds import clouds
from ..parts.rock import rock_face
from ..parts.sky import sky
from ..parts.water import water
from ..parts.waves import wave


def coast(p: Painter) -> Iterator[None]:
    c, pal = p.c, p.pal
    sky(p)
    clouds(p)
    if p.wants("flock", 0.6):
        birds(p)
    yield
    xs = np.linspace(0, c.aspect, c.w)
    water(p, p.horizon, 0.35 + 0.5 * p.energy)
    p.mist(p.horizon, 0.016, 0.4)
    yield
    way = 1 if p.focus > c.aspect / 2 else -1
    u = (xs - p.focus) * way
    for i, (top, depth) in enumerate(((0.05, 0.4), (0.12, 0.1))):
        shift = 0.16 * (1 - i)
        line = c.line(f"cliff{i}", 5, 6, 0.55, sharp=True)
        plateau = smooth(-0.3 - shift, -0.12 - shift, u)
        ridge = (
            (p.horizon + 0.22)
            - (top + 0.14) * plateau
            + (0.014 + 0.03 * (1 - plateau)) * line * (0.4 + plateau * 0.3)
            + (1 - plateau) * 0.05
        )
        ridge = np.where(plateau < 0.01, 1.2, ridge)
        rock_face(p, ridge, depth, f"face{i}")
        if i:
            stand_y = ridge.copy()
        p.mist(p.horizon + 0.2, 0.03, 0.18)
    green = stand_y + 0.002
    cap = (
        smooth(0.035, 0.0, c.y - green[None, :] - 0.01 * c.noise("turf", 14, 4))
        * (c.y > green[None, :])
        * (ridge < 1.1)[None, :]
    )
    c.lay(cap, pal.at("grass", 0.08, 0.95), grit=0.1)
    subjects(p, lambda x: c.on(stand_y, x) + 0.012, 1)
    yield
    for i in range(3):
        t = 0.55 + 0.22 * i
        wave(p, 0.84 + 0.085 * i, (0.012 + 0.02 * i) * (0.5 + p.energy), t, f"surf{i}")
    yield
