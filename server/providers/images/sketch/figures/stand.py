"""Stand one figure in a picture, toned for the hour."""

from __future__ import annotations

import numpy as np

from ..colour import mix, rgb
from ..fields import resize
from ..lexicon.reading import Figure
from ..painter import Painter
from .silhouettes import draw_figure, tones
from .trees import tree


def stand(p: Painter, f: Figure, x: float, y: float, size: float, depth: float = 0, flip: bool | None = None, shadow: bool = True,
          halo: float = .3) -> None:
    """Draw one figure, toned for the hour, with air behind it and a shadow under it."""
    if f.name == "tree":
        return tree(p, x, y, size, f)
    c, pal, g = p.c, p.pal, p.rng(f"stand {f.name} {x:.2f}")
    name = "fox2" if f.name == "fox" and g.random() < .35 else f.name
    flip = bool(p.focus < c.aspect / 2) if flip is None else flip
    lamp = mix(pal.accent, rgb("#ffdf9a"), .6) if p.dark or p.r.time == "sunset" else mix(rgb("#4c5a68"), pal.mid, .35)
    coat = [None, *(rgb(k) for k in ("#d9a33a", "#2f7f86", "#33507f", "#5f7f4c", "#8a4a6f"))]
    own = tones(f.name, f.colour if f.colour is not None or f.name != "person" else coat[int(p.rng("coat").random() * 6)], lamp)
    key = (1.06 + .4 * pal.pull) * max(pal.exposure, .6) / pal.exposure  # the one thing the light is kind to
    pull, unify = (.5, 1 if p.dark else .7) if f.colour is None else (.3, .1)  # a named colour stays itself at any hour
    own = {k: v if k == "w" else pal.lit(v, depth * .8, key, pull, unify) for k, v in own.items()}
    if halo:
        c.glow(x, y - size * .55, size * .75, mix(pal.horizon, pal.light, .4), halo * (1 - depth))
    if shadow:
        ground = np.exp(-(((c.x - x) / (size * .42)) ** 2 + ((c.y - y) / (size * .05)) ** 2) ** 1.2) * .5
        c.lay(ground, mix(pal.near, pal.far, .2 + .4 * depth))
    draw_figure(c, name, x, y, size, own, pal.near, mix(pal.light, own["b"], .25), p.sun, flip, rim=.62 if f.gloss else .42)
    if f.gloss:
        c.glow(x - .1 * size, y - .75 * size, .16 * size, pal.light, .6)
    if name == "lighthouse" and (p.dark or {"fog", "storm"} & p.r.weather or p.r.time == "sunset"):
        lamp_beam(p, x, y - size * .83, size)
    if p.dark and name in ("house", "castle", "tower", "windmill", "ship"):
        c.glow(x, y - size * .3, size * .5, lamp, .28)


def lamp_beam(p: Painter, x: float, y: float, size: float) -> None:
    c = p.c
    k = max(1, c.h // 256)
    dx, dy = c.x[:, ::k] - x, c.y[::k] - y
    d = np.sqrt(dx ** 2 + dy ** 2)
    off = np.abs(dy + .1 * np.abs(dx)) / (.012 + .11 * np.abs(dx))
    beam = np.exp(-off ** 2) * np.exp(-d * 1.5) * .6 * np.where(dx * p.side > 0, 1, .45)
    c.screen(resize(beam, c.w, c.h, 2), mix(p.pal.light, rgb("#ffe7a8"), .6))
    c.glow(x, y, size * .13, rgb("#fff3c8"), .95)
