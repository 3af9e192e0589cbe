"""An interior with light falling in."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..camera import Camera, Point, flat, front
from ..colour import lean, mix, ramp, rgb, tone
from ..figures.kinds import SIZES
from ..figures.stand import stand
from ..lexicon.reading import Figure
from ..painter import Painter
from .bays import Hall, bay, galleries, opening, ring


def hall(p: Painter) -> Iterator[None]:
    """An interior in one-point perspective: bays, openings, and the sun coming through one side."""
    c, pal, g = p.c, p.pal, p.rng("hall")
    p.horizon = .6 + .06 * g.random()
    way, bays, deep = p.side, 6, 1.2
    cam = Camera(c.aspect * (.5 - way * (.02 + .14 * g.random())), p.horizon)
    arch = p.has("arch") or (not p.has("concrete") and g.random() < .5)
    atrium = p.has("galleries")
    half, high = 1.35 + .5 * g.random(), 2.3 + 1.5 * g.random() + .8 * (arch or atrium)
    day = {"night": .34, "dusk": .5, "sunset": .78}.get(p.r.time, 1)
    stone = mix(pal.local["concrete"], pal.local["wall"], .5 if arch else .15)
    warm = {"night": (pal.mid, .5), "dusk": (pal.horizon, .6), "sunset": (rgb("#ffb05e"), .5), "golden": (rgb("#ffcf7d"), .5)}
    beam = mix(pal.light, *warm.get(p.r.time, (rgb("#fff0cc"), .6)))
    cool = lean(tone(stone, .36 * (.55 + .45 * day)), p.r.tints[0] if p.r.tints else mix(pal.zenith, rgb("#4a5a8c"), .5), .85)
    half_lit = mix(tone(stone, .72 * (.5 + .5 * day)), cool, .35)
    tones = ramp([tone(cool, .62), cool, half_lit, mix(stone, beam, .45), mix(stone, beam, .8)], [0, .25, .55, .85, 1])
    far = .9 + bays * deep
    end, door = half * (.3 + .2 * g.random()), -1 if g.random() < .6 else .2
    h = Hall(cam, half, high, way, arch, atrium or (p.has("concrete") and g.random() < .5), beam, tones)
    s, lights, pools, shafts = p.sheet(2), p.sheet(2), p.sheet(2), p.sheet(1)
    c.px[:] = np.asarray(h.face(.3), np.float32)
    s.poly(cam.at(flat(-half, half, -1, .2, far)), h.face(.34))
    s.poly(cam.at(flat(-half, half, high, .2, far)), h.face(.1))
    s.poly(cam.at(front(-half, half, -1, high, far)), h.face(.6, .4))
    opening(lights, cam, 0, far - .01, end, door, high * .66, arch, beam, end=True)
    yield
    for k in range(bays, -1, -1):
        z0, z1, d = .9 + k * deep, .9 + (k + 1) * deep, k / bays
        (galleries if atrium else bay)(p, h, s, lights, z0, z1, d)
        if arch:
            ring(s, cam, half - .3, high, z0, h.face(.36, d), h.face(.5 if k % 2 else .44, d))
        else:
            s.poly(cam.at(front(-half, half, high - .45, high, z0)), h.face(.22, d))
            s.poly(cam.at(flat(-half, half, high - .45, z0, z0 + .3)), h.face(.44, d))
            if h.skylit:
                lights.poly(cam.at(flat(-half * .5, half * .5, high, z0 + .45, z1 - .05)), beam)
        a, b = way * half * .96, -way * half * .55
        pools.poly(cam.at(flat(a * .15, b, -1, z0 + .5, z0 + 1)), beam)
        z, foot = z0 + .46, [(b, -1.0, z0 + .5), (a * .15, -1.0, z0 + .5)]
        source = [(way * half * .5, high, z), (-way * half * .1, high, z)] if atrium else [(a, .1, z), (a, high * .74, z)]
        shafts.poly(cam.at(source + foot), beam, .5)
    s.lay()
    c.px *= (1 + .045 * c.noise("panel", 6, 6, gain=.75))[..., None]
    joints(p, h)
    yield
    lights.lay(.97)
    pools.lay(.62, soften=.0015)
    y0 = int(cam.at([(0, -1, far)])[0, 1] * c.h)
    n = c.h - y0
    mirror = np.clip(c.px[np.clip(y0 - (np.arange(n) * .9).astype(int), 0, c.h - 1)], 0, 1)
    c.px[y0:] += (mirror - c.px[y0:]) * np.linspace(.34, .1, n, dtype=np.float32)[:, None, None]
    lights.glow(.5, soften=.012)
    lights.glow(.3, soften=.05)
    if not {"rays", "sun"} & p.r.banned:
        strong = 1.3 if p.has("rays") else .85
        shafts.glow(.5 * strong, soften=.005)
        shafts.glow(.26 * strong, soften=.04)
    yield
    if not p.r.figures and "person" not in p.r.banned and g.random() < .75:
        p.r.figures.append(Figure("person"))
    x, ground = cam.at([(-way * half * .22, -1, 2.3 + .5 * g.random())])[0].tolist()
    pal.near, pal.pull, pal.horizon = tone(cool, .6), .35, h.face(.7)
    p.sun = (x + way * .6, ground - .7)
    for f in p.r.figures:
        long = np.exp(-(((c.x - x + way * .08) / .1) ** 2 + ((c.y - ground - .006) / .009) ** 2)) * .55
        c.lay(long, tone(cool, .5))
        group(p, f, x, ground, SIZES[f.name] * (.62 if f.name == "person" else .9))
    dust = p.sheet(2)
    for u, v, j in g.random((int(110 * c.aspect), 3)).tolist():
        dust.dot(u * c.aspect, v * .9, .0007 + .0011 * j, beam, alpha=.7)
    dust.glow(.45, soften=.0007)


def joints(p: Painter, h: Hall) -> None:
    """Joints in the floor, and shutter lines on concrete walls."""
    s, ink = p.sheet(2), h.face(.05)

    def line(a: Point, b: Point, wide: float, thin: float) -> None:
        (ax, ay), (bx, by) = h.cam.at([a, b]).tolist()
        s.limb([(ax, ay, wide), (bx, by, thin)], ink, .6)

    for x in np.linspace(-h.half, h.half, 7).tolist():
        line((x, -1, .4), (x, -1, 9), .0012, .0004)
    for z in np.arange(1.0, 8.5, 1.1).tolist():
        line((-h.half, -1, z), (h.half, -1, z), .0012 / z ** .5, .0012 / z ** .5)
    if p.has("concrete"):
        for y in np.arange(-.5, h.high, .55).tolist():
            for side in (-1, 1):
                line((side * h.half, y, .4), (side * h.half, y, 8.5), .001, .0004)
    s.lay(.5)


def group(p: Painter, f: Figure, x: float, y: float, size: float) -> None:
    for j in range(min(f.count, 5)):
        stand(p, f, x + (j - (f.count - 1) / 2) * size * .9, y - (.015 if j % 2 else 0), size, halo=.2)
