"""Pixel art."""

import numpy as np
from PIL import Image

from ..canvas import Canvas
from ..fields import resize, to_array, to_image
from ..lexicon.reading import Reading
from ..light.palette import Palette
from .effects import Grade


def pixel(c: Canvas, pal: Palette, r: Reading) -> Grade:
    """Large dithered pixels of few colours."""
    n = 112
    w, h = (n, max(1, round(n / c.aspect))) if c.aspect >= 1 else (max(1, round(n * c.aspect)), n)
    small = to_image((c.px - 0.5) * 1.12 + 0.5).resize((w, h), Image.Resampling.BOX)
    bayer = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]]) / 16 - 0.47
    tiled = np.tile(bayer, (h // 4 + 1, w // 4 + 1))[:h, :w, None]
    palette = small.quantize(18, Image.Quantize.MEDIANCUT).getpalette()[:54]  # type: ignore[index]
    own = to_array(small)[resize(c.subject, w, h, Image.Resampling.BOX) > 0.5]  # the subject keeps colours of its own
    if len(own) > 12:
        palette += to_image(own[None]).quantize(6, Image.Quantize.MEDIANCUT).getpalette()[:18]  # type: ignore[index]
    table = Image.new("P", (1, 1))
    table.putpalette(palette)
    dithered = (
        to_image(to_array(small) + 0.075 * tiled).quantize(palette=table, dither=Image.Dither.NONE).convert("RGB")
    )
    c.px = to_array(dithered.resize((c.w, c.h), Image.Resampling.NEAREST))
    return {"chroma": 0.15, "grain": -1}
