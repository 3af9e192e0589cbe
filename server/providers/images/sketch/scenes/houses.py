"""The houses of a street: storeys, shops and signs."""

from dataclasses import dataclass

import numpy as np

from ..camera import Camera, Point, front, wall
from ..colour import Array, blend, mix, rgb, tone
from ..painter import Painter
from ..sheet import Sheet

WALLS = ("#b06a52", "#8e98ad", "#c9a67c", "#7d8f86", "#a6798a")


@dataclass
class Street:
    """The measures of a street and the sheets it is drawn on; `mirror` and `glints` hold what the ground shows."""

    cam: Camera
    half: float  # from the middle to the houses
    neon: bool
    hues: list[Array]
    walls: Sheet
    mirror: Sheet
    signs: Sheet
    glints: Sheet

    def quad(self, points: list[Point], colour: Array, lit: bool = False) -> None:
        """Draw in the street and, upside down, in the wet ground."""
        (self.signs if lit else self.walls).poly(self.cam.at(points), colour)
        (self.glints if lit else self.mirror).poly(self.cam.at([(x, -2 - y, z) for x, y, z in points]), colour)

    def hue(self, k: float) -> Array:
        """The k-th colour of the signs, around and around."""
        return self.hues[int(k) % len(self.hues)]


@dataclass
class House:
    """One front along the street, from z0 to z1."""

    x: float
    z0: float
    z1: float
    h: float
    bays: int
    depth: float  # 0 near, 1 in the haze
    shade: Array
    lamp: Array

    @property
    def pitch(self) -> float:
        """The depth of one bay."""
        return (self.z1 - self.z0) / self.bays


def facade(
    p: Painter, st: Street, x: float, z0: float, z1: float, h: float, hue: float, q: float, g: np.random.Generator
) -> None:
    """One house: storeys of windows, shops below, signs that stand out from the wall; `hue` and `q` are chance."""
    way, depth = float(np.sign(x)), min(0.95, (z0 - 1) / 13)
    shade = p.pal.lit(rgb(WALLS[int(hue * 5)]), depth * 0.85, 0.8 + 0.26 * (way == -p.side), pull=0.75)
    house = House(x, z0, z1, h, max(1, round((z1 - z0) / 0.62)), depth, shade, mix(p.pal.accent, rgb("#ffdf9e"), 0.6))
    st.quad(wall(x, -1, h, z0, z1), shade)
    st.quad(front(x, x + way * 6, -1, h, z0), tone(shade, 0.74))
    for y, lip in ((h, 0.1), (-0.22, 0.05)):
        st.quad([(x, y, z0), (x, y, z1), (x * 0.96, y + lip, z1), (x * 0.96, y + lip, z0)], tone(shade, 1.16))
    storeys(p, st, house, g)
    st.quad(wall(x * 0.999, -1, -0.26, z0, z1), tone(shade, 0.62))
    for k in range(house.bays):
        shop(p, st, house, k, st.hue((q + 0.37 * k) * 97), g)
    if st.neon and z0 < 12 and not {"sign", "neon"} & p.r.banned:
        for k in range(1 + int(2.4 * g.random())):
            colour = mix(st.hue((q + 0.31 * k) * 53), p.pal.haze(1), depth * 0.3)
            reach = 0.8 if z0 < 1.5 and not k else z1 - z0  # one stands near
            sign(p, st, x, z0 + 0.45 + 0.75 * g.random() * reach, -0.05 + 1.1 * g.random(), colour, g)


def storeys(p: Painter, st: Street, house: House, g: np.random.Generator) -> None:
    """Rows of windows, some lit, some with a blind; in the far haze only the lit ones."""
    x, z0, shade = house.x, house.z0, house.shade
    on = 0.36 if st.neon else 0.05
    lamp, dark = mix(house.lamp, p.pal.haze(1), house.depth * 0.5), tone(shade, 0.5)
    for y in np.arange(0.12, house.h - 0.42, 0.58).tolist():
        for k in range(house.bays):
            a, r = z0 + house.pitch * (k + 0.22), g.random()
            b, lit = a + house.pitch * 0.56, r < on
            warm, glass = tone(lamp, 0.62 + 0.9 * r), blend(dark, p.pal.mid, 0.22 + 0.3 * g.random())
            if z0 > 8 and not lit:
                continue
            st.quad(wall(x * 0.998, y, y + 0.34, a, b), warm if lit else glass, lit)
            if z0 < 8:
                st.quad(wall(x * 0.998, y - 0.03, y, a - 0.03, b + 0.03), tone(shade, 1.14))
            if lit and g.random() < 0.5:
                st.quad(wall(x * 0.997, y + 0.34 * g.random(), y + 0.34, a, b), tone(warm, 0.72), True)
            if z0 < 5:
                st.quad(wall(x * 0.996, y, y + 0.34, (a + b) / 2 - 0.012, (a + b) / 2 + 0.012), tone(shade, 0.5), lit)


def shop(p: Painter, st: Street, house: House, k: int, hue: Array, g: np.random.Generator) -> None:
    """The ground floor of the k-th bay: lit panes behind mullions, or shutters; an awning over most."""
    x, shade, depth = house.x, house.shade, house.depth
    a, b, r = house.z0 + house.pitch * (k + 0.1), house.z0 + house.pitch * (k + 0.9), g.random()
    if st.neon and r < 0.62:
        warm = mix(mix(house.lamp, hue, 0.3), p.pal.haze(1), depth * 0.5)
        for y0, y1, light in ((-0.86, -0.66, 0.5), (-0.66, -0.5, 0.72), (-0.5, -0.36, 0.95)):
            st.quad(wall(x * 0.997, y0, y1, a, b), tone(warm, light), True)
        for u in (0.0, 0.33, 0.66, 1):
            z = a + (b - a) * u
            st.quad(wall(x * 0.995, -0.88, -0.34, z - 0.014, z + 0.014), tone(shade, 0.34), True)
    else:
        st.quad(wall(x * 0.997, -0.94, -0.36, a + 0.06, b - 0.06), mix(tone(shade, 0.42), p.pal.mid, 0.18))
    if r < 0.7:
        cloth = p.pal.lit(hue, depth, 0.95, pull=0.7)
        st.quad([(x, -0.26, a), (x * 0.86, -0.42, a), (x * 0.86, -0.42, b), (x, -0.26, b)], cloth)
        st.quad(wall(x * 0.86, -0.47, -0.42, a, b), tone(cloth, 0.8))


def sign(p: Painter, st: Street, x: float, z: float, y: float, colour: Array, g: np.random.Generator) -> None:
    """A lit board that stands out from the wall, with strokes that only look like writing."""
    way, tall, wide, edge = float(np.sign(x)), 0.55 + 0.8 * g.random(), 0.26 + 0.16 * g.random(), 0.018
    lo, hi = sorted((x - way * 0.05, x - way * (0.05 + wide)))
    top = y + tall
    st.quad(front(lo, hi, y, top, z), mix(tone(colour, 0.3), p.pal.near, 0.4))
    border = [(lo, y, hi, y + edge), (lo, top - edge, hi, top), (lo, y, lo + edge, top), (hi - edge, y, hi, top)]
    for x0, y0, x1, y1 in border:
        st.quad(front(x0, x1, y0, y1, z - 0.01), colour, True)
    for j in range(int((tall - 0.08) / 0.2)):
        marks = (g.random(6) < 0.5) | np.array([j % 2 == 0, True, False, False, j % 2 == 1, False])
        for (x0, y0, x1, y1), inked in zip(
            glyph(lo + 0.07, hi - 0.07, y + 0.07 + j * 0.2), marks.tolist(), strict=True
        ):
            if inked:
                st.quad(front(x0, x1, y0, y1, z - 0.01), tone(colour, 1.1), True)


def glyph(lo: float, hi: float, y: float) -> list[tuple[float, float, float, float]]:
    """Six bars, (x0, y0, x1, y1), of which a sign of no script is made."""
    mid = (lo + hi) / 2
    rows = [(lo, y + v, hi, y + v + 0.03) for v in (0.12, 0.055, -0.01)]
    return [
        *rows,
        (lo, y, lo + 0.035, y + 0.15),
        (mid - 0.017, y - 0.01, mid + 0.017, y + 0.15),
        (hi - 0.035, y, hi, y + 0.15),
    ]
