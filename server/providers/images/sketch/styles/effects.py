"""What several styles do to a picture: glow, paper, an unsteady hand, patches, lines."""

import numpy as np
from PIL import Image

from ..canvas import Canvas
from ..colour import to_lab
from ..fields import Array, blur, resize, smooth, to_array, to_image
from ..lexicon.reading import Reading

Grade = dict[str, float]


def luma(px: Array) -> Array:
    """How light each pixel is."""
    return px @ np.array([0.3, 0.59, 0.11], np.float32)


def bloom(c: Canvas, amount: float) -> None:
    """Let what is bright spill over."""
    soft = blur(np.clip((luma(c.px) - 0.7) * 2, 0, 1), c.h * 0.025)
    c.px += amount * soft[..., None] * c.px * (1 - np.minimum(c.px, 1))


def vignette(c: Canvas, amount: float) -> None:
    """Darken the corners."""
    d = ((c.x / c.aspect - 0.5) ** 2 + (c.y - 0.5) ** 2) * 2
    c.px *= (1 - amount * smooth(0.25, 1.05, d))[..., None]


def paper(c: Canvas, name: str = "paper") -> Array:
    """Tooth of a sheet, about -1 to 1."""
    return 0.6 * c.noise(name, 150, 2, gain=0.9) + 0.4 * c.noise(name + "2", 46, 3, gain=0.8)


def wobble(c: Canvas, amount: float, cells: float = 30, name: str = "wobble") -> None:
    """Displace edges by a hand's unsteadiness; amount in units of height."""
    dx, dy = (amount * c.h * c.noise(name + axis, cells, 3, gain=0.6) for axis in "xy")
    ys = np.clip(np.arange(c.h)[:, None] + dy, 0, c.h - 1).astype(np.int32)
    xs = np.clip(np.arange(c.w)[None, :] + dx, 0, c.w - 1).astype(np.int32)
    c.px, c.subject = c.px[ys, xs], c.subject[ys, xs]


def simplify(c: Canvas, radius: float) -> None:
    """Kuwahara: each pixel takes the calmest of four neighbouring squares, so forms turn to flat patches."""
    k = 2 if c.h > 600 else 1
    h, w = c.h // k, c.w // k
    small = to_array(to_image(c.px).resize((w, h), Image.Resampling.BOX)) if k > 1 else np.clip(c.px, 0, 1)
    r = max(1, round(radius * h))
    lum = luma(small)
    stack = np.concatenate([small, lum[..., None], (lum**2)[..., None]], -1)
    sums = np.pad(stack, ((r + 1, r), (r + 1, r), (0, 0)), mode="edge").cumsum(0, dtype=np.float64).cumsum(1)
    best, calm = np.zeros((h, w, 3)), np.full((h, w), np.inf)
    for y, x in ((0, 0), (0, r), (r, 0), (r, r)):
        quarter = _means(sums, y, x, h, w, r + 1)
        spread = quarter[..., 4] - quarter[..., 3] ** 2
        better = spread < calm
        best[better], calm = quarter[..., :3][better], np.minimum(calm, spread)
    c.px = np.stack([resize(best[..., i], c.w, c.h) for i in range(3)], -1) if k > 1 else best.astype(np.float32)


def _means(sums: Array, y: int, x: int, h: int, w: int, n: int) -> Array:
    """Means over squares of n by n, read from running sums, for h by w pixels."""
    above, below, left, right = slice(y, y + h), slice(y + n, y + n + h), slice(x, x + w), slice(x + n, x + n + w)
    return (sums[below, right] - sums[above, right] - sums[below, left] + sums[above, left]) / n**2


def edges(c: Canvas, sigma: float = 0.0022, gain: float = 16) -> Array:
    """Soft ink lines (0 none, 1 line) where tones meet: a difference of Gaussians."""
    lum = np.clip(luma(c.px), 0, 1)
    a, b = blur(lum, max(0.6, sigma * c.h)), blur(lum, max(1, 1.8 * sigma * c.h))
    return np.clip((b - a) * gain - 0.12, 0, 1)


def edges_both(c: Canvas, lum: Array) -> Array:
    """Lines on both sides of every edge, from its slope."""
    soft = blur(lum, max(0.8, c.h * 0.0016))
    gy, gx = np.gradient(soft)
    return smooth(0.25, 1.1, np.hypot(gx, gy) * c.h * 0.045)


def touch(c: Canvas, px: Array, r: Reading) -> Array:
    """Where a black-and-white style may keep colour: on coloured figures, and on the hues that the prompt names."""
    mask = c.subject.copy() if any(f.colour is not None for f in r.figures) else np.zeros_like(c.subject)
    named = [*r.tints, *r.local.values()]
    if named or "neon" in r.styles:
        lab = to_lab(np.clip(px, 0, 1)).astype(np.float32)
        chroma = np.hypot(lab[..., 1], lab[..., 2])
        if "neon" in r.styles and not named:
            mask = np.maximum(mask, smooth(0.09, 0.15, chroma) * smooth(0.3, 0.5, lab[..., 0]))
        for colour in named:
            ab = to_lab(colour)[1:]
            alike = (lab[..., 1:] @ ab) / (chroma * np.hypot(*ab) + 1e-4)
            mask = np.maximum(mask, smooth(0.7, 0.95, alike) * smooth(0.06, 0.11, chroma))
    return blur(np.clip(mask, 0, 1), c.h * 0.0025)
