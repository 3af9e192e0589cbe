"""Place every figure of a prompt: on the ground, on the water or in the air."""

from collections.abc import Callable

from ..painter import Painter
from .belongings import perch, umbrella, wake
from .kinds import AFLOAT, AIRBORNE, SIZES
from .stand import stand
from .trees import tree


def subjects(
    p: Painter, ground: Callable[[float], float], scale: float = 1, depth: float = 0, at_sea: bool = False
) -> None:
    """Place every figure of the prompt: on the ground, on the water or in the air."""
    a, g = p.c.aspect, p.rng("subjects")
    scale *= min(1, 0.35 + 0.65 * a) * (1.5 if p.has("close") else 0.6 if p.has("tiny") else 0.92 + 0.36 * g.random())
    kinds = p.r.figures[:4]
    for i, f in enumerate(kinds):
        x0 = p.focus if len(kinds) == 1 else p.focus + (i - (len(kinds) - 1) / 2) * 0.34 * a * (1 if p.side > 0 else -1)
        spots = [
            (
                x0 + (j - (f.count - 1) / 2) * min(0.3, 0.75 * a / f.count) + g.normal() * 0.02 * (f.count > 1),
                1 if j == f.count // 2 else 0.72 + 0.22 * g.random(),
            )
            for j in range(min(f.count, 9))
        ]
        for x, share in sorted(spots, key=lambda s: s[1]):
            size = SIZES[f.name] * scale * share * (0.9 if f.count > 1 else 1) * (0.8 if len(kinds) > 1 else 1)
            half = min(0.46 * a, size * (1.08 if f.name == "whale" else 0.85 if f.name == "ship" else 0.5))
            x = min(max(x, half), a - half)
            swims = at_sea and "cloud" not in p.r.weather and "sky" not in p.r.known
            if f.name in AIRBORNE or (f.name in ("whale", "fish", "turtle") and not swims):
                y = p.horizon * (0.5 + 0.35 * g.random()) + size * 0.3
                stand(p, f, x, y, size, depth=0.12, shadow=False, halo=0.3)
            elif f.name == "tree":
                tree(p, x, ground(x) + 0.01, size, f)
            elif f.name in ("bird", "owl") and not at_sea:
                perch(p, f, x, ground(x), size)
            else:
                y = ground(x) - 0.015 * (1 - share)
                stand(p, f, x, y, size, depth=depth, shadow=not at_sea)
                if f.name == "person" and (
                    p.has("umbrella") or ("rain" in p.r.weather and "umbrella" not in p.r.banned)
                ):
                    umbrella(p, x, y, size)
                if at_sea and f.name in AFLOAT and p.r.scene != "deep":
                    wake(p, x, y, size)
