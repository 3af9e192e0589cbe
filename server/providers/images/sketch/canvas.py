"""A float picture that blends by masks; its noise hangs on names, so one composition fits every size."""

import numpy as np
from PIL import Image

from .fields import Array, resize, rng_of


class Canvas:
    """A float picture (h, w, 3) in 0..1 with its own coordinates, noise and masks."""

    def __init__(self, w: int, h: int, *key: object) -> None:
        self.w, self.h, self.key, self.aspect = w, h, key, w / h
        self.px = np.zeros((h, w, 3), np.float32)
        self.subject = np.zeros((h, w), np.float32)  # where the figures are, for the styles
        self.y = ((np.arange(h, dtype=np.float32) + 0.5) / h)[:, None]
        self.x = ((np.arange(w, dtype=np.float32) + 0.5) / h)[None, :]
        self.tooth = 0.7 * self.noise("tooth", 90, 3, stretch=1.8, gain=0.9)

    def noise(
        self,
        name: str,
        cells: float,
        octaves: int = 5,
        stretch: float = 1,
        gain: float = 0.5,
        size: tuple[int, int] | None = None,
        how: int = Image.Resampling.BICUBIC,
    ) -> Array:
        """Fractal noise, mean 0 and deviation 1, `cells` bumps a unit of height, `stretch` times wider than tall."""
        w, h = size or (self.w, self.h)
        rng = rng_of(*self.key, name)
        gx, gy = max(2, round(cells * self.aspect / stretch)) + 2, max(2, round(cells)) + 2 if h > 1 else 1
        field = rng.random((gy, gx), np.float32) - 0.5
        for octave in range(1, octaves):
            gx, gy = gx * 2, gy * 2 if h > 1 else 1
            field = resize(field, gx, gy, how) + gain**octave * (rng.random((gy, gx), np.float32) - 0.5)
        field = (field - field.mean()) / (field.std() + 1e-6)
        return resize(field, w, h, how)

    def line(self, name: str, cells: float, octaves: int = 5, gain: float = 0.5, sharp: bool = False) -> Array:
        """One-dimensional noise, a value a column."""
        how = Image.Resampling.BILINEAR if sharp else Image.Resampling.BICUBIC
        return self.noise(name, cells, octaves, gain=gain, size=(self.w, 1), how=how)[0]

    def lay(self, mask: Array, colour: Array, alpha: float = 1, top: float = 0, grit: float = 0) -> None:
        """Blend a colour (3,), (h, 1, 3) or (h, w, 3) in by a mask; rows above `top` are skipped; `grit` adds tooth."""
        r = slice(max(0, int(top * self.h) - 2), None)
        colour = np.asarray(colour, np.float32)
        colour = colour[r] if colour.ndim == 3 and len(colour) == self.h else colour
        if grit:
            colour = colour * (1 + grit * self.tooth[r, :, None])
        self.px[r] += (colour - self.px[r]) * (np.broadcast_to(mask, (self.h, self.w))[r, :, None] * np.float32(alpha))

    def below(self, ridge: Array) -> Array:
        """Antialiased mask of everything under a line (a value a column)."""
        return np.clip((self.y - ridge[None, :]) * self.h + 0.5, 0, 1).astype(np.float32)

    def on(self, ridge: Array, x: float) -> float:
        """How high a ridge line stands at x."""
        return float(ridge[int(np.clip(x * self.h, 0, self.w - 1))])

    def disc(self, x: float, y: float, r: float) -> Array:
        """A mask of a circle, antialiased."""
        d = np.sqrt((self.x - x) ** 2 + (self.y - y) ** 2)
        return np.clip((r - d) * self.h + 0.5, 0, 1)

    def glow(self, x: float, y: float, r: float, colour: Array, amount: float, squash: float = 1) -> None:
        """Screen a soft light in; `squash` > 1 makes it wide."""
        k = max(1, self.h // 256)
        d = np.sqrt(((self.x[:, ::k] - x) / squash) ** 2 + (self.y[::k] - y) ** 2) / r
        self.screen(resize(amount * np.exp(-(d**1.5)), self.w, self.h, Image.Resampling.BILINEAR), colour)

    def screen(self, mask: Array, colour: Array) -> None:
        """Add light: a mask of a colour that never burns out."""
        light = np.clip(mask, 0, 1)[..., None] * np.asarray(colour, np.float32)
        self.px += light * (1 - np.minimum(self.px, 1))
