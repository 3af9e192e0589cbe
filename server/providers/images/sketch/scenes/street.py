"""A street in one-point perspective."""

from collections.abc import Iterator

import numpy as np

from ..camera import Camera, flat
from ..colour import Array, mix, rgb
from ..fields import smooth
from ..figures.kinds import AFLOAT, AIRBORNE
from ..figures.place import subjects
from ..lexicon.reading import Figure
from ..painter import Painter
from ..parts.clouds import clouds
from ..parts.sky import sky
from .houses import Street, facade

SIGNS = ("#ff4f8b #35d0e8 #ffb347 #8f6bff", "#ffce5c #ff6a4d #4fe0b0 #5aa9ff")


def street(p: Painter) -> Iterator[None]:
    """Houses on both sides down to a vanishing point, wet ground if it rains, signs if it is dark."""
    c, pal, g = p.c, p.pal, p.rng("street")
    p.horizon = 0.56 + 0.06 * g.random()
    vx = c.aspect * (0.5 + 0.14 * (g.random() - 0.5))
    p.sun = (vx + 0.04, p.horizon - (0.28 if p.r.time in ("day", "night") else 0.08))
    sky(p)
    clouds(p)
    c.glow(vx, p.horizon, 0.4, mix(pal.horizon, pal.accent, 0.3), 0.4)
    yield
    st = build(p, Camera(vx, p.horizon, 0.46), g)
    yield
    pave(p, st)
    stripes(p, st)
    st.walls.lay(grit=0.06)
    yield
    light(p, st)
    yield
    walkers(p, vx, g)


def build(p: Painter, cam: Camera, g: np.random.Generator) -> Street:
    """Draw the houses, far ones first, on the street's sheets."""
    neon = "neon" in p.r.styles or p.dark or bool({"neon", "market"} & set(p.r.known))
    hues = [p.r.tints[0]] * 2 if p.r.tints else []
    hues += [rgb(code) for code in SIGNS[0 if g.random() < 0.6 else 1].split()]
    half = 1.35 + 0.3 * g.random()
    st = Street(cam, half, neon, hues, walls=p.sheet(2), mirror=p.sheet(1), signs=p.sheet(2), glints=p.sheet(1))
    for side in (-1, 1):
        z, rows = 1.0, []
        while z < 15:
            deep = 1.1 + 1.7 * g.random()
            rows.append((z, z + deep, 2.2 + 4.2 * g.random() + 0.12 * z, g.random(), g.random()))
            z += deep
        for z0, z1, h, hue, q in rows[::-1]:
            facade(p, st, side * half, z0, z1, h, hue, q, g)
    return st


def pave(p: Painter, st: Street) -> None:
    """The roadway, glossy where it is wet, with the houses upside down in it."""
    c, wet = p.c, "rain" in p.r.weather
    floor = c.below(np.full(c.w, p.horizon, np.float32))
    c.lay(floor, p.pal.at("road", 0.25))
    gloss = 0.85 if wet else 0.22
    st.mirror.lay(gloss, soften=0.006)
    if st.neon:
        st.glints.glow(gloss * 0.9, soften=0.012)
    ground = (c.y - p.horizon) / (1 - p.horizon)
    rows = (np.log1p(20 * np.clip(ground[:, 0], 0, 1)) / 3.05 * (c.h - 1)).astype(int)
    sheen = c.noise("sheen", 40, 3, stretch=8)[rows]
    cover = np.clip(0.3 + 0.25 * (not wet) + 0.16 * sheen + 0.25 * ground, 0, 0.92)
    c.lay(floor * cover, np.asarray(p.pal.at("road", 0.0, 0.8), np.float32))


def stripes(p: Painter, st: Street) -> None:
    """Marks down the middle, kerbs along the houses."""
    s = p.sheet(2)
    paint = mix(p.pal.at("concrete", 0.1, 1.1), p.pal.light, 0.2)
    for z in np.arange(1.2, 12, 0.9).tolist():
        s.poly(st.cam.at(flat(-0.03, 0.03, -1, z, z + 0.45)), paint)
    for side in (-1, 1):
        s.poly(st.cam.at(flat(side * st.half, side * st.half * 0.8, -1, 0.3, 16)), p.pal.at("concrete", 0.2, 0.55))
    s.lay(0.4)


def light(p: Painter, st: Street) -> None:
    """Lit windows and signs, the haze at the end of the street, lamps."""
    if st.neon:
        st.signs.glow(0.55, soften=0.03)
        st.signs.lay(0.96)
        st.signs.glow(0.22, soften=0.006)
    else:
        st.signs.lay(0.9)
    air = mix(p.pal.haze(1), p.pal.accent, 0.2) if st.neon else None
    p.mist(p.horizon, 0.08, 0.3 if "rain" in p.r.weather or st.neon else 0.2, air)
    lamps(p, st)


def lamps(p: Painter, st: Street) -> None:
    """Street lamps, and wires across."""
    s, c = p.sheet(2), p.c
    for z in (7, 4.2, 2.4):
        for side in (-1, 1):
            x = side * st.half * 0.82
            (bx, by), (tx, ty), (hx, hy) = st.cam.at([(x, -1, z), (x, 0.9, z), (x - side * 0.25, 0.98, z)]).tolist()
            w = 0.007 / z**0.7
            s.curve([(bx, by, w * 1.3), (tx, ty, w), (hx, hy, w * 0.8)], mix(p.pal.near, p.pal.far, 0.08 * z), n=8)
            if st.neon:
                c.glow(hx, hy + 0.005, 0.16 / z, rgb("#ffe2a6"), 0.9)
                c.glow(bx, by, 0.2 / z, rgb("#ffd48a"), 0.25, squash=2)
    wires = p.rng("wires")
    for _ in range(3):
        z, y = 1.6 + 4 * wires.random(), 1.2 + 1.3 * wires.random()
        (ax, ay), (bx, by) = st.cam.at([(-st.half, y, z), (st.half, y + 0.2, z)]).tolist()
        sag = max(ay, by) + 0.05
        s.curve([(ax, ay, 0.0011), ((ax + bx) / 2, sag, 0.0009), (bx, by, 0.0011)], p.pal.near, 0.8, n=14)
    s.lay()


def walkers(p: Painter, vx: float, g: np.random.Generator) -> None:
    """Whoever the prompt names, else perhaps someone, near the vanishing point and dark in the wet ground."""
    if not p.r.figures and not {"person", "people"} & p.r.banned and g.random() < 0.75:
        p.r.figures.append(Figure("person", p.r.local.get("umbrella")))
    foot = p.horizon + 0.3
    p.focus = min(max(p.focus, vx - 0.2), vx + 0.2)
    for f in p.r.figures:
        if f.name not in AIRBORNE | AFLOAT:
            p.c.lay(_reflection(p.c.x - p.focus, p.c.y - foot), p.pal.near)
    subjects(p, lambda x: foot, 0.9)


def _reflection(dx: Array, dy: Array) -> Array:
    return np.exp(-((dx / 0.05) ** 2)) * smooth(0, 0.01, dy) * smooth(0.22, 0.02, dy) * 0.5
