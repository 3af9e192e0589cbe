"""Low poly: triangles of one colour."""

import numpy as np
from PIL import Image

from ..canvas import Canvas
from ..fields import Array, blur, rng_of, to_array, to_image
from ..lexicon.reading import Reading
from ..light.palette import Palette
from ..sheet import Sheet
from .effects import Grade, luma

SIDE = 256  # height of the copy that colours and edges are read from


def lowpoly(c: Canvas, pal: Palette, r: Reading) -> Grade:
    """Triangles over a grid whose corners slide to the nearest edges of the drawing, each one colour."""
    rng = rng_of(*c.key, "poly")
    small = to_array(to_image(c.px).resize((max(8, int(SIDE * c.aspect)), SIDE), Image.Resampling.BOX))
    xs, ys = corners(c, small, rng)
    s = Sheet(c)
    for j in range(xs.shape[0] - 1):
        for i in range(xs.shape[1] - 1):
            a, b, d, e = ((xs[q], ys[q]) for q in ((j, i), (j, i + 1), (j + 1, i + 1), (j + 1, i)))
            for triangle in ((a, b, d), (a, d, e)) if (i + j) % 2 else ((a, b, e), (b, d, e)):
                shade = 0.95 + 0.1 * rng.random()
                s.poly(triangle, np.clip(sampled(small, triangle) * shade, 0, 1))
    s.lay()
    return {"chroma": 0.15, "contrast": 0.1}


def corners(c: Canvas, small: Array, rng: np.random.Generator, n: int = 34) -> tuple[Array, Array]:
    """A grid's corners (x and y, each rows by columns), every one the best of fourteen places near it."""
    m = max(2, round(n * c.aspect))
    fold = np.hypot(*np.gradient(blur(luma(small), 1.2)))
    ys, xs = np.mgrid[0 : n + 1, 0 : m + 1].astype(float)
    inner = (ys > 0) & (ys < n) & (xs > 0) & (xs < m)
    jitter = (rng.random((14, 2, n + 1, m + 1)) - 0.5) * 0.95
    ty, tx = (ys + jitter[:, 0] * inner) / n, (xs + jitter[:, 1] * inner) / m * c.aspect
    rows = np.clip((ty * SIDE).astype(int), 0, SIDE - 1)
    columns = np.clip((tx * SIDE).astype(int), 0, small.shape[1] - 1)
    pull = fold[rows, columns] + 0.002 * rng.random(ty.shape)
    best = pull.argmax(0)[None]
    return np.take_along_axis(tx, best, 0)[0], np.take_along_axis(ty, best, 0)[0]


def sampled(small: Array, triangle: tuple[tuple[float, float], ...]) -> Array:
    """A triangle's colour: the mean of its middle, twice, and of places toward its corners."""
    cx, cy = sum(x for x, _ in triangle) / 3, sum(y for _, y in triangle) / 3
    places = [(cx, cy)] * 2 + [((cx * 2 + x) / 3, (cy * 2 + y) / 3) for x, y in triangle]
    return np.mean([small[min(SIDE - 1, int(y * SIDE)), min(small.shape[1] - 1, int(x * SIDE))] for x, y in places], 0)
