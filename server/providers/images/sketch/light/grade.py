"""The last table of colour: cfg, mood, warmth, and the hues that a negative forbids."""

import math

import numpy as np
from PIL import Image, ImageFilter

from ..colour import from_lab, to_lab
from ..fields import smooth
from ..lexicon.reading import Reading


def grade(
    image: Image.Image,
    r: Reading,
    cfg: float,
    contrast: float = 0,
    chroma: float = 0,
    light: float = 0,
    sepia: float = 0,
) -> Image.Image:
    """One 3-D table for all global colour: cfg, mood, what the style asks, and hues the negative forbids."""
    drive = math.log(max(cfg, 0.5) / 7) / math.log(2)  # 0 at 7, -2.8 at 1, +1.1 at 15
    gain = 1 + contrast + 0.25 * r.feel("contrast") + (0.11 if drive > 0 else 0.13) * drive
    vivid = 1 + chroma + 0.7 * r.feel("chroma") + (0.26 if drive > 0 else 0.2) * drive
    n = 25
    axis = np.linspace(0, 1, n)
    blue, green, red = np.meshgrid(axis, axis, axis, indexing="ij")  # Pillow's order: red runs fastest
    lab = to_lab(np.stack([red, green, blue], -1).reshape(-1, 3))
    hue = np.arctan2(lab[:, 2], lab[:, 1])
    strength = np.hypot(lab[:, 1], lab[:, 2])
    for avoid in r.avoid:
        bad = to_lab(avoid)
        if math.hypot(*bad[1:]) < 0.03:
            continue
        d = (hue - math.atan2(bad[2], bad[1]) + math.pi) % (2 * math.pi) - math.pi
        push = smooth(0.95, 0.25, np.abs(d)) * smooth(0.02, 0.06, strength)
        hue = hue + np.where(d >= 0, 1, -1) * push * (0.95 - np.minimum(np.abs(d), 0.95))
        strength = strength * (1 - 0.35 * push)
    lightness = lab[:, 0] + light
    middle = 0.58
    lightness = middle + (lightness - middle) * gain
    soft_top, soft_foot = (
        0.93 + 0.07 * np.tanh((lightness - 0.93) / 0.07),
        0.03 * np.exp((lightness - 0.03) / 0.1).clip(0, 1),
    )
    lightness = np.where(lightness > 0.93, soft_top, np.maximum(lightness, soft_foot))
    strength = strength * max(0, vivid)
    warm = 0.035 * r.feel("warm") + 0.03 * sepia
    out = from_lab(np.stack([lightness, np.cos(hue) * strength + 0.35 * warm, np.sin(hue) * strength + warm], -1))
    return image.filter(ImageFilter.Color3DLUT(n, out.astype(np.float32)))
