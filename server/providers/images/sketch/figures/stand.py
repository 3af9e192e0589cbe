"""Stand one figure in a picture, toned for the hour."""

import numpy as np

from ..colour import mix, rgb
from ..fields import Array, resize
from ..lexicon.reading import Figure
from ..painter import Painter
from .silhouettes import Light, draw_figure, tones
from .trees import tree

COATS = (None, "#d9a33a", "#2f7f86", "#33507f", "#5f7f4c", "#8a4a6f")
LIT_WITHIN = ("house", "castle", "tower", "windmill", "ship")


def stand(
    p: Painter,
    f: Figure,
    x: float,
    y: float,
    size: float,
    depth: float = 0,
    flip: bool | None = None,
    shadow: bool = True,
    halo: float = 0.3,
) -> None:
    """Draw one figure, toned for the hour, with air behind it and a shadow under it."""
    if f.name == "tree":
        return tree(p, x, y, size, f)
    c, pal = p.c, p.pal
    name = "fox2" if f.name == "fox" and p.rng(f"stand {f.name} {x:.2f}").random() < 0.35 else f.name
    flip = bool(p.focus < c.aspect / 2) if flip is None else flip
    own = dressed(p, f, depth)
    if halo:
        c.glow(x, y - size * 0.55, size * 0.75, mix(pal.horizon, pal.light, 0.4), halo * (1 - depth))
    if shadow:
        ground = np.exp(-((((c.x - x) / (size * 0.42)) ** 2 + ((c.y - y) / (size * 0.05)) ** 2) ** 1.2)) * 0.5
        c.lay(ground, mix(pal.near, pal.far, 0.2 + 0.4 * depth))
    light = Light(pal.near, mix(pal.light, own["b"], 0.25), p.sun, 0.62 if f.gloss else 0.42)
    draw_figure(c, name, x, y, size, own, light, flip)
    if f.gloss:
        c.glow(x - 0.1 * size, y - 0.75 * size, 0.16 * size, pal.light, 0.6)
    if name == "lighthouse" and (p.dark or {"fog", "storm"} & p.r.weather or p.r.time == "sunset"):
        lamp_beam(p, x, y - size * 0.83, size)
    if p.dark and name in LIT_WITHIN:
        c.glow(x, y - size * 0.3, size * 0.5, lamplight(p), 0.28)


def dressed(p: Painter, f: Figure, depth: float) -> dict[str, Array]:
    """A figure's colours under this light; a named colour stays itself at any hour."""
    colour = f.colour
    if colour is None and f.name == "person":
        coat = COATS[int(p.rng("coat").random() * 6)]
        colour = coat and rgb(coat)
    pull, unify = (0.5, 1 if p.dark else 0.7) if f.colour is None else (0.3, 0.1)
    key = (1.06 + 0.4 * p.pal.pull) * max(p.pal.exposure, 0.6) / p.pal.exposure  # the one thing the light is kind to
    own = tones(f.name, colour, lamplight(p))
    return {mark: v if mark == "w" else p.pal.lit(v, depth * 0.8, key, pull, unify) for mark, v in own.items()}


def lamplight(p: Painter) -> Array:
    """The colour of windows and lamps: lit in the dark, glass by day."""
    if p.dark or p.r.time == "sunset":
        return mix(p.pal.accent, rgb("#ffdf9a"), 0.6)
    return mix(rgb("#4c5a68"), p.pal.mid, 0.35)


def lamp_beam(p: Painter, x: float, y: float, size: float) -> None:
    """A beam that sweeps to the light's side, and the lamp it comes from."""
    c = p.c
    k = max(1, c.h // 256)
    dx, dy = c.x[:, ::k] - x, c.y[::k] - y
    d = np.sqrt(dx**2 + dy**2)
    off = np.abs(dy + 0.1 * np.abs(dx)) / (0.012 + 0.11 * np.abs(dx))
    beam = np.exp(-(off**2)) * np.exp(-d * 1.5) * 0.6 * np.where(dx * p.side > 0, 1, 0.45)
    c.screen(resize(beam, c.w, c.h, 2), mix(p.pal.light, rgb("#ffe7a8"), 0.6))
    c.glow(x, y, size * 0.13, rgb("#fff3c8"), 0.95)
