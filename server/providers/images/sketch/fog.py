"""The fog a picture develops from: blocky coloured noise that thins, blur that sharpens, shapes that settle."""

import numpy as np
from PIL import Image

from .fields import Array, blur, resize, rng_of, smooth, to_image


class Fog:
    """The fog over a draft of `width` by `height` pixels; the same seed, the same fog."""

    def __init__(self, width: int, height: int, seed: int) -> None:
        self.w, self.h = width, height
        self.rng = rng_of("noise", seed)
        blocks = max(2, height // 8), max(2, width // 8)
        self.coarse = np.stack(
            [resize(self._grain(*blocks), width, height, Image.Resampling.BILINEAR) for _ in range(3)], -1
        )
        self.push = [resize(self._grain(5, 5), width, height) for _ in range(2)]

    def bare(self) -> Image.Image:
        """Nothing but fog."""
        return to_image(0.46 + 0.17 * self._speckle())

    def over(self, draft: Array, done: float) -> Image.Image:
        """The draft as it shows when a fraction is done."""
        speckle, left = self._speckle(), 1 - done
        seen = self._soften(self._warp(draft, left), left)
        signal = smooth(-0.08, 0.7, done)
        mean = draft.mean((0, 1)) * 0.5 + 0.23
        return to_image(mean + (seen - mean) * signal + 0.17 * speckle * left**1.5 * (1 - 0.35 * signal))

    def _grain(self, *shape: int) -> Array:
        return self.rng.standard_normal(shape, np.float32)

    def _speckle(self) -> Array:
        return 0.7 * self.coarse + 0.5 * self._grain(self.h, self.w, 3)

    def _warp(self, draft: Array, left: float) -> Array:
        reach = left**2.2 * 0.14 * self.h
        ys = np.clip(np.arange(self.h)[:, None] + self.push[0] * reach, 0, self.h - 1).astype(int)
        xs = np.clip(np.arange(self.w)[None, :] + self.push[1] * reach, 0, self.w - 1).astype(int)
        return draft[ys, xs]

    def _soften(self, seen: Array, left: float) -> Array:
        radius = left**2 * self.h * 0.09
        return np.stack([blur(seen[..., i], radius) for i in range(3)], -1) if radius > 0.35 else seen
