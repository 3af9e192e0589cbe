"""Clouds in sheets and in heaps."""

import numpy as np

from ..colour import look, mix, ramp
from ..fields import blur, resize, shift, smooth
from ..painter import Painter
from .weather import lightning


def clouds(p: Painter, cover: float | None = None) -> None:
    if "cloud" in p.r.banned:
        return
    c, pal, g = p.c, p.pal, p.rng("clouds")
    heavy = bool({"storm", "rain"} & p.r.weather)
    if cover is None:
        cover = next((v for k, v in (("cloud", 0.65), ("clear", 0.12)) if k in p.r.weather), 0.22 + 0.3 * g.random())
        cover = 0.85 if heavy else cover
    if (
        "clear" not in p.r.weather
        and not heavy
        and p.r.time in ("day", "golden", "dawn", "sunset")
        and g.random() < 0.55
    ):
        cumulus(p, cover)
        cover *= 0.45
    w, h = max(64, c.w // 2), max(64, int(c.h * p.horizon) // 2)
    n = c.noise("clouds", 3.2, 7, stretch=3.6, gain=0.57, size=(w, int(h * 1.7)))
    rows = (
        0.12 + 0.88 * np.linspace(0, 1, h) ** 1.08
    )  # flatter toward the horizon; the first rows stay spare for the light's step
    at = (rows * (len(n) - 1)).astype(int)
    toward = n[np.clip(at - int(h * 0.07), 0, None)]
    n = n[at]
    lit = smooth(-0.8, 1.0, n - shift(toward, 0, -p.side * int(w * 0.02)))
    low = 1.25 - 2.1 * cover
    mask = smooth(low, low + 1.9, n) * smooth(1.0, 0.8, np.linspace(0, 1, h))[:, None] * (0.8 if heavy else 0.7)
    body = mix(pal.mid, pal.light, 0.45 if not heavy else 0.08)
    lut = ramp(
        [mix(pal.mid, pal.zenith, 0.45 if not heavy else 0.8), body, mix(body, pal.light, 0.7 if not heavy else 0.35)]
    )
    bottom = int(c.h * p.horizon)
    colour = look(lut, lit)
    alpha = resize(mask, c.w, bottom)
    full = np.zeros((c.h, c.w), np.float32)
    full[:bottom] = alpha
    paint = np.zeros_like(c.px)
    for i in range(3):
        paint[:bottom, :, i] = resize(colour[..., i], c.w, bottom)
    c.lay(np.clip(full, 0, 1), paint)
    if p.has("lightning") or ("storm" in p.r.weather and "lightning" not in p.r.banned and g.random() < 0.3):
        lightning(p)


def cumulus(p: Painter, cover: float) -> None:
    """Heaped clouds: hemispheres give the body, billowing noise the edge, a step toward the sun the light."""
    c, pal, g = p.c, p.pal, p.rng("cumulus")
    k = 2 if c.h > 300 else 1
    h, w = c.h // k, c.w // k
    z = np.zeros((h, w), np.float32)
    yy, xx = np.mgrid[0:h, 0:w].astype(np.float32) / h
    for _ in range(2 + int(4 * cover)):
        cx, cy = c.aspect * (0.5 + (g.random() - 0.5) * 1.2), p.horizon * (0.42 + 0.5 * g.random())
        span = (0.12 + 0.2 * g.random()) * (0.5 + 0.8 * (1 - cy / p.horizon))
        tall = 0.55 + 0.5 * g.random()
        for _ in range(46):
            u = float(np.clip(g.normal() * 0.45, -1, 1))
            room = (1 - abs(u)) ** 0.7
            r = span * (0.1 + 0.2 * room * g.random() ** 0.7)
            x, y = cx + u * span, cy - span * tall * room * g.random() - r * 0.35
            x0, x1 = max(0, int((x - r) * h)), min(w, int((x + r) * h) + 1)
            y0, y1 = max(0, int((y - r) * h)), min(h, int(min(y + r, cy) * h) + 1)  # flat below
            if x1 > x0 and y1 > y0:
                d = 1 - ((xx[y0:y1, x0:x1] - x) ** 2 + (yy[y0:y1, x0:x1] - y) ** 2) / (r * r)
                np.maximum(
                    z[y0:y1, x0:x1], np.sqrt(np.maximum(d, 0)) * (0.55 + 0.45 * r / (0.3 * span)), out=z[y0:y1, x0:x1]
                )
    billow = c.noise("billow", 13, 5, gain=0.6, size=(w, h))
    density = blur(z, h * 0.006) * 1.5 - 0.3 + 0.17 * billow
    sx = p.side * (1 if p.sun[1] > p.horizon * 0.5 else 0.5)
    toward = lambda step: shift(density, int(h * step), -int(h * step * sx))  # noqa: E731
    body = blur(np.clip(density, 0, 1), h * 0.03)
    lit = (
        0.52
        + 0.34 * (density - toward(0.018))
        + 0.36 * (density - toward(0.045))
        + 0.2 * (np.clip(density, 0, 1) - body)
    )
    alpha = resize(smooth(0.02, 0.3, density) * 0.95, c.w, c.h)
    lut = ramp(
        [mix(pal.mid, pal.far, 0.3), mix(pal.horizon, pal.mid, 0.5), mix(pal.light, pal.horizon, 0.35), pal.light],
        [0, 0.34, 0.7, 1],
    )
    tint = look(lut, lit)
    tint = np.stack([resize(tint[..., i], c.w, c.h) for i in range(3)], -1)
    c.lay(np.clip(alpha, 0, 1) * smooth(p.horizon + 0.02, p.horizon - 0.1, c.y), tint)
