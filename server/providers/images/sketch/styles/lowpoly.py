"""Low poly."""

import numpy as np
from PIL import Image

from ..canvas import Canvas
from ..fields import blur, rng_of, to_array, to_image
from ..lexicon.reading import Reading
from ..light.palette import Palette
from ..sheet import Sheet
from .effects import Grade, luma


def lowpoly(c: Canvas, pal: Palette, r: Reading) -> Grade:
    """Triangles over a grid whose corners slide to the nearest edges of the drawing, each one colour."""
    n = 34
    m = max(2, round(n * c.aspect))
    rng = rng_of(*c.key, "poly")
    side = 256
    small = to_array(to_image(c.px).resize((max(8, int(side * c.aspect)), side), Image.Resampling.BOX))
    fold = np.hypot(*np.gradient(blur(luma(small), 1.2)))
    ys, xs = np.mgrid[0 : n + 1, 0 : m + 1].astype(float)
    inner = (ys > 0) & (ys < n) & (xs > 0) & (xs < m)
    jitter = (rng.random((14, 2, n + 1, m + 1)) - 0.5) * 0.95
    ty, tx = (ys + jitter[:, 0] * inner) / n, (xs + jitter[:, 1] * inner) / m * c.aspect
    rows, columns = (
        np.clip((ty * side).astype(int), 0, side - 1),
        np.clip((tx * side).astype(int), 0, small.shape[1] - 1),
    )
    pull = fold[rows, columns] + 0.002 * rng.random(ty.shape)
    best = pull.argmax(0)[None]
    ys, xs = np.take_along_axis(ty, best, 0)[0], np.take_along_axis(tx, best, 0)[0]
    s = Sheet(c, 2)
    at = lambda x, y: small[min(side - 1, int(y * side)), min(small.shape[1] - 1, int(x * side))]  # noqa: E731
    for j in range(n):
        for i in range(m):
            q = [
                (xs[j, i], ys[j, i]),
                (xs[j, i + 1], ys[j, i + 1]),
                (xs[j + 1, i + 1], ys[j + 1, i + 1]),
                (xs[j + 1, i], ys[j + 1, i]),
            ]
            for tri in (
                ([q[0], q[1], q[2]], [q[0], q[2], q[3]]) if (i + j) % 2 else ([q[0], q[1], q[3]], [q[1], q[2], q[3]])
            ):
                cx, cy = sum(p[0] for p in tri) / 3, sum(p[1] for p in tri) / 3
                col = np.mean([at(cx, cy)] * 2 + [at((cx * 2 + p[0]) / 3, (cy * 2 + p[1]) / 3) for p in tri], 0)
                s.poly(tri, np.clip(col * (0.95 + 0.1 * rng.random()), 0, 1))
    s.lay()
    return {"chroma": 0.15, "contrast": 0.1}
