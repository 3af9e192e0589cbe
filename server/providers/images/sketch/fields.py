"""Fields of numbers: named randomness, smoothsteps, blurs, and the way to and from pictures."""

import hashlib

import numpy as np
from PIL import Image, ImageFilter

Array = np.ndarray
Number = np.ndarray | float


def rng_of(*key: object) -> np.random.Generator:
    """A generator that depends only on the words and numbers of its key."""
    digest = hashlib.blake2b("\x1f".join(map(str, key)).encode(), digest_size=8).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest, "little")))


def smooth(low: Number, high: Number, value: Number) -> Array:
    """Smoothstep from low to high."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def resize(field: Array, w: int, h: int, how: int = Image.Resampling.BICUBIC) -> Array:
    """One channel at another size."""
    return np.asarray(Image.fromarray(np.ascontiguousarray(field, dtype=np.float32)).resize((w, h), how))


def shift(field: Array, dy: int, dx: int) -> Array:
    """The field moved by whole pixels, its edges repeated (np.roll would wrap the far side in)."""
    h, w = field.shape[:2]
    return field[np.clip(np.arange(h) - dy, 0, h - 1)][:, np.clip(np.arange(w) - dx, 0, w - 1)]


def blur(field: Array, radius: float) -> Array:
    """Gaussian blur of one channel in pixels; wide blurs run on a reduced copy."""
    h, w = field.shape
    k = max(1, int(radius / 3))
    small = resize(field, max(2, w // k), max(2, h // k), Image.Resampling.BOX) if k > 1 else field
    eight = Image.fromarray((np.clip(small, 0, 1) * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(radius / k))
    soft = np.asarray(eight, dtype=np.float32) / 255
    return resize(soft, w, h, Image.Resampling.BILINEAR) if k > 1 else soft


def to_image(px: Array) -> Image.Image:
    """Floats 0 to 1, (h, w, 3), as a picture."""
    return Image.fromarray((np.clip(px, 0, 1) * 255 + 0.5).astype(np.uint8))


def to_array(image: Image.Image) -> Array:
    """A picture as floats 0 to 1, (h, w, 3)."""
    return np.asarray(image.convert("RGB"), dtype=np.float32) / 255


def blur_line(values: Array, radius: float) -> Array:
    """A running mean over a line of values, its ends repeated."""
    k = max(1, int(radius))
    return np.convolve(np.pad(values, k, mode="edge"), np.ones(2 * k + 1) / (2 * k + 1), mode="valid")
