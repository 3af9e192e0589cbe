"""A window with a world outside."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from ..canvas import Canvas
from ..colour import Array, mix, rgb, tone
from ..fields import smooth
from ..figures.stand import stand
from ..painter import Painter
from ..parts.weather import rain, snow
from .forest import forest
from .hills import hills
from .lake import lake
from .meadow import meadow
from .mountains import mountains
from .sea import sea
from .sill import curtains, droplets, mug, plant
from .skyline import skyline

OUTSIDE = {
    "hills": hills,
    "sea": sea,
    "skyline": skyline,
    "mountains": mountains,
    "lake": lake,
    "forest": forest,
    "meadow": meadow,
}
NAMED = {
    "skyline": {"city", "town"},
    "sea": {"sea", "ocean"},
    "mountains": {"mountain", "mountains"},
    "forest": {"forest", "wood"},
    "meadow": {"garden", "meadow"},
}
UNNAMED = ["hills", "sea", "skyline", "mountains", "lake"]
SITTING = {"cat": 0.34, "person": 0.5, "fox": 0.34, "bird": 0.2, "owl": 0.28}  # heights on the sill


@dataclass(frozen=True)
class Frame:
    """Where the window is, and how dim the room around it."""

    x0: float
    x1: float
    y0: float
    y1: float
    dim: float

    @property
    def middle(self) -> float:
        """Where its middle bar is."""
        return (self.x0 + self.x1) / 2


def window(p: Painter) -> Iterator[None]:
    """A room's window: the world outside is its own small picture; things stand on its sill; someone may sit there."""
    k = min(1, p.c.aspect)
    middle, half = p.c.aspect * (0.5 + p.side * -0.06), 0.05 + 0.26 * k
    dim = {"night": 0.34, "dusk": 0.5, "sunset": 0.68}.get(p.r.time, 0.82)
    f = Frame(middle - half, middle + half, 0.1, 0.76, dim)
    view = yield from outside(p, f)
    room(p, f, view)
    if "rain" in p.r.weather:
        droplets(p, f.x0, f.x1, f.y0, f.y1)
    bars(p, f)
    curtains(p, f.x0, f.x1, dim)
    yield
    on_the_sill(p, f, k)
    yield
    if p.r.time in ("day", "golden", "dawn", "sunset") and "rays" not in p.r.banned and "storm" not in p.r.weather:
        sunbeams(p, f)


def outside(p: Painter, f: Frame) -> Iterator[None]:
    """Paint what the window shows on a canvas of its own; returns its pixels."""
    c = p.c
    named = [scene for scene, words in NAMED.items() if words & set(p.r.known)]
    scene = (named or [UNNAMED[int(p.rng("window").random() * len(UNNAMED))]])[0]
    view = Canvas(max(16, int((f.x1 - f.x0) * c.h)), max(16, int((f.y1 - f.y0) * c.h)), *c.key, "view")
    inner = Painter(view, replace(p.r, figures=[], scene=scene), p.pal, p.detail * 0.6, p.amount)
    yield from OUTSIDE[scene](inner)
    rain(inner)
    snow(inner)
    return view.px


def room(p: Painter, f: Frame, view: Array) -> None:
    """The wall, lit around the window, and the view in its opening."""
    c, pal = p.c, p.pal
    wall = mix(tone(pal.local["wall"], f.dim * 0.9), pal.near, 0.2)
    c.px[:] = np.asarray(wall, np.float32) * (1 + 0.06 * c.tooth[..., None])
    c.glow(f.middle, 0.45, 0.55, mix(pal.horizon, pal.light, 0.5), 0.5 * f.dim)
    c.px *= (1 - 0.35 * smooth(0.35, 1.0, np.abs(c.x - f.middle) / c.aspect))[..., None]
    ix, iy = int(f.x0 * c.h), int(f.y0 * c.h)
    seen = np.clip(view * 1.04, 0, 1)[: c.h - iy, : c.w - ix]
    c.px[iy : iy + seen.shape[0], ix : ix + seen.shape[1]] = seen


def bars(p: Painter, f: Frame, bar: float = 0.014) -> None:
    """The frame, its bars and the sill."""
    wood = mix(tone(rgb("#f2e6d4"), f.dim), p.pal.near, 0.14)
    s = p.sheet(2)
    for u in (f.x0, f.middle, f.x1):
        s.rect(u - bar, f.y0 - bar, u + bar, f.y1, wood)
        s.rect(u + bar * 0.3, f.y0, u + bar, f.y1, tone(wood, 0.8))
    for v in (f.y0, f.y0 + (f.y1 - f.y0) * 0.36):
        s.rect(f.x0 - bar, v - bar, f.x1 + bar, v + bar * 0.6, wood)
    top, edge, foot = f.y1, f.y1 + 0.055, f.y1 + 0.085
    light = mix(p.pal.horizon, p.pal.light, 0.5)
    s.poly(
        [(f.x0 - 0.09, top), (f.x1 + 0.09, top), (f.x1 + 0.13, edge), (f.x0 - 0.13, edge)],
        mix(tone(wood, 1.1), light, 0.3),
    )
    s.rect(f.x0 - 0.13, edge, f.x1 + 0.13, foot, tone(wood, 0.72))
    s.lay(grit=0.04)


def on_the_sill(p: Painter, f: Frame, k: float) -> None:
    """A plant, perhaps a mug, and whoever the prompt names."""
    sill = f.y1 + 0.03
    pot = p.rng("sill").random()
    far_x, near_x = (f.x0 + 0.1 * k, f.x1 - 0.16 * k) if p.side > 0 else (f.x1 - 0.1 * k, f.x0 + 0.16 * k)
    if "plant" not in p.r.banned:
        plant(p, far_x, sill, (0.15 + 0.06 * pot) * k**0.7, f.dim)
    if pot < 0.6:
        mug(p, f.middle + p.side * 0.03, sill + 0.005, 0.055, f.dim)
    p.sun = (f.middle, 0.3)
    for figure in p.r.figures:
        size = SITTING.get(figure.name, 0.26) * k**0.7
        stand(p, figure, near_x, sill + 0.012, size, flip=near_x < f.middle, halo=0.12)


def sunbeams(p: Painter, f: Frame) -> None:
    """Light falls in through each half of the window."""
    beam = p.sheet(1)
    for u in (f.x0, f.middle):
        w, fall = (f.x1 - f.x0) / 2 - 0.02, p.side * 0.5
        beam.poly([(u + 0.01, f.y0), (u + w, f.y0), (u + w - fall, 1.1), (u + 0.01 - fall, 1.1)], p.pal.light, 0.4)
    beam.glow(0.4, soften=0.02)
