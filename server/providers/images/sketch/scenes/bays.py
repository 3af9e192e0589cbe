"""The parts of a hall: bays, galleries, openings and arches."""

import math
from dataclasses import dataclass

import numpy as np

from ..camera import Camera, flat, front, wall
from ..colour import Array, mix, rgb
from ..painter import Painter
from ..sheet import Sheet

FIRST, DEEP = 0.9, 1.2  # where bays begin, and how deep one is


@dataclass
class Hall:
    """The measures of an interior, the light in it, and the sheets it is drawn on."""

    cam: Camera
    half: float  # from the middle to a side wall
    high: float
    way: int  # the sunny side
    arch: bool
    atrium: bool
    skylit: bool
    end: float  # half the width of the far opening
    door: float  # its sill
    beam: Array
    cool: Array
    tones: Array
    walls: Sheet
    lights: Sheet
    pools: Sheet
    shafts: Sheet

    def face(self, light: float, d: float = 0) -> Array:
        """The colour of stone that receives this much light, d of the way to the end wall."""
        return self.tones[int(255 * min(1, max(0, light + 0.22 * d)))]


def bay(p: Painter, h: Hall, z0: float, z1: float, d: float) -> None:
    """One bay between pillars: a tall glazed window on the sunny side, a dark doorway on the other."""
    s, at = h.walls, h.cam.at
    a, b = z0 + 0.46, z1 - 0.14
    for side in (-1, 1):
        x, inner, sunny = side * h.half, side * (h.half - 0.3), side == h.way
        s.poly(at(wall(x, -1, h.high, z0, z1)), h.face(0.22 if sunny else 0.5, d))
        if sunny:
            glazing(p, h, x, a, b, d)
        elif not h.skylit:
            opening(s, h.cam, x, (a, b), 0, -1, h.high * 0.66, h.arch, h.face(0.14, d))
        s.poly(at(wall(inner, -1, h.high, z0, z0 + 0.3)), h.face(0.2 if sunny else 0.86, 0.7 * d))
        s.poly(at(front(inner, x, -1, h.high, z0)), h.face(0.3 if sunny else 0.36, d))
        s.poly(at(front(inner - side * 0.03, x, -1, -0.82, z0 - 0.02)), h.face(0.26, d))


def glazing(p: Painter, h: Hall, x: float, a: float, b: float, d: float) -> None:
    """A window on the side wall at x from depth a to b: its lit reveal, its panes, its bars."""
    sill, head = (-0.55, h.high * 0.8) if h.arch else (-0.15, h.high * 0.72)
    pane, sky, bar = mix(h.beam, rgb("#ffffff"), 0.2), mix(h.beam, p.pal.mid, 0.5), h.face(0.16, d)
    opening(h.walls, h.cam, x * 0.97, (a - 0.16, b), 0, sill - 0.05, head + 0.04, h.arch, h.face(0.66, d))
    opening(h.lights, h.cam, x, (a, b), 0, sill, head, h.arch, pane, top=sky)
    for u in ((a * 2 + b) / 3, (a + 2 * b) / 3):
        h.lights.poly(h.cam.at(wall(x, sill, head, u - 0.014, u + 0.014)), bar)
    for v in np.arange(sill + 0.6, head - 0.1, 0.62).tolist():
        h.lights.poly(h.cam.at(wall(x, v - 0.014, v + 0.014, a, b)), bar)


def galleries(p: Painter, h: Hall, z0: float, z1: float, d: float) -> None:
    """One bay of an atrium: stacked balconies on both sides, bright parapets over dark walks."""
    s, at, high = h.walls, h.cam.at, h.high
    for side in (-1, 1):
        x, inner, post, lit = side * h.half, side * (h.half - 0.34), side * (h.half - 0.2), side != h.way
        s.poly(at(wall(x, -1, high, z0, z1)), h.face(0.1, d))
        for y in np.arange(-0.1, high - 0.3, 0.95).tolist():
            s.poly(at(flat(inner, x, y, z0, z1)), h.face(0.12, d))
            s.poly(at(wall(inner, y, y + 0.36, z0, z1)), h.face(0.84 if lit else 0.32, 0.7 * d))
            s.poly(at(wall(inner, y + 0.3, y + 0.36, z0, z1)), h.face(1 if lit else 0.5, 0.7 * d))
        s.poly(at(wall(post, -1, high, z0, z0 + 0.2)), h.face(0.6 if lit else 0.2, 0.7 * d))
        s.poly(at(front(post, x, -1, high, z0)), h.face(0.3, d))


def opening(
    s: Sheet,
    cam: Camera,
    x: float,
    z: float | tuple[float, float],
    w: float,
    y0: float,
    y1: float,
    arch: bool,
    colour: Array,
    end: bool = False,
    top: Array | None = None,
) -> None:
    """A doorway or window, on a side wall between two z or across the end wall, graded toward `top`."""
    a, b = (-w, w) if end else z

    def place(u: float, y: float) -> tuple[float, float, float]:
        return (u, y, z) if end else (x * 0.998, y, u)

    mid, r = (a + b) / 2, (b - a) / 2
    head = [place(a, y1), place(b, y1)]
    if arch:
        head = [place(mid + r * math.cos(t), y1 - 0.8 + 0.8 * math.sin(t)) for t in np.linspace(math.pi, 0, 14)]
    s.poly(cam.at([place(a, y0), *head, place(b, y0)]), colour if top is None else top)
    if top is not None:
        cut = y1 - 0.8 if arch else y1
        for i in range(8):
            lo, hi = y0 + (cut - y0) * i / 8, min(y0 + (cut - y0) * (i + 1.05) / 8, cut)
            s.poly(cam.at([place(a, lo), place(a, hi), place(b, hi), place(b, lo)]), mix(colour, top, i / 8))


def ring(s: Sheet, cam: Camera, half: float, high: float, z: float, front: Array, under: Array) -> None:
    """A rib arch across the nave."""
    t = np.linspace(0, math.pi, 22)
    spring = high * 0.52
    inner = [(half * math.cos(a), spring + (high - spring) * 0.96 * math.sin(a) ** 0.85, z) for a in t]
    back = [(x, y, z + 0.28) for x, y, _ in inner]
    outer = [(half * 1.4 * math.cos(a), spring + (high - spring) * 1.6 * math.sin(a) ** 0.8 + 0.2, z) for a in t]
    s.poly(cam.at(inner + back[::-1]), under)
    s.poly(cam.at(inner + outer[::-1]), front)
