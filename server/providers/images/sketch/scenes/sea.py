"""The open sea, calm or rough."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..figures.belongings import wake
from ..figures.place import subjects
from ..figures.stand import stand
from ..lexicon.reading import Figure
from ..painter import Painter
from ..parts.air import birds
from ..parts.clouds import clouds
from ..parts.rock import peak
from ..parts.sky import sky
from ..parts.water import water
from ..parts.waves import wave


def sea(p: Painter) -> Iterator[None]:
    c = p.c
    rough = max(0.0, min(1, p.energy + (.25 if "wind" in p.r.weather else 0) - (.2 if "storm" not in p.r.weather else 0)))
    if {"wave", "waves", "tsunami", "surf", "swell", "maelstrom"} & set(p.r.known):
        rough = max(rough, .7)
    sky(p)
    clouds(p)
    if p.wants("flock", .4):
        birds(p)
    yield
    if p.has("island") or (not p.r.figures and p.rng("isle").random() < .4):
        x0 = p.focus
        xs = np.linspace(0, c.aspect, c.w)
        ridge = p.horizon + .03 - (.1 * np.exp(-((xs - x0) / .2) ** 2) * (1 + .25 * c.line("isle", 7, 4, sharp=True)))
        peak(p, ridge, .5, "isle", False)
    water(p, p.horizon, .3 + rough)
    p.mist(p.horizon, .016, .4)
    yield
    if rough < .42:
        if not p.r.figures and not p.has("island") and "boat" not in p.r.banned and p.rng("sail").random() < .6:
            stand(p, Figure("boat"), p.focus, p.horizon + .05, .1 + .05 * p.rng("sail2").random(), .3, shadow=False)
            wake(p, p.focus, p.horizon + .05, .1)
        subjects(p, lambda x: p.horizon + .17, .95, .05, at_sea=True)
        for i in range(2):
            wave(p, .86 + .09 * i, .012 + .012 * i, .6 + .2 * i, f"lap{i}")
        return
    n = 7
    for i in range(n):
        t = i / (n - 1)
        y = p.horizon + .035 + (.98 - p.horizon) * t ** 1.35
        wave(p, y, (.01 + .075 * t) * (.55 + .7 * rough), t, f"wave{i}")
        if i == 3:
            subjects(p, lambda x: p.horizon + .19, 1, .05, at_sea=True)
            wave(p, p.horizon + .2, .035 * (.6 + rough), .48, "waveship", hollow=p.focus)
        yield
