"""Clouds in sheets and in heaps."""

import numpy as np

from ..colour import look, mix, ramp
from ..fields import Array, blur, resize, shift, smooth
from ..painter import Painter
from .weather import lightning


def clouds(p: Painter, cover: float | None = None) -> None:
    """Clouds for the weather, or a share of the sky given by `cover`, 0 to 1."""
    if "cloud" in p.r.banned:
        return
    g, weather = p.rng("clouds"), p.r.weather
    heavy = bool({"storm", "rain"} & weather)
    if cover is None:
        cover = 0.65 if "cloud" in weather else 0.12 if "clear" in weather else 0.22 + 0.3 * g.random()
        cover = 0.85 if heavy else cover
    fair = "clear" not in weather and not heavy and p.r.time in ("day", "golden", "dawn", "sunset")
    if fair and g.random() < 0.55:
        cumulus(p, cover)
        cover *= 0.45
    stratus(p, cover, heavy)
    if p.has("lightning") or ("storm" in weather and "lightning" not in p.r.banned and g.random() < 0.3):
        lightning(p)


def stratus(p: Painter, cover: float, heavy: bool) -> None:
    """Sheets of cloud, flatter toward the horizon, lit from the sun's side."""
    c = p.c
    bottom = int(c.h * p.horizon)
    w, h = max(64, c.w // 2), max(64, bottom // 2)
    n = c.noise("clouds", 3.2, 7, stretch=3.6, gain=0.57, size=(w, int(h * 1.7)))
    rows = 0.12 + 0.88 * np.linspace(0, 1, h) ** 1.08  # the first rows stay spare for the light's step
    at = (rows * (len(n) - 1)).astype(int)
    toward, n = n[np.clip(at - int(h * 0.07), 0, None)], n[at]
    lit = smooth(-0.8, 1.0, n - shift(toward, 0, -p.side * int(w * 0.02)))
    low = 1.25 - 2.1 * cover
    mask = smooth(low, low + 1.9, n) * smooth(1.0, 0.8, np.linspace(0, 1, h))[:, None] * (0.8 if heavy else 0.7)
    colour = look(_greys(p, heavy), lit)
    full, paint = np.zeros((c.h, c.w), np.float32), np.zeros_like(c.px)
    full[:bottom] = resize(mask, c.w, bottom)
    for i in range(3):
        paint[:bottom, :, i] = resize(colour[..., i], c.w, bottom)
    c.lay(np.clip(full, 0, 1), paint)


def _greys(p: Painter, heavy: bool) -> Array:
    pal = p.pal
    body = mix(pal.mid, pal.light, 0.08 if heavy else 0.45)
    shade, light = mix(pal.mid, pal.zenith, 0.8 if heavy else 0.45), mix(body, pal.light, 0.35 if heavy else 0.7)
    return ramp([shade, body, light])


def cumulus(p: Painter, cover: float) -> None:
    """Heaped clouds: hemispheres give the body, billowing noise the edge, a step toward the sun the light."""
    c, pal = p.c, p.pal
    k = 2 if c.h > 300 else 1
    h, w = c.h // k, c.w // k
    density = blur(heaps(p, w, h, cover), h * 0.006) * 1.5 - 0.3
    density = density + 0.17 * c.noise("billow", 13, 5, gain=0.6, size=(w, h))
    lean = p.side * (1 if p.sun[1] > p.horizon * 0.5 else 0.5)
    near, far = (density - shift(density, int(h * step), -int(h * step * lean)) for step in (0.018, 0.045))
    solid = np.clip(density, 0, 1)
    lit = 0.52 + 0.34 * near + 0.36 * far + 0.2 * (solid - blur(solid, h * 0.03))
    tints = [mix(pal.mid, pal.far, 0.3), mix(pal.horizon, pal.mid, 0.5), mix(pal.light, pal.horizon, 0.35), pal.light]
    tint = look(ramp(tints, [0, 0.34, 0.7, 1]), lit)
    tint = np.stack([resize(tint[..., i], c.w, c.h) for i in range(3)], -1)
    alpha = resize(smooth(0.02, 0.3, density) * 0.95, c.w, c.h)
    c.lay(np.clip(alpha, 0, 1) * smooth(p.horizon + 0.02, p.horizon - 0.1, c.y), tint)


def heaps(p: Painter, w: int, h: int, cover: float) -> Array:
    """How thick the heaps are, (h, w): many hemispheres a heap, flat below."""
    g = p.rng("cumulus")
    z = np.zeros((h, w), np.float32)
    yy, xx = np.mgrid[0:h, 0:w].astype(np.float32) / h
    for _ in range(2 + int(4 * cover)):
        cx, cy = p.c.aspect * (0.5 + (g.random() - 0.5) * 1.2), p.horizon * (0.42 + 0.5 * g.random())
        span = (0.12 + 0.2 * g.random()) * (0.5 + 0.8 * (1 - cy / p.horizon))
        tall = 0.55 + 0.5 * g.random()
        for _ in range(46):
            u = float(np.clip(g.normal() * 0.45, -1, 1))
            room = (1 - abs(u)) ** 0.7
            r = span * (0.1 + 0.2 * room * g.random() ** 0.7)
            x, y = cx + u * span, cy - span * tall * room * g.random() - r * 0.35
            rows = slice(max(0, int((y - r) * h)), min(h, int(min(y + r, cy) * h) + 1))
            columns = slice(max(0, int((x - r) * h)), min(w, int((x + r) * h) + 1))
            if rows.stop > rows.start and columns.stop > columns.start:
                here = rows, columns
                round_ = np.sqrt(np.maximum(1 - ((xx[here] - x) ** 2 + (yy[here] - y) ** 2) / (r * r), 0))
                np.maximum(z[here], round_ * (0.55 + 0.45 * r / (0.3 * span)), out=z[here])
    return z
