"""Neon: night, and every contour a lit tube."""

import numpy as np

from ..canvas import Canvas
from ..colour import mix, ramp, rgb, tone
from ..fields import blur, rng_of
from ..lexicon.reading import Reading
from ..light.palette import Palette
from .effects import Grade, bloom, edges_both, luma, vignette


def neon(c: Canvas, pal: Palette, r: Reading) -> Grade:
    """Night-dark grounds, every contour a lit tube."""
    g = rng_of(*c.key, "neon")
    hues = [*r.tints[:2]] or [
        rgb(h) for h in (("#ff3d8b", "#27d7ff"), ("#ff5a36", "#8f5bff"), ("#39f0b0", "#ff4fd0"))[int(g.random() * 3)]
    ]
    a, b = hues[0], hues[-1]
    if r.scene != "street":
        lum = np.clip(luma(c.px), 0, 1)
        night = [
            rgb("#05040c"),
            mix(rgb("#0c0a20"), a, 0.14),
            mix(rgb("#2b1f52"), b, 0.35),
            mix(b, rgb("#ffffff"), 0.15),
        ]
        dark = ramp(night, [0, 0.35, 0.75, 1])
        flat = dark[(lum * 235).astype(np.uint8)]
        c.px = 0.62 * flat + 0.3 * c.px * flat.max(-1, keepdims=True) * 1.6
        line = edges_both(c, lum) * (0.62 + 0.5 * (c.subject > 0.1)) if c.subject.max() > 0.5 else edges_both(c, lum)
        rim = edges_both(c, c.subject)
        c.px *= (1 - 0.5 * c.subject * (1 - rim))[..., None]
        t = np.clip(0.5 + 0.4 * c.noise("tube", 1.4, 2) + 0.5 * (c.y - 0.5), 0, 1)[..., None]
        tube = np.asarray(a, np.float32) * (1 - t) + np.asarray(b, np.float32) * t
        own = next((f.colour for f in r.figures if f.colour is not None), rgb("#ffd84a") if not r.tints else a)
        halo = np.clip(blur(c.subject, c.h * 0.006) * 1.3, 0, 1)[..., None]
        tube = tube * (1 - halo) + np.asarray(tone(own, 1.15, 1.3), np.float32) * halo
        line = np.maximum(line, rim)
        glow = blur(line, c.h * 0.012)[..., None] * 1.5 + blur(line, c.h * 0.04)[..., None] * 1.3
        c.px += glow * tube * (1 - np.minimum(c.px, 1))
        c.px += line[..., None] * (tube * 0.55 + 0.5) * (1 - np.minimum(c.px, 1))
    else:
        c.px = c.px * (0.72 + 0.5 * np.asarray(mix(a, b, 0.5), np.float32) * (1 - luma(c.px))[..., None])
    bloom(c, 0.8)
    vignette(c, 0.35)
    return {"chroma": 0.35, "contrast": 0.08}
