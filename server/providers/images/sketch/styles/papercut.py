"""Cut paper: sheets of card with shadows."""

import numpy as np

from ..canvas import Canvas
from ..fields import blur, rng_of, shift
from ..lexicon.reading import Reading
from ..light.palette import Palette
from .effects import Grade, luma, paper
from .patches import flats


def papercut(c: Canvas, pal: Palette, r: Reading) -> Grade:
    """Sheets of card, darker ones nearer, each casting a soft shadow on the next."""
    wash = c.px.copy()
    label, table = flats(c, 8, 0.016)
    rank = np.argsort(np.argsort(-luma(table)))[label].astype(np.float32)
    rank = np.where(c.subject > 0.5, len(table), rank)
    card = (0.7 * table[label] + 0.3 * wash) * (1 - c.subject[..., None]) + wash * c.subject[..., None]
    shadow = np.zeros_like(rank)
    for step, weight in ((0.005, 0.5), (0.011, 0.3), (0.018, 0.2)):
        dy, dx = int(c.h * step), int(-_side(c) * c.h * step * 0.6)
        above = shift(rank, dy, dx) > rank + 0.5
        shadow += weight * blur(above.astype(np.float32), c.h * step * 0.6)
    lip = shift(rank, -max(1, c.h // 400), 0) < rank - 0.5
    c.px = card * (1 - 0.5 * shadow)[..., None] * (1 + 0.03 * paper(c))[..., None] + (0.05 * lip)[..., None]
    return {"chroma": 0.22, "contrast": 0.1, "light": 0.03}


def _side(c: Canvas) -> int:
    """Where the painter put the light: -1 left, 1 right."""
    return -1 if rng_of(*c.key, "place").random() < 0.5 else 1
