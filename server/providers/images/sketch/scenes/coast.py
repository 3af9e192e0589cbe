"""Cliffs over surf."""

from __future__ import annotations

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
    if p.wants("flock", .6):
        birds(p)
    yield
    xs = np.linspace(0, c.aspect, c.w)
    water(p, p.horizon, .35 + .5 * p.energy)
    p.mist(p.horizon, .016, .4)
    yield
    way = 1 if p.focus > c.aspect / 2 else -1
    u = (xs - p.focus) * way
    for i, (top, depth) in enumerate(((.05, .4), (.12, .1))):
        shift = .16 * (1 - i)
        line = c.line(f"cliff{i}", 5, 6, .55, sharp=True)
        plateau = smooth(-.3 - shift, -.12 - shift, u)
        ridge = (p.horizon + .22) - (top + .14) * plateau + (.014 + .03 * (1 - plateau)) * line * (.4 + plateau * .3) + (1 - plateau) * .05
        ridge = np.where(plateau < .01, 1.2, ridge)
        rock_face(p, ridge, depth, f"face{i}")
        if i:
            stand_y = ridge.copy()
        p.mist(p.horizon + .2, .03, .18)
    green = stand_y + .002
    cap = smooth(.035, .0, c.y - green[None, :] - .01 * c.noise("turf", 14, 4)) * (c.y > green[None, :]) * (ridge < 1.1)[None, :]
    c.lay(cap, pal.at("grass", .08, .95), grit=.1)
    subjects(p, lambda x: c.on(stand_y, x) + .012, 1)
    yield
    for i in range(3):
        t = .55 + .22 * i
        wave(p, .84 + .085 * i, (.012 + .02 * i) * (.5 + p.energy), t, f"surf{i}")
    yield
