"""A street in one-point perspective."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..camera import Camera, Point, flat
from ..colour import mix, rgb
from ..fields import Array, smooth
from ..figures.kinds import AFLOAT, AIRBORNE
from ..figures.place import subjects
from ..lexicon.reading import Figure
from ..painter import Painter
from ..parts.clouds import clouds
from ..parts.sky import sky
from .houses import facade


def street(p: Painter) -> Iterator[None]:
    c, pal, g = p.c, p.pal, p.rng("street")
    p.horizon = .56 + .06 * g.random()
    vx = c.aspect * (.5 + .14 * (g.random() - .5))
    p.sun = (vx + .04, p.horizon - (.28 if p.r.time in ("day", "night") else .08))
    cam = Camera(vx, p.horizon, .46)
    sky(p)
    clouds(p)
    c.glow(vx, p.horizon, .4, mix(pal.horizon, pal.accent, .3), .4)
    yield
    neon = "neon" in p.r.styles or p.r.time in ("night", "dusk") or bool({"neon", "market"} & set(p.r.known))
    wet = "rain" in p.r.weather
    walls, mirror, signs, glints = p.sheet(2), p.sheet(1), p.sheet(2), p.sheet(1)
    hues = [p.r.tints[0]] * 2 if p.r.tints else []
    hues += [rgb(h) for h in (("#ff4f8b #35d0e8 #ffb347 #8f6bff" if g.random() < .6 else "#ffce5c #ff6a4d #4fe0b0 #5aa9ff").split())]

    def quad(points: list[Point], colour: Array, sign: bool = False, alpha: float = 1) -> None:
        """Draw in the street and, upside down, in the wet ground."""
        (signs if sign else walls).poly(cam.at(points), colour, alpha)
        (glints if sign else mirror).poly(cam.at([(x, -2 - y, z) for x, y, z in points]), colour, alpha)

    half = 1.35 + .3 * g.random()
    for side in (-1, 1):
        z, rows = 1.0, []
        while z < 15:
            deep = 1.1 + 1.7 * g.random()
            rows.append((z, z + deep, 2.2 + 4.2 * g.random() + .12 * z, g.random(), g.random()))
            z += deep
        for z0, z1, h, hue, q in rows[::-1]:
            facade(p, quad, side * half, z0, z1, h, hue, q, neon, hues, g)
    yield
    floor = c.below(np.full(c.w, p.horizon, np.float32))
    c.lay(floor, pal.at("road", .25))
    ground = (c.y - p.horizon) / (1 - p.horizon)
    gloss = .85 if wet else .22
    mirror.lay(gloss, soften=.006)
    if neon:
        glints.glow(gloss * .9, soften=.012)
    road = np.asarray(pal.at("road", .0, .8), np.float32)
    sheen = c.noise("sheen", 40, 3, stretch=8)[(np.log1p(20 * np.clip(ground[:, 0], 0, 1)) / 3.05 * (c.h - 1)).astype(int)]
    c.lay(floor * np.clip(.3 + .25 * (not wet) + .16 * sheen + .25 * ground, 0, .92), road)
    stripes(p, cam, half)
    walls.lay(grit=.06)
    yield
    if neon:
        signs.glow(.55, soften=.03)
        signs.lay(.96)
        signs.glow(.22, soften=.006)
    else:
        signs.lay(.9)
    p.mist(p.horizon, .08, .3 if wet or neon else .2, mix(pal.haze(1), pal.accent, .2) if neon else None)
    lamps(p, cam, half, neon)
    yield
    if not p.r.figures and not {"person", "people"} & p.r.banned and g.random() < .75:
        p.r.figures.append(Figure("person", p.r.local.get("umbrella")))
    foot = p.horizon + .3
    for f in p.r.figures:
        if f.name not in AIRBORNE | AFLOAT:
            x = min(max(p.focus, vx - .2), vx + .2)
            dark = np.exp(-(((c.x - x) / .05) ** 2)) * smooth(foot, foot + .01, c.y) * smooth(foot + .22, foot + .02, c.y) * .5
            c.lay(dark, pal.near)
    p.focus = min(max(p.focus, vx - .2), vx + .2)
    subjects(p, lambda x: foot, .9)


def stripes(p: Painter, cam: Camera, half: float) -> None:
    s = p.sheet(2)
    paint = mix(p.pal.at("concrete", .1, 1.1), p.pal.light, .2)
    for z in np.arange(1.2, 12, .9).tolist():
        s.poly(cam.at(flat(-.03, .03, -1, z, z + .45)), paint)
    for side in (-1, 1):
        s.poly(cam.at(flat(side * half, side * half * .8, -1, .3, 16)), p.pal.at("concrete", .2, .55))
    s.lay(.4)


def lamps(p: Painter, cam: Camera, half: float, on: bool) -> None:
    s, c = p.sheet(2), p.c
    for z in (7, 4.2, 2.4):
        for side in (-1, 1):
            x = side * half * .82
            (bx, by), (tx, ty), (hx, hy) = cam.at([(x, -1, z), (x, .9, z), (x - side * .25, .98, z)]).tolist()
            w = .007 / z ** .7
            s.curve([(bx, by, w * 1.3), (tx, ty, w), (hx, hy, w * .8)], mix(p.pal.near, p.pal.far, .08 * z), n=8)
            if on:
                c.glow(hx, hy + .005, .16 / z, rgb("#ffe2a6"), .9)
                c.glow(bx, by, .2 / z, rgb("#ffd48a"), .25, squash=2)
    wires = p.rng("wires")
    for _ in range(3):
        z, y = 1.6 + 4 * wires.random(), 1.2 + 1.3 * wires.random()
        (ax, ay), (bx, by) = cam.at([(-half, y, z), (half, y + .2, z)]).tolist()
        s.curve([(ax, ay, .0011), ((ax + bx) / 2, max(ay, by) + .05, .0009), (bx, by, .0011)], p.pal.near, .8, n=14)
    s.lay()
