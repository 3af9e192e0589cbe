"""Every scene family by name; each paints a layer, yields, and goes on: progress is work done."""

from collections.abc import Callable, Iterator

from ..painter import Painter
from ..parts.air import drift
from ..parts.weather import rain, rays, snow
from .abstract import abstract
from .coast import coast
from .deep import deep
from .dunes import dunes
from .forest import forest
from .hall import hall
from .hills import hills
from .lake import lake
from .meadow import meadow
from .mountains import mountains
from .sea import sea
from .skyline import skyline
from .space import space
from .still import still
from .street import street
from .window import window

SCENES: dict[str, Callable[[Painter], Iterator[None]]] = {
    "hills": hills,
    "meadow": meadow,
    "mountains": mountains,
    "forest": forest,
    "dunes": dunes,
    "lake": lake,
    "sea": sea,
    "coast": coast,
    "deep": deep,
    "skyline": skyline,
    "street": street,
    "hall": hall,
    "window": window,
    "still": still,
    "space": space,
    "abstract": abstract,
}
SHELTERED = {"hall", "window", "still", "deep", "space", "abstract"}


def paint(p: Painter) -> Iterator[None]:
    """Paint the reading's scene, then what falls or drifts in front of it."""
    yield from SCENES[p.r.scene](p)
    if p.r.scene not in SHELTERED:
        if p.has("rays") and p.r.scene not in ("forest", "meadow"):
            rays(p, amount=0.5)
        rain(p)
        snow(p)
    drift(p)
    yield
