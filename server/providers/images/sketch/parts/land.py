"""Bodies of ground under a ridge line."""

import numpy as np

from ..colour import mix
from ..fields import Array, smooth
from ..painter import Painter


def land(
    p: Painter, ridge: Array, top: Array, low: Array, thick: float, shade: float = 0.12, grit: float = 0.05
) -> None:
    """A body of ground under a ridge line, lit along its crest, its colour sinking from `top` to `low`."""
    c = p.c
    d = c.y - ridge[None, :]
    start = max(0.0, float(ridge.min()))
    r0 = max(0, int(start * c.h) - 2)
    d = d[r0:]
    t = smooth(0, thick, d)[..., None]
    slope = np.clip(np.gradient(ridge) * c.h * 1.6, -1, 1) * -p.side
    light = 1 + shade * (
        slope[None, :] * np.exp(-np.maximum(d, 0) / (thick * 0.5)) + 0.45 * np.exp(-np.maximum(d, 0) / 0.012)
    )
    colour = (np.asarray(top, np.float32) * (1 - t) + np.asarray(low, np.float32) * t) * light[..., None].astype(
        np.float32
    )
    if grit:
        colour *= 1 + grit * c.tooth[r0:, :, None]
    mask = np.clip(d * c.h + 0.5, 0, 1)[..., None]
    c.px[r0:] += (colour - c.px[r0:]) * mask.astype(np.float32)


def far_range(p: Painter, height: float) -> None:
    """A pale range on the horizon."""
    ridge = p.horizon + 0.01 - height * (0.7 + 0.55 * p.c.line("range", 3, 5, 0.5, sharp=True))
    land(p, ridge, mix(p.pal.far, p.pal.horizon, 0.15), mix(p.pal.far, p.pal.horizon, 0.7), 0.12, 0.08)


def path(p: Painter, ridge: Array, depth: float = 0.1) -> None:
    """The part of a winding path that crosses this layer of ground."""
    if not p.has("path"):
        return
    c = p.c
    y0 = p.horizon - 0.02
    t = np.clip((c.y - y0) / (1 - y0), 0, 1)
    centre = p.focus + p.side * 0.13 * np.sin(2.2 + t * 4.2) * (1.15 - t)
    width = 0.004 + 0.13 * t**1.7
    colour = mix(p.pal.at("earth", depth, 1.2), p.pal.light, 0.25)
    c.lay(
        smooth(1.12, 0.8, np.abs(c.x - centre) / width + 0.06 * c.tooth) * (c.y > ridge[None, :] + 0.004) * 0.9,
        colour,
        grit=0.05,
    )
