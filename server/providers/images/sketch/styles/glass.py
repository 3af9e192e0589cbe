"""Stained glass and mosaic."""

import numpy as np

from ..canvas import Canvas
from ..colour import mix, rgb
from ..fields import smooth
from ..lexicon.reading import Reading
from ..light.palette import Palette
from .effects import Grade, bloom
from .patches import borders, cell_mean, cells, flats


def glass(c: Canvas, pal: Palette, r: Reading) -> Grade:
    """Stained glass follows the drawing: a pane is one flat colour within one cell. Mosaic is small plain tiles."""
    if {"mosaic", "tessellation"} & set(r.known):
        index, gap = cells(c, 46)
        edge, grout = smooth(0.06, 0.24, gap)[..., None], np.asarray(mix(pal.near, rgb("#8d8578"), 0.5), np.float32)
        c.px = cell_mean(c.px, index) * (0.95 + 0.1 * smooth(0.1, 0.5, gap))[..., None] * edge + (1 - edge) * grout
        return {"chroma": 0.15, "contrast": 0.1}
    index, _ = cells(c, 9)
    label, _ = flats(c, 10, 0.014)
    pane = index * 16 + label
    _, pane = np.unique(pane, return_inverse=True)
    pane = pane.reshape(label.shape)
    lead = borders(pane, c.h * 0.0032)[..., None]
    light = (1.08 + 0.12 * c.noise("glass", 5, 4) + 0.05 * c.noise("seedy", 40, 3))[..., None]
    c.px = cell_mean(c.px, pane) * light * (1 - lead) + lead * np.asarray(rgb("#15131a"), np.float32)
    bloom(c, 0.6)
    return {"chroma": 0.4, "contrast": 0.12}
