"""The open sea, calm or rough."""

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
    rough = max(
        0.0, min(1, p.energy + (0.25 if "wind" in p.r.weather else 0) - (0.2 if "storm" not in p.r.weather else 0))
    )
    if {"wave", "waves", "tsunami", "surf", "swell", "maelstrom"} & set(p.r.known):
        rough = max(rough, 0.7)
    sky(p)
    clouds(p)
    if p.wants("flock", 0.4):
        birds(p)
    yield
    if p.has("island") or (not p.r.figures and p.rng("isle").random() < 0.4):
        x0 = p.focus
        xs = np.linspace(0, c.aspect, c.w)
        ridge = (
            p.horizon + 0.03 - (0.1 * np.exp(-(((xs - x0) / 0.2) ** 2)) * (1 + 0.25 * c.line("isle", 7, 4, sharp=True)))
        )
        peak(p, ridge, 0.5, "isle", False)
    water(p, p.horizon, 0.3 + rough)
    p.mist(p.horizon, 0.016, 0.4)
    yield
    if rough < 0.42:
        if not p.r.figures and not p.has("island") and "boat" not in p.r.banned and p.rng("sail").random() < 0.6:
            stand(p, Figure("boat"), p.focus, p.horizon + 0.05, 0.1 + 0.05 * p.rng("sail2").random(), 0.3, shadow=False)
            wake(p, p.focus, p.horizon + 0.05, 0.1)
        subjects(p, lambda x: p.horizon + 0.17, 0.95, 0.05, at_sea=True)
        for i in range(2):
            wave(p, 0.86 + 0.09 * i, 0.012 + 0.012 * i, 0.6 + 0.2 * i, f"lap{i}")
        return
    n = 7
    for i in range(n):
        t = i / (n - 1)
        y = p.horizon + 0.035 + (0.98 - p.horizon) * t**1.35
        wave(p, y, (0.01 + 0.075 * t) * (0.55 + 0.7 * rough), t, f"wave{i}")
        if i == 3:
            subjects(p, lambda x: p.horizon + 0.19, 1, 0.05, at_sea=True)
            wave(p, p.horizon + 0.2, 0.035 * (0.6 + rough), 0.48, "waveship", hollow=p.focus)
        yield
