"""Still and rippled water that mirrors what is above it."""

import math

import numpy as np

from ..colour import mix
from ..fields import Array, smooth
from ..painter import Painter


def water(p: Painter, top: float, rough: float = 0.4, colour: Array | None = None, bottom: float = 1) -> None:
    """Mirror what is above `top`, ripple it, tint it, and let the light glitter."""
    c, pal = p.c, p.pal
    y0, y1 = int(top * c.h), int(bottom * c.h)
    n = y1 - y0
    if n < 4:
        return
    d = (np.arange(n, dtype=np.float32) / (c.h * (1 - top)))[:, None]
    rows = (np.log1p(26 * d[:, 0]) / math.log(27) * (c.h - 1)).astype(int).clip(0, c.h - 1)
    ripple = c.noise("ripple", 60, 3, stretch=7, gain=0.7)[rows]
    swell = c.noise("swell", 16, 3, stretch=6)[rows]
    lift = (rough * (0.3 + d) * c.h * (0.014 * ripple + 0.012 * swell)).astype(int)
    sway = (rough * (0.2 + d) * c.h * 0.012 * swell).astype(int)
    source = np.clip(y0 - 1 - np.arange(n)[:, None] - lift, 0, max(0, y0 - 1))
    across = np.clip(np.arange(c.w)[None, :] + sway, 0, c.w - 1)
    mirror = c.px[source, across]
    deep = pal.at("water", 0.1) if colour is None else colour
    t = (np.clip(0.22 + 0.55 * d + 0.1 * swell * rough, 0, 0.9))[..., None]
    body = mirror * (1 - t) + np.asarray(mix(deep, pal.near, 0.25), np.float32) * t
    body *= (1 + 0.05 * ripple * (0.4 + rough))[..., None]
    glint = smooth(1.5 - 0.4 * rough, 2.4, ripple + 0.5 * swell)
    under = np.exp(-(((c.x - p.sun[0]) / (0.035 + 0.3 * d)) ** 2)) * (0.9 if "sun" not in p.r.banned else 0.2)
    spark = np.clip(glint * 0.22 + under * smooth(0.3, 1.5, ripple + 0.3 * swell) * 0.8, 0, 1)[..., None]
    body += spark * (np.asarray(pal.light, np.float32) - body)
    edge = np.clip((c.y[y0:y1] - top) * c.h + 0.5, 0, 1)[..., None]
    c.px[y0:y1] += (body - c.px[y0:y1]) * edge
