"""Hills, field behind field."""

from collections.abc import Iterator

import numpy as np

from ..colour import mix, rgb
from ..fields import Array, smooth
from ..figures.place import subjects
from ..figures.stand import stand
from ..lexicon.reading import Figure
from ..painter import Painter
from ..parts.air import birds
from ..parts.clouds import clouds
from ..parts.foreground import companion, foreground
from ..parts.land import far_range, land, path
from ..parts.sky import sky
from ..parts.woods import wood

FIELDS = 5


def hills(p: Painter) -> Iterator[None]:
    """Fields that roll toward the viewer, woods between them."""
    c, g = p.c, p.rng("hills")
    sky(p)
    clouds(p)
    yield
    if g.random() < 0.6:
        far_range(p, 0.04 + 0.05 * g.random())
    if p.wants("flock", 0.35):
        birds(p)
    for i in range(FIELDS):
        ridge = rolling(p, i, g)
        yield
    if not p.r.figures:
        companion(p, ridge)
    subjects(p, lambda x: min(0.88, max(0.84, c.on(ridge, x) + 0.05)), 1)
    yield
    foreground(p)


def rolling(p: Painter, i: int, g: np.random.Generator) -> Array:
    """The i-th field and what stands behind its crest; returns its ridge."""
    c, pal, t = p.c, p.pal, i / (FIELDS - 1)
    y, depth = p.horizon + (0.83 - p.horizon) * t**1.2, 0.86 * (1 - t) ** 0.9
    ridge = y - (0.016 + 0.018 * t) * c.line(f"hill{i}", 1.2 + 1.1 * (1 - t), 3, 0.35)
    top, low = mix(pal.at("grass", depth, 1.1), pal.light, 0.16), pal.at("grass", min(1, depth + 0.08), 0.82)
    land(p, ridge, top, low, 0.2, 0.16)
    if p.has("furrow") and 0 < i < FIELDS - 1:
        furrows(p, ridge, depth)
    if i:
        path(p, ridge, depth)
    if i == FIELDS - 1:
        return ridge
    if g.random() < 0.75 or p.has("forest"):
        lo, n = 0.55 * g.random(), int((6 + 18 * g.random()) * c.aspect)
        wood(p, ridge, n, 0.035 + 0.1 * t, depth, f"wood{i}", lo, lo + 0.3 + 0.15 * g.random())
    if p.has("village") and i in (1, 2):
        for k in range(5):
            x = c.aspect * (0.2 + 0.6 * g.random())
            stand(p, Figure("house"), x, c.on(ridge, x) + 0.012, 0.04 + 0.03 * t, depth, bool(k % 2), False, 0)
    p.mist(y + 0.05, 0.035, 0.28 * (1 - t))
    return ridge


def furrows(p: Painter, ridge: Array, depth: float) -> None:
    """Rows of a crop that run to the middle of the horizon."""
    c = p.c
    d = np.clip(c.y - ridge[None, :], 0, 0.3)
    stripes = np.sin(((c.x - c.aspect * 0.5) / (0.05 + d * 1.6)) * 34)
    dark = rgb("#7d5fb2") if "lavender" in p.r.known else p.pal.local["foliage"]
    c.lay(smooth(-0.1, 0.5, stripes) * smooth(0, 0.02, d) * smooth(0.3, 0.1, d) * 0.5, p.pal.lit(dark, depth))
