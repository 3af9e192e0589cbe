"""The finish: bloom, the styles asked for, one grade, a little grain."""

from collections.abc import Generator

import numpy as np
from PIL import Image

from ..canvas import Canvas
from ..colour import mix
from ..fields import blur, rng_of, to_image
from ..lexicon.reading import Reading
from ..light.grade import grade
from ..light.palette import Palette
from . import STYLES
from .effects import Grade, bloom, luma, simplify, vignette, wobble

_ORDER = list(STYLES)


def finish(c: Canvas, pal: Palette, r: Reading, steps: int, cfg: float) -> Generator[float, None, Image.Image]:
    """Style, grade and grain, yielding fractions of the whole drawing; few steps leave the hand rough."""
    rough = max(0.0, 1 - (steps - 1) / 14) ** 1.3 if steps < 15 else 0.0
    if rough:
        simplify(c, 0.004 + 0.02 * rough)
        wobble(c, 0.012 * rough, 9, "rough")
    bloom(c, 0.22 + 0.5 * max(0, r.feel("bloom")))
    separate(c, pal)
    yield 0.85
    wish: Grade = {}
    for place, style in enumerate(sorted(r.styles[:3], key=_ORDER.index) or ["gouache"]):
        for key, value in STYLES[style](c, pal, r).items():
            wish[key] = wish.get(key, 0) + value
        yield 0.9 + 0.03 * place
    vignette(c, 0.12)
    grain(c, r, 0.016 + 0.05 * rough + wish.pop("grain", 0) + 0.03 * r.feel("grain"))
    return grade(to_image(c.px), r, cfg, **wish)


def separate(c: Canvas, pal: Palette) -> None:
    """Where a figure and what is behind it share a tone, put light behind it, or shade if all is bright."""
    s = c.subject
    if s.max() < 0.5:
        return
    halo = np.clip(blur(s, c.h * 0.04) * 1.5, 0, 1) * (1 - s)
    lum = luma(c.px)
    inside, around = float((lum * s).sum() / s.sum()), float((lum * halo).sum() / (halo.sum() + 1e-3))
    short = 0.17 - abs(around - inside)
    if short <= 0:
        return
    if around < 0.62:
        c.screen(halo * short * 2.6, mix(pal.light, pal.horizon, 0.5))
        c.px *= (1 - 0.5 * short * s)[..., None]
    else:
        c.px *= (1 - (1.6 * short * s))[..., None]


def grain(c: Canvas, r: Reading, amount: float) -> None:
    """Grain like film's, unless the negative forbids it."""
    if amount > 0 and not {"grain", "noise"} & r.banned:
        rng = rng_of(*c.key, "grain")
        c.px += (amount * (rng.random((c.h, c.w), np.float32) + rng.random((c.h, c.w), np.float32) - 1))[..., None]
