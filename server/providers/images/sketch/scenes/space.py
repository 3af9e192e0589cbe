"""Space: nebulae, planets, moons."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from ..colour import lean, look, mix, ramp, rgb, tone
from ..fields import Array, smooth
from ..figures.kinds import SIZES
from ..figures.place import subjects
from ..figures.stand import stand
from ..painter import Painter
from ..parts.heavens import stars
from ..parts.land import land


def space(p: Painter) -> Iterator[None]:
    c, pal, g = p.c, p.pal, p.rng("space")
    p.horizon = 1.0
    a = p.r.tints[0] if p.r.tints else mix(pal.zenith, pal.mid, .6)
    warm = [rgb("#e2698f"), rgb("#f0a35f"), rgb("#4fc0c8"), rgb("#9a6be0")][int(g.random() * 4)] if not p.r.tints else tone(a, 1.25)
    c.px[:] = np.asarray(mix(rgb("#06070f"), a, .12), np.float32)
    warp = c.noise("warp", 2.2, 4)
    n1, n2, dust = c.noise("neb1", 2.4, 7, gain=.6), c.noise("neb2", 3, 7, gain=.58), c.noise("dust", 4, 7, gain=.6)
    a, warm = tone(a, 1, 1.25), tone(warm, 1, 1.2)
    glow = tone(lean(rgb("#5f78c8"), a, .8), 1.0, 1.25)
    band = np.exp(-(((c.y - .5) * .9 + (c.x - c.aspect / 2) * .55 * p.side + .13 * warp) / .36) ** 2)
    c.screen((.25 + .75 * band) * smooth(-1.7, 2.2, n1) * .85, glow)
    c.screen(band ** 1.5 * smooth(-.7, 1.9, n2) * .95, warm)
    c.screen(band ** 2.4 * smooth(-.2, 2.4, n1 + n2) * .85, mix(warm, rgb("#fff0dc"), .6))
    c.px *= (1 - .72 * smooth(.2, 1.6, dust) * band)[..., None]
    yield
    p.sun = (c.aspect * (.5 + p.side * .3), .25)
    pal.light, pal.mid = mix(pal.light, rgb("#ffffff"), .3), mix(a, rgb("#c9d3f0"), .3)
    stars(p, 2.2)
    yield
    if p.has("planet") or g.random() < .75 and not {"planet", "rings"} & p.r.banned:
        x, y, r = c.aspect * (.5 - p.side * (.14 + .12 * g.random())), .5 + .16 * g.random(), .17 + .09 * g.random()
        planet(p, x, y, r, "planet", mix(warm, a, .35))
    for i in range(p.r.extras.get("moon", int(g.random() * 2))):
        planet(p, c.aspect * (.5 + p.side * (.18 + .13 * i)), .26 + .2 * g.random(), .05 + .02 * i, f"moon{i}", rgb("#b9b4b0"), False)
    yield
    floats = all(f.name in ("astronaut", "ship", "whale", "balloon", "rocket", "dragon") for f in p.r.figures)
    if not floats or (p.r.figures and g.random() < .4):
        pal.near, pal.pull = mix(rgb("#0a0b18"), a, .2), .5
        ridge = .84 - .03 * c.line("moonland", 2, 5, .5, sharp=True)
        land(p, ridge, tone(mix(a, rgb("#8a879a"), .5), .7), tone(mix(a, rgb("#2a2838"), .7), .5), .15, .2)
        subjects(p, lambda x: c.on(ridge, x) + .05, 1)
    else:
        p.horizon = .8
        for f in p.r.figures:
            x, size = c.aspect * (.5 + p.side * .2), SIZES[f.name]
            stand(p, f, x, .5 + .5 * size, size * 1.1, shadow=False, halo=.25, flip=p.side > 0)


def planet(p: Painter, x: float, y: float, r: float, name: str, colour: Array, ringed: bool | None = None) -> None:
    c, g = p.c, p.rng(name)
    ringed = (p.has("rings") or g.random() < .45) if ringed is None else ringed
    u, v = (c.x - x) / r, (c.y - y) / r
    d2 = u * u + v * v
    z = np.sqrt(np.clip(1 - d2, 0, 1))
    tilt = .35 * p.side
    lat = v * math.cos(tilt) + u * math.sin(tilt)
    swirl = c.noise(name + "s", 9, 5, stretch=2)
    bands = np.sin(lat * (7 + 7 * g.random()) + .5 * swirl) * .5 + .25 * swirl
    if not ringed and g.random() < .5:
        bands = c.noise(name + "c", 6, 6)
    lut = ramp([tone(colour, .62), colour, mix(colour, rgb("#fff2dc"), .55)])
    surface = look(lut, .5 + .4 * bands)
    lx, ly = np.array([p.sun[0] - x, p.sun[1] - y]) / (np.hypot(p.sun[0] - x, p.sun[1] - y) + 1e-6)
    lit = smooth(-.12, .75, u * lx * .8 + v * ly * .8 + z * .45)
    halo = np.exp(-np.clip(np.sqrt(d2) - 1, 0, 9) * 9) * smooth(-.9, .9, u * lx + v * ly) * .55
    c.screen(halo, mix(colour, rgb("#cfe3ff"), .5))
    ring_u, ring_v = u * math.cos(-tilt) + v * math.sin(-tilt), (-u * math.sin(-tilt) + v * math.cos(-tilt)) / .26
    q = np.sqrt(ring_u ** 2 + ring_v ** 2)
    ring = smooth(1.28, 1.34, q) * smooth(2.15, 2.05, q) * (.55 + .3 * np.sin(q * 34) + .15 * np.sin(q * 83)) if ringed else None
    shade = np.asarray(mix(colour, rgb("#fff2dc"), .5), np.float32)
    if ring is not None:
        c.lay(np.clip(ring * (ring_v < 0), 0, 1) * .75, shade)
    c.lay(np.clip((1 - np.sqrt(d2)) * r * c.h + .5, 0, 1), surface * (.03 + .97 * lit)[..., None])
    if ring is not None:
        c.lay(np.clip(ring * (ring_v >= 0), 0, 1) * .75, shade)
