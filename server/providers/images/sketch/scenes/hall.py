"""An interior with light falling in."""

from collections.abc import Iterator

import numpy as np

from ..camera import Camera, Point, flat, front
from ..colour import Array, lean, mix, ramp, rgb, tone
from ..figures.kinds import SIZES
from ..figures.stand import stand
from ..lexicon.reading import Figure
from ..painter import Painter
from .bays import DEEP, FIRST, Hall, bay, galleries, opening, ring

BAYS = 6
FAR = FIRST + BAYS * DEEP  # where the end wall stands
WARMTH = {"sunset": ("#ffb05e", 0.5), "golden": ("#ffcf7d", 0.5)}


def hall(p: Painter) -> Iterator[None]:
    """An interior in one-point perspective: bays, openings, and the sun coming through one side."""
    g = p.rng("hall")
    h = measure(p, g)
    end_wall(p, h)
    yield
    for k in range(BAYS, -1, -1):
        stretch(p, h, k)
    h.walls.lay()
    p.c.px *= (1 + 0.045 * p.c.noise("panel", 6, 6, gain=0.75))[..., None]
    joints(p, h)
    yield
    shine(p, h)
    yield
    if not p.r.figures and "person" not in p.r.banned and g.random() < 0.75:
        p.r.figures.append(Figure("person"))
    people(p, h, 2.3 + 0.5 * g.random())
    dust(p, h, g)


def measure(p: Painter, g: np.random.Generator) -> Hall:
    """Decide the measures of the hall and the tones of its stone."""
    p.horizon = 0.6 + 0.06 * g.random()
    cam = Camera(p.c.aspect * (0.5 - p.side * (0.02 + 0.14 * g.random())), p.horizon)
    arch = p.has("arch") or (not p.has("concrete") and g.random() < 0.5)
    atrium = p.has("galleries")
    half, high = 1.35 + 0.5 * g.random(), 2.3 + 1.5 * g.random() + 0.8 * (arch or atrium)
    end, door = half * (0.3 + 0.2 * g.random()), -1 if g.random() < 0.6 else 0.2
    skylit = atrium or (p.has("concrete") and g.random() < 0.5)
    tones, cool, beam = stone(p, arch)
    return Hall(
        cam,
        half,
        high,
        p.side,
        arch,
        atrium,
        skylit,
        end,
        door,
        beam,
        cool,
        tones,
        walls=p.sheet(2),
        lights=p.sheet(2),
        pools=p.sheet(2),
        shafts=p.sheet(1),
    )


def stone(p: Painter, arch: bool) -> tuple[Array, Array, Array]:
    """A ramp of stone from shade to light, its cool shade, and the colour of the light that falls in."""
    pal, time = p.pal, p.r.time
    day = {"night": 0.34, "dusk": 0.5, "sunset": 0.78}.get(time, 1)
    pale = mix(pal.local["concrete"], pal.local["wall"], 0.5 if arch else 0.15)
    code, share = WARMTH.get(time, ("#fff0cc", 0.6))
    warm = {"night": (pal.mid, 0.5), "dusk": (pal.horizon, 0.6)}.get(time, (rgb(code), share))
    beam = mix(pal.light, *warm)
    shade = p.r.tints[0] if p.r.tints else mix(pal.zenith, rgb("#4a5a8c"), 0.5)
    cool = lean(tone(pale, 0.36 * (0.55 + 0.45 * day)), shade, 0.85)
    half_lit = mix(tone(pale, 0.72 * (0.5 + 0.5 * day)), cool, 0.35)
    stops = [tone(cool, 0.62), cool, half_lit, mix(pale, beam, 0.45), mix(pale, beam, 0.8)]
    return ramp(stops, [0, 0.25, 0.55, 0.85, 1]), cool, beam


def end_wall(p: Painter, h: Hall) -> None:
    """Floor, ceiling and the far wall with its opening."""
    s, at = h.walls, h.cam.at
    p.c.px[:] = np.asarray(h.face(0.3), np.float32)
    s.poly(at(flat(-h.half, h.half, -1, 0.2, FAR)), h.face(0.34))
    s.poly(at(flat(-h.half, h.half, h.high, 0.2, FAR)), h.face(0.1))
    s.poly(at(front(-h.half, h.half, -1, h.high, FAR)), h.face(0.6, 0.4))
    opening(h.lights, h.cam, 0, FAR - 0.01, h.end, h.door, h.high * 0.66, h.arch, h.beam, end=True)


def stretch(p: Painter, h: Hall, k: int) -> None:
    """The k-th stretch of the hall: its walls, what spans it, and the light that falls on its floor."""
    at, half, high = h.cam.at, h.half, h.high
    z0, z1, d = FIRST + k * DEEP, FIRST + (k + 1) * DEEP, k / BAYS
    (galleries if h.atrium else bay)(p, h, z0, z1, d)
    if h.arch:
        ring(h.walls, h.cam, half - 0.3, high, z0, h.face(0.36, d), h.face(0.5 if k % 2 else 0.44, d))
    else:
        h.walls.poly(at(front(-half, half, high - 0.45, high, z0)), h.face(0.22, d))
        h.walls.poly(at(flat(-half, half, high - 0.45, z0, z0 + 0.3)), h.face(0.44, d))
        if h.skylit:
            h.lights.poly(at(flat(-half * 0.5, half * 0.5, high, z0 + 0.45, z1 - 0.05)), h.beam)
    a, b, z = h.way * half * 0.96, -h.way * half * 0.55, z0 + 0.46
    h.pools.poly(at(flat(a * 0.15, b, -1, z0 + 0.5, z0 + 1)), h.beam)
    source = [(a, 0.1, z), (a, high * 0.74, z)]
    if h.atrium:
        source = [(h.way * half * 0.5, high, z), (-h.way * half * 0.1, high, z)]
    h.shafts.poly(at([*source, (b, -1.0, z0 + 0.5), (a * 0.15, -1.0, z0 + 0.5)]), h.beam, 0.5)


def joints(p: Painter, h: Hall) -> None:
    """Joints in the floor, and shutter lines on concrete walls."""
    s, ink = p.sheet(2), h.face(0.05)

    def line(a: Point, b: Point, wide: float, thin: float) -> None:
        (ax, ay), (bx, by) = h.cam.at([a, b]).tolist()
        s.limb([(ax, ay, wide), (bx, by, thin)], ink, 0.6)

    for x in np.linspace(-h.half, h.half, 7).tolist():
        line((x, -1, 0.4), (x, -1, 9), 0.0012, 0.0004)
    for z in np.arange(1.0, 8.5, 1.1).tolist():
        line((-h.half, -1, z), (h.half, -1, z), 0.0012 / z**0.5, 0.0012 / z**0.5)
    if p.has("concrete"):
        for y in np.arange(-0.5, h.high, 0.55).tolist():
            for side in (-1, 1):
                line((side * h.half, y, 0.4), (side * h.half, y, 8.5), 0.001, 0.0004)
    s.lay(0.5)


def shine(p: Painter, h: Hall) -> None:
    """Light the openings and the floor, mirror the walls in it, let shafts fall through the air."""
    c = p.c
    h.lights.lay(0.97)
    h.pools.lay(0.62, soften=0.0015)
    y0 = int(h.cam.at([(0, -1, FAR)])[0, 1] * c.h)
    n = c.h - y0
    mirror = np.clip(c.px[np.clip(y0 - (np.arange(n) * 0.9).astype(int), 0, c.h - 1)], 0, 1)
    c.px[y0:] += (mirror - c.px[y0:]) * np.linspace(0.34, 0.1, n, dtype=np.float32)[:, None, None]
    h.lights.glow(0.5, soften=0.012)
    h.lights.glow(0.3, soften=0.05)
    if not {"rays", "sun"} & p.r.banned:
        strong = 1.3 if p.has("rays") else 0.85
        h.shafts.glow(0.5 * strong, soften=0.005)
        h.shafts.glow(0.26 * strong, soften=0.04)


def people(p: Painter, h: Hall, z: float) -> None:
    """Whoever is there stands away from the windows, with a long shadow."""
    c, pal = p.c, p.pal
    x, ground = h.cam.at([(-h.way * h.half * 0.22, -1, z)])[0].tolist()
    pal.near, pal.pull, pal.horizon = tone(h.cool, 0.6), 0.35, h.face(0.7)
    p.sun = (x + h.way * 0.6, ground - 0.7)
    for f in p.r.figures:
        shadow = np.exp(-(((c.x - x + h.way * 0.08) / 0.1) ** 2 + ((c.y - ground - 0.006) / 0.009) ** 2)) * 0.55
        c.lay(shadow, tone(h.cool, 0.5))
        size = SIZES[f.name] * (0.62 if f.name == "person" else 0.9)
        for j in range(min(f.count, 5)):
            stand(p, f, x + (j - (f.count - 1) / 2) * size * 0.9, ground - (0.015 if j % 2 else 0), size, halo=0.2)


def dust(p: Painter, h: Hall, g: np.random.Generator) -> None:
    """Motes in the light."""
    s = p.sheet(2)
    for u, v, j in g.random((int(110 * p.c.aspect), 3)).tolist():
        s.dot(u * p.c.aspect, v * 0.9, 0.0007 + 0.0011 * j, h.beam, alpha=0.7)
    s.glow(0.45, soften=0.0007)
