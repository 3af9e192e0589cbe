"""Ink: washes and brush lines."""

import numpy as np

from ..canvas import Canvas
from ..colour import look, mix, ramp, rgb
from ..fields import blur, smooth
from ..lexicon.reading import Reading
from ..light.palette import Palette
from .effects import Grade, edges, edges_both, luma, paper, simplify, touch, wobble


def ink(c: Canvas, pal: Palette, r: Reading) -> Grade:
    """Wash in four tones on warm paper, brush lines on top; a named colour stays as the one touch of colour."""
    colour = c.px.copy()
    wobble(c, 0.0014, 22)
    sheet = paper(c)
    line = np.clip(edges(c, 0.0016, 22) * (1.15 + 0.35 * sheet), 0, 1)
    line = np.maximum(line, np.clip(edges(c, 0.004, 13) - 0.1, 0, 1))
    simplify(c, 0.012)
    lum = np.clip(luma(c.px), 0, 1)
    low, high = np.percentile(lum, (2, 92))
    lum = np.clip((lum - low) / (high - low + 1e-3), 0, 1)
    lum = np.clip(lum + 0.035 * c.noise("wash", 4, 4), 0, 1)
    steps = np.mean([smooth(t - w, t + w, lum) for t, w in ((0.1, 0.03), (0.3, 0.05), (0.52, 0.07), (0.74, 0.1))], 0)
    dry = (
        smooth(0.6, 1.8, c.noise("dry", 90, 3, stretch=6, gain=0.7))
        * smooth(0.0, 0.2, steps)
        * smooth(0.7, 0.3, steps)
        * 0.22
    )
    own, ring = c.subject > 0.5, (blur(c.subject, c.h * 0.03) > 0.1) & (c.subject < 0.5)
    if own.any() and min(steps[own].mean(), steps[ring].mean()) > 0.68:  # a pale subject on pale paper is drawn darker
        steps = steps * (1 - 0.5 * c.subject)
    tonev = np.clip(0.04 + 0.96 * steps**0.75 + dry, 0, 1) * (
        1 - 0.88 * np.maximum(line, 0.5 * edges_both(c, c.subject))
    )
    white, black = rgb("#f4eddd"), rgb("#1b1a20")
    c.px = look(ramp([black, mix(black, rgb("#5d6168"), 0.8), mix(white, rgb("#9aa0a2"), 0.6), white]), tonev)
    keep = touch(c, colour, r) * 0.88
    c.px = c.px * (1 - keep[..., None]) + keep[..., None] * np.clip(colour * 1.15, 0, 1) * (0.5 + 0.5 * c.px)
    c.px *= (1 + 0.02 * sheet)[..., None]
    return {"chroma": 0.1}
