"""The houses of a street: storeys, shops and signs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..camera import front, wall
from ..colour import blend, mix, rgb, tone
from ..fields import Array
from ..painter import Painter

Quad = Callable[..., None]


def facade(p: Painter, quad: Quad, x: float, z0: float, z1: float, h: float, hue: float, q: float, neon: bool,
           hues: list[Array], g: np.random.Generator) -> None:
    """One house of the street: storeys of windows, shops below, signs that stand out from the wall."""
    pal, way = p.pal, float(np.sign(x))
    depth = min(.95, (z0 - 1) / 13)
    base = [rgb("#b06a52"), rgb("#8e98ad"), rgb("#c9a67c"), rgb("#7d8f86"), rgb("#a6798a")][int(hue * 5)]
    shade = pal.lit(base, depth * .85, .8 + .26 * (way == -p.side), pull=.75)
    lit = mix(pal.accent, rgb("#ffdf9e"), .6)
    bays = max(1, round((z1 - z0) / .62))
    quad(wall(x, -1, h, z0, z1), shade)
    quad(front(x, x + way * 6, -1, h, z0), tone(shade, .74))
    for y, lip in ((h, .1), (-.22, .05)):
        quad([(x, y, z0), (x, y, z1), (x * .96, y + lip, z1), (x * .96, y + lip, z0)], tone(shade, 1.16))
    storeys(p, quad, x, z0, z1, h, bays, depth, shade, lit, neon, g)
    shops(p, quad, x, z0, z1, bays, depth, shade, lit, neon, [hues[int((q + .37 * k) * 97) % len(hues)] for k in range(bays)], g)
    if neon and z0 < 12 and not {"sign", "neon"} & p.r.banned:
        for k in range(1 + int(2.4 * g.random())):
            colour = mix(hues[int((q + .31 * k) * 53) % len(hues)], pal.haze(1), depth * .3)
            reach = .8 if z0 < 1.5 and not k else z1 - z0  # one stands near
            sign(p, quad, x, z0 + .45 + .75 * g.random() * reach, -.05 + 1.1 * g.random(), colour, g)


def storeys(p: Painter, quad: Quad, x: float, z0: float, z1: float, h: float, bays: int, depth: float, shade: Array,
            lit: Array, neon: bool, g: np.random.Generator) -> None:
    """Rows of windows, some lit, some with a blind; in the far haze only the lit ones."""
    pal, pitch, on = p.pal, (z1 - z0) / bays, .36 if neon else .05
    glow_lit, dark = mix(lit, pal.haze(1), depth * .5), tone(shade, .5)
    for y in np.arange(.12, h - .42, .58).tolist():
        for k in range(bays):
            a, r = z0 + pitch * (k + .22), g.random()
            b, glow = a + pitch * .56, r < on
            warm, glass = tone(glow_lit, .62 + .9 * r), blend(dark, pal.mid, .22 + .3 * g.random())
            if z0 > 8 and not glow:
                continue
            quad(wall(x * .998, y, y + .34, a, b), warm if glow else glass, glow)
            if z0 < 8:
                quad(wall(x * .998, y - .03, y, a - .03, b + .03), tone(shade, 1.14))
            if glow and g.random() < .5:
                quad(wall(x * .997, y + .34 * g.random(), y + .34, a, b), tone(warm, .72), True)
            if z0 < 5:
                quad(wall(x * .996, y, y + .34, (a + b) / 2 - .012, (a + b) / 2 + .012), tone(shade, .5), glow)


def shops(p: Painter, quad: Quad, x: float, z0: float, z1: float, bays: int, depth: float, shade: Array, lit: Array,
          neon: bool, hues: list[Array], g: np.random.Generator) -> None:
    """The ground floor: lit panes behind mullions, or shutters; awnings over most."""
    pal, pitch = p.pal, (z1 - z0) / bays
    quad(wall(x * .999, -1, -.26, z0, z1), tone(shade, .62))
    for k, hue in enumerate(hues):
        a, b, r = z0 + pitch * (k + .1), z0 + pitch * (k + .9), g.random()
        if neon and r < .62:
            warm = mix(mix(lit, hue, .3), pal.haze(1), depth * .5)
            for y0, y1, light in ((-.86, -.66, .5), (-.66, -.5, .72), (-.5, -.36, .95)):
                quad(wall(x * .997, y0, y1, a, b), tone(warm, light), True)
            for u in (.0, .33, .66, 1):
                z = a + (b - a) * u
                quad(wall(x * .995, -.88, -.34, z - .014, z + .014), tone(shade, .34), True)
        else:
            quad(wall(x * .997, -.94, -.36, a + .06, b - .06), mix(tone(shade, .42), pal.mid, .18))
        if r < .7:
            cloth = pal.lit(hue, depth, .95, pull=.7)
            quad([(x, -.26, a), (x * .86, -.42, a), (x * .86, -.42, b), (x, -.26, b)], cloth)
            quad(wall(x * .86, -.47, -.42, a, b), tone(cloth, .8))


def sign(p: Painter, quad: Quad, x: float, z: float, y: float, colour: Array, g: np.random.Generator) -> None:
    """A lit board that stands out from the wall, with strokes that only look like writing."""
    way, tall, wide, edge = float(np.sign(x)), .55 + .8 * g.random(), .26 + .16 * g.random(), .018
    lo, hi = sorted((x - way * .05, x - way * (.05 + wide)))
    quad(front(lo, hi, y, y + tall, z), mix(tone(colour, .3), p.pal.near, .4))
    bar = lambda x0, y0, x1, y1, c: quad(front(x0, x1, y0, y1, z - .01), c, True)  # noqa: E731
    top = y + tall
    for x0, y0, x1, y1 in ((lo, y, hi, y + edge), (lo, top - edge, hi, top), (lo, y, lo + edge, top), (hi - edge, y, hi, top)):
        bar(x0, y0, x1, y1, colour)
    lo, hi, ink = lo + .07, hi - .07, tone(colour, 1.1)
    mid = (lo + hi) / 2
    for j in range(int((tall - .08) / .2)):
        y0, marks = y + .07 + j * .2, (g.random(6) < .5) | np.array([j % 2 == 0, True, False, False, j % 2 == 1, False])
        glyph = [(lo, .12, hi, .15), (lo, .055, hi, .085), (lo, -.01, hi, .02),
                 (lo, .0, lo + .035, .15), (mid - .017, -.01, mid + .017, .15), (hi - .035, .0, hi, .15)]
        for (ax, ay, bx, by), inked in zip(glyph, marks.tolist()):
            if inked:
                bar(ax, y0 + ay, bx, y0 + by, ink)
