"""Screen print: flat inks and a dot screen."""

import numpy as np

from ..canvas import Canvas
from ..colour import mix, rgb, to_lab, tone
from ..fields import shift
from ..lexicon.reading import Reading
from ..light.palette import Palette
from .effects import Grade, luma, paper, simplify


def screenprint(c: Canvas, pal: Palette, r: Reading) -> Grade:
    """Four flat inks, a dot screen between them, one plate a hair out of register."""
    simplify(c, 0.006)
    lum = np.clip(luma(c.px), 0, 1)
    lum = (lum - np.percentile(lum, 1)) / (np.percentile(lum, 99) - np.percentile(lum, 1) + 1e-3)
    a = np.pi / 5
    pitch = 150
    u, v = (c.x * np.cos(a) + c.y * np.sin(a)) * pitch, (-c.x * np.sin(a) + c.y * np.cos(a)) * pitch
    screen = 0.25 * (np.cos(u * 2 * np.pi / 2) + np.cos(v * 2 * np.pi / 2)) + 0.5
    inks = [
        mix(pal.near, rgb("#1d1a2c"), 0.4),
        tone(pal.zenith, 0.85, 1.25),
        mix(pal.accent, pal.mid, 0.25),
        tone(pal.horizon, 1.0, 1.2),
        rgb("#f7efdf"),
    ]
    if pal.exposure < 0.7:
        inks[1], inks[2] = tone(pal.zenith, 1.15, 1.3), tone(pal.far, 1.1, 1.35)
    inks = sorted(inks, key=lambda k: to_lab(k)[0])
    level = np.clip(lum * 4 + (screen - 0.5) * 0.85, 0, 4)
    index = np.clip(np.round(level), 0, 4).astype(int)
    flat = np.array(inks, np.float32)[index]
    keep = 0.34 + 0.45 * c.subject[..., None]
    mixed = keep * np.clip(c.px, 0, 1) + (1 - keep) * flat
    plate = shift(mixed[..., 0], max(1, c.h // 340), -max(1, c.h // 300))
    c.px = np.stack([plate, mixed[..., 1], mixed[..., 2]], -1)
    c.px += (0.035 * paper(c))[..., None] * (1 - lum[..., None] * 0.5)
    return {"chroma": 0.18, "contrast": 0.08}
