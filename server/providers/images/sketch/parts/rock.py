"""Mountains and cliffs: their form comes from the slope of their own ridge."""

import numpy as np

from ..colour import mix, ramp
from ..fields import Array, blur_line, shift, smooth
from ..painter import Painter


def peak(p: Painter, ridge: Array, depth: float, name: str, snowy: bool) -> None:
    """A mountain: spurs fall away from its peaks, lit on the sun's side; snow lies on top and in the gullies."""
    c, pal = p.c, p.pal
    r0 = max(0, int(ridge.min() * c.h) - 2)
    d = (c.y - ridge[None, :])[r0:]
    down = np.clip(d, 0, 0.5)
    warp, grain = c.noise(name, 5, 4)[r0:], c.noise(name + "g", 22, 5, stretch=0.7, gain=0.62)[r0:]
    flank = np.gradient(blur_line(ridge, c.h * 0.05)) * c.h
    flank = np.tanh(flank / (np.abs(flank).mean() + 1e-6))
    fine = np.gradient(blur_line(ridge, max(2, c.h * 0.007))) * c.h
    fine = np.tanh(1.4 * fine / (np.abs(fine).mean() + 1e-6))
    source = np.arange(c.w)[None, :] - (down * (0.75 * flank[None, :] + 0.3 * warp)) * c.h
    face = -fine[np.clip(source, 0, c.w - 1).astype(int)] * p.side * smooth(0.5, 0.0, d)
    step = max(1, c.h // 70)
    face = face + 0.5 * (grain - shift(grain, step, p.side * step)) + 0.12 * warp
    lit = smooth(-0.75, 0.75, face)
    stone_lit = mix(pal.at("rock", depth, 1.16), pal.light, 0.3 * (1 - depth))
    stone_dark = mix(pal.at("rock", depth, 0.66), pal.near, 0.2 * (1 - depth))
    base = (
        np.asarray(stone_dark, np.float32)
        + (np.asarray(stone_lit, np.float32) - np.asarray(stone_dark, np.float32)) * lit[..., None]
    )
    if snowy and "snow" not in p.r.banned and not p.has("mesa"):
        cold = 0.16 if "snow" in p.r.weather or p.r.season == "winter" else 0.05
        line = cold + (float(np.median(ridge)) - ridge)[None, :] * 0.45 + 0.035 * warp + 0.025 * grain + 0.05 * face
        cap = (smooth(0.0, 0.03, line - d) * 0.96)[..., None]
        shade = mix(mix(pal.at("snow", depth * 0.8, 0.82), pal.zenith, 0.3), pal.mid, 0.15)
        white = ramp([shade, mix(shade, pal.light, 0.5), mix(pal.at("snow", depth * 0.5, 1.04), pal.light, 0.45)])
        base += (white[(smooth(-0.5, 0.5, face) * 255).astype(np.uint8)] - base) * cap
    haze = np.asarray(pal.haze(0.6 + 0.4 * depth), np.float32)
    base += (haze - base) * (smooth(0.02, 0.36, d) * (0.3 + 0.6 * depth))[..., None]
    mask = np.clip(d * c.h + 0.5, 0, 1)[..., None]
    c.px[r0:] += (base - c.px[r0:]) * mask.astype(np.float32)


def rock_face(p: Painter, ridge: Array, depth: float, name: str) -> None:
    """A cliff: upright slabs with lit and shaded sides, crossed by a few ledges."""
    c, pal = p.c, p.pal
    d = c.y - ridge[None, :]
    warp = c.noise(name + "w", 5, 4)
    slabs = np.gradient(c.line(name, 13, 3, 0.6, sharp=True))
    slabs = np.tanh(1.3 * blur_line(slabs, c.h * 0.006) / (np.abs(slabs).mean() + 1e-6))
    source = np.arange(c.w)[None, :] + (0.011 * warp + 0.16 * d * p.side) * c.h
    face = slabs[np.clip(source, 0, c.w - 1).astype(int)] * p.side
    ledge = smooth(0.8, 1, np.sin((d + 0.02 * warp + 0.03 * slabs[None, :]) * 46))
    grain = c.noise(name + "g", 24, 5, stretch=0.6, gain=0.65)
    step = max(1, c.h // 80)
    lit = smooth(
        -1.25, 1.25, 0.55 * face + 0.55 * (grain - shift(grain, step, p.side * step)) + 0.15 * warp + 0.25 * ledge
    )
    dark = np.asarray(mix(pal.at("rock", depth, 0.6), pal.near, 0.25), np.float32)
    light = np.asarray(mix(pal.at("rock", depth, 1.12), pal.light, 0.28), np.float32)
    col = dark + (light - dark) * (lit * smooth(0.55, 0.0, d) ** 0.6)[..., None]
    c.lay(np.clip(d * c.h + 0.5, 0, 1), col, grit=0.06)
