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

WAVES = 7
HIGH = {"wave", "waves", "tsunami", "surf", "swell", "maelstrom"}


def sea(p: Painter) -> Iterator[None]:
    """Water to the horizon: waves behind and before a ship, or a calm with a sail."""
    sky(p)
    clouds(p)
    if p.wants("flock", 0.4):
        birds(p)
    yield
    if p.has("island") or (not p.r.figures and p.rng("isle").random() < 0.4):
        island(p)
    rough = roughness(p)
    water(p, p.horizon, 0.3 + rough)
    p.mist(p.horizon, 0.016, 0.4)
    yield
    if rough < 0.42:
        calm(p)
    else:
        yield from waves(p, rough)


def roughness(p: Painter) -> float:
    """0 a mirror, 1 a storm."""
    wind, storm = "wind" in p.r.weather, "storm" in p.r.weather
    rough = max(0.0, min(1, p.energy + (0.25 if wind else 0) - (0 if storm else 0.2)))
    return max(rough, 0.7) if HIGH & set(p.r.known) else rough


def island(p: Painter) -> None:
    """One far island where the eye goes."""
    c = p.c
    hump = 0.1 * np.exp(-(((np.linspace(0, c.aspect, c.w) - p.focus) / 0.2) ** 2))
    peak(p, p.horizon + 0.03 - hump * (1 + 0.25 * c.line("isle", 7, 4, sharp=True)), 0.5, "isle", False)


def calm(p: Painter) -> None:
    """What floats, and two lapping waves; an empty sea gets a sail, most of the time."""
    empty = not p.r.figures and not p.has("island")
    if empty and "boat" not in p.r.banned and p.rng("sail").random() < 0.6:
        size = 0.1 + 0.05 * p.rng("sail2").random()
        stand(p, Figure("boat"), p.focus, p.horizon + 0.05, size, 0.3, shadow=False)
        wake(p, p.focus, p.horizon + 0.05, 0.1)
    subjects(p, lambda x: p.horizon + 0.17, 0.95, 0.05, at_sea=True)
    for i in range(2):
        wave(p, 0.86 + 0.09 * i, 0.012 + 0.012 * i, 0.6 + 0.2 * i, f"lap{i}")


def waves(p: Painter, rough: float) -> Iterator[None]:
    """Waves from the horizon to the viewer, what floats in the trough of one of them."""
    for i in range(WAVES):
        t = i / (WAVES - 1)
        y = p.horizon + 0.035 + (0.98 - p.horizon) * t**1.35
        wave(p, y, (0.01 + 0.075 * t) * (0.55 + 0.7 * rough), t, f"wave{i}")
        if i == 3:
            subjects(p, lambda x: p.horizon + 0.19, 1, 0.05, at_sea=True)
            wave(p, p.horizon + 0.2, 0.035 * (0.6 + rough), 0.48, "waveship", hollow=p.focus)
        yield
