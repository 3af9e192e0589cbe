"""Stained glass and mosaic."""

from __future__ import annotations

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
        edge, grout = smooth(.06, .24, gap)[..., None], np.asarray(mix(pal.near, rgb("#8d8578"), .5), np.float32)
        c.px = cell_mean(c.px, index) * (.95 + .1 * smooth(.1, .5, gap))[..., None] * edge + (1 - edge) * grout
        return {"chroma": .15, "contrast": .1}
    index, _ = cells(c, 9)
    label, _ = flats(c, 10, .014)
    pane = index * 16 + label
    _, pane = np.unique(pane, return_inverse=True)
    pane = pane.reshape(label.shape)
    lead = borders(pane, c.h * .0032)[..., None]
    light = (1.08 + .12 * c.noise("glass", 5, 4) + .05 * c.noise("seedy", 40, 3))[..., None]
    c.px = cell_mean(c.px, pane) * light * (1 - lead) + lead * np.asarray(rgb("#15131a"), np.float32)
    bloom(c, .6)
    return {"chroma": .4, "contrast": .12}
