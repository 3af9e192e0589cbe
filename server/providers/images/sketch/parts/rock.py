"""Mountains and cliffs: their form comes from the slope of their own ridge."""

from __future__ import annotations

import numpy as np

from ..colour import mix, ramp
from ..fields import Array, blur_line, shift, smooth
from ..painter import Painter


def peak(p: Painter, ridge: Array, depth: float, name: str, snowy: bool) -> None:
    """A mountain: spurs fall away from its peaks, lit on the sun's side; snow lies on top and in the gullies."""
    c, pal = p.c, p.pal
    r0 = max(0, int(ridge.min() * c.h) - 2)
    d = (c.y - ridge[None, :])[r0:]
    down = np.clip(d, 0, .5)
    warp, grain = c.noise(name, 5, 4)[r0:], c.noise(name + "g", 22, 5, stretch=.7, gain=.62)[r0:]
    flank = np.gradient(blur_line(ridge, c.h * .05)) * c.h
    flank = np.tanh(flank / (np.abs(flank).mean() + 1e-6))
    fine = np.gradient(blur_line(ridge, max(2, c.h * .007))) * c.h
    fine = np.tanh(1.4 * fine / (np.abs(fine).mean() + 1e-6))
    source = np.arange(c.w)[None, :] - (down * (.75 * flank[None, :] + .3 * warp)) * c.h
    face = -fine[np.clip(source, 0, c.w - 1).astype(int)] * p.side * smooth(.5, .0, d)
    step = max(1, c.h // 70)
    face = face + .5 * (grain - shift(grain, step, p.side * step)) + .12 * warp
    lit = smooth(-.75, .75, face)
    stone_lit = mix(pal.at("rock", depth, 1.16), pal.light, .3 * (1 - depth))
    stone_dark = mix(pal.at("rock", depth, .66), pal.near, .2 * (1 - depth))
    base = np.asarray(stone_dark, np.float32) + (np.asarray(stone_lit, np.float32) - np.asarray(stone_dark, np.float32)) * lit[..., None]
    if snowy and "snow" not in p.r.banned and not p.has("mesa"):
        cold = .16 if "snow" in p.r.weather or p.r.season == "winter" else .05
        line = cold + (float(np.median(ridge)) - ridge)[None, :] * .45 + .035 * warp + .025 * grain + .05 * face
        cap = (smooth(.0, .03, line - d) * .96)[..., None]
        shade = mix(mix(pal.at("snow", depth * .8, .82), pal.zenith, .3), pal.mid, .15)
        white = ramp([shade, mix(shade, pal.light, .5), mix(pal.at("snow", depth * .5, 1.04), pal.light, .45)])
        base += (white[(smooth(-.5, .5, face) * 255).astype(np.uint8)] - base) * cap
    haze = np.asarray(pal.haze(.6 + .4 * depth), np.float32)
    base += (haze - base) * (smooth(.02, .36, d) * (.3 + .6 * depth))[..., None]
    mask = np.clip(d * c.h + .5, 0, 1)[..., None]
    c.px[r0:] += (base - c.px[r0:]) * mask.astype(np.float32)


def rock_face(p: Painter, ridge: Array, depth: float, name: str) -> None:
    """A cliff: upright slabs with lit and shaded sides, crossed by a few ledges."""
    c, pal = p.c, p.pal
    d = c.y - ridge[None, :]
    warp = c.noise(name + "w", 5, 4)
    slabs = np.gradient(c.line(name, 13, 3, .6, sharp=True))
    slabs = np.tanh(1.3 * blur_line(slabs, c.h * .006) / (np.abs(slabs).mean() + 1e-6))
    source = np.arange(c.w)[None, :] + (.011 * warp + .16 * d * p.side) * c.h
    face = slabs[np.clip(source, 0, c.w - 1).astype(int)] * p.side
    ledge = smooth(.8, 1, np.sin((d + .02 * warp + .03 * slabs[None, :]) * 46))
    grain = c.noise(name + "g", 24, 5, stretch=.6, gain=.65)
    step = max(1, c.h // 80)
    lit = smooth(-1.25, 1.25, .55 * face + .55 * (grain - shift(grain, step, p.side * step)) + .15 * warp + .25 * ledge)
    dark = np.asarray(mix(pal.at("rock", depth, .6), pal.near, .25), np.float32)
    light = np.asarray(mix(pal.at("rock", depth, 1.12), pal.light, .28), np.float32)
    col = dark + (light - dark) * (lit * smooth(.55, .0, d) ** .6)[..., None]
    c.lay(np.clip(d * c.h + .5, 0, 1), col, grit=.06)
