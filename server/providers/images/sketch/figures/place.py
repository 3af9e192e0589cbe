"""Place every figure of a prompt: on the ground, on the water or in the air."""

from collections.abc import Callable

import numpy as np

from ..lexicon.reading import Figure
from ..painter import Painter
from .belongings import perch, submerge, umbrella, wake
from .kinds import AFLOAT, AIRBORNE, SIZES
from .stand import stand
from .trees import tree

FLOATS = {"whale", "fish", "turtle"}  # in the air where there is no water to swim in
Ground = Callable[[float], float]  # how high the ground is at x


def subjects(p: Painter, ground: Ground, scale: float = 1, depth: float = 0, at_sea: bool = False) -> None:
    """Place every figure of the prompt, at most four kinds of nine, around where the eye goes."""
    a, g = p.c.aspect, p.rng("subjects")
    scale *= min(1, 0.35 + 0.65 * a) * (1.5 if p.has("close") else 0.6 if p.has("tiny") else 0.92 + 0.36 * g.random())
    kinds = p.r.figures[:4]
    scale *= 0.8 if len(kinds) > 1 else 1
    for i, f in enumerate(kinds):
        middle = p.focus + (i - (len(kinds) - 1) / 2) * 0.34 * a * p.side
        for share, x in sorted(spots(f, middle, a, g)):
            size = SIZES[f.name] * scale * share * (0.9 if f.count > 1 else 1)
            half = min(0.46 * a, size * {"whale": 1.08, "ship": 0.85}.get(f.name, 0.5))
            place(p, f, min(max(x, half), a - half), size, share, ground, depth, at_sea, g)


def spots(f: Figure, middle: float, aspect: float, g: np.random.Generator) -> list[tuple[float, float]]:
    """(share of the full size, x) for each of a kind: the middle one largest."""
    gap, stray = min(0.3, 0.75 * aspect / f.count), 0.02 * (f.count > 1)
    found = []
    for j in range(min(f.count, 9)):
        x = middle + (j - (f.count - 1) / 2) * gap + g.normal() * stray
        found.append((1 if j == f.count // 2 else 0.72 + 0.22 * g.random(), x))
    return found


def place(
    p: Painter,
    f: Figure,
    x: float,
    size: float,
    share: float,
    ground: Ground,
    depth: float,
    at_sea: bool,
    g: np.random.Generator,
) -> None:
    """Put one figure where its kind belongs, with what comes with it."""
    swims = at_sea and "cloud" not in p.r.weather and "sky" not in p.r.known
    if f.name in AIRBORNE or (f.name in FLOATS and not swims):
        y = p.horizon * (0.5 + 0.35 * g.random()) + size * 0.3
        stand(p, f, x, y, size, depth=0.12, shadow=False)
    elif f.name == "tree":
        tree(p, x, ground(x) + 0.01, size, f)
    elif f.name in ("bird", "owl") and not at_sea:
        perch(p, f, x, ground(x), size)
    else:
        under = at_sea and f.name == "fish" and p.r.scene != "deep"
        y = ground(x) - 0.015 * (1 - share) + 0.06 * under
        stand(p, f, x, y, size, depth=depth, shadow=not at_sea)
        wet = "rain" in p.r.weather and "umbrella" not in p.r.banned
        if f.name == "person" and (p.has("umbrella") or wet):
            umbrella(p, x, y, size)
        if under:
            submerge(p, x, y, size)
        elif at_sea and f.name in AFLOAT and p.r.scene != "deep":
            wake(p, x, y, size)
