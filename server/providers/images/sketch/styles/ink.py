"""Ink."""

from __future__ import annotations

import numpy as np

from ..canvas import Canvas
from ..colour import look, mix, ramp, rgb
from ..fields import blur, smooth
from ..lexicon.reading import Reading
from ..light.palette import Palette
from .effects import Grade, edges, edges_both, luma, paper, simplify, touch, wobble


def ink(c: Canvas, pal: Palette, r: Reading) -> Grade:
    """Wash in four tones on warm paper, brush lines on top; a colour the prompt names stays as the one touch of colour."""
    colour = c.px.copy()
    wobble(c, .0014, 22)
    sheet = paper(c)
    line = np.clip(edges(c, .0016, 22) * (1.15 + .35 * sheet), 0, 1)
    line = np.maximum(line, np.clip(edges(c, .004, 13) - .1, 0, 1))
    simplify(c, .012)
    lum = np.clip(luma(c.px), 0, 1)
    low, high = np.percentile(lum, (2, 92))
    lum = np.clip((lum - low) / (high - low + 1e-3), 0, 1)
    lum = np.clip(lum + .035 * c.noise("wash", 4, 4), 0, 1)
    steps = np.mean([smooth(t - w, t + w, lum) for t, w in ((.1, .03), (.3, .05), (.52, .07), (.74, .1))], 0)
    dry = smooth(.6, 1.8, c.noise("dry", 90, 3, stretch=6, gain=.7)) * smooth(.0, .2, steps) * smooth(.7, .3, steps) * .22
    own, ring = c.subject > .5, (blur(c.subject, c.h * .03) > .1) & (c.subject < .5)
    if own.any() and min(steps[own].mean(), steps[ring].mean()) > .68:  # a pale subject on pale paper is drawn darker
        steps = steps * (1 - .5 * c.subject)
    tonev = np.clip(.04 + .96 * steps ** .75 + dry, 0, 1) * (1 - .88 * np.maximum(line, .5 * edges_both(c, c.subject)))
    white, black = rgb("#f4eddd"), rgb("#1b1a20")
    c.px = look(ramp([black, mix(black, rgb("#5d6168"), .8), mix(white, rgb("#9aa0a2"), .6), white]), tonev)
    keep = touch(c, colour, r) * .88
    c.px = c.px * (1 - keep[..., None]) + keep[..., None] * np.clip(colour * 1.15, 0, 1) * (.5 + .5 * c.px)
    c.px *= (1 + .02 * sheet)[..., None]
    return {"chroma": .1}
