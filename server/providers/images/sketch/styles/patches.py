"""A picture as flat patches: by colour and by cell."""

import numpy as np
from PIL import Image, ImageFilter

from ..canvas import Canvas
from ..fields import Array, blur, resize, rng_of, to_image
from .effects import simplify


def flats(c: Canvas, n: int, radius: float = 0.012) -> tuple[Array, Array]:
    """The picture as n flat colours: (label a pixel, colour a label), with ragged specks voted away."""
    simplify(c, radius)
    k = max(1, round(c.h / 256))
    small = to_image(c.px).resize((max(8, c.w // k), max(8, c.h // k)), Image.Resampling.BOX)
    coded = small.quantize(n, Image.Quantize.MEDIANCUT, kmeans=1)
    table = np.array((coded.getpalette() or [])[: 3 * n], np.float32).reshape(-1, 3) / 255
    votes = np.asarray(coded.filter(ImageFilter.ModeFilter(5)))
    soft = np.stack([blur((votes == i).astype(np.float32), 1.2) for i in range(len(table))])
    fine = np.stack([resize(v, c.w, c.h, Image.Resampling.BILINEAR) for v in soft]) if k > 1 else soft
    return fine.argmax(0), table


def borders(label: Array, width: float) -> Array:
    """Soft lines where labels change."""
    line = np.zeros(label.shape, np.float32)
    line[:-1] = label[:-1] != label[1:]
    line[:, :-1] = np.maximum(line[:, :-1], label[:, :-1] != label[:, 1:])
    return np.clip(blur(line, width) * width * 3.2, 0, 1)


def cells(c: Canvas, n: int) -> tuple[Array, Array]:
    """Voronoi cells of a jittered grid: (cell number, distance to the border in cell widths)."""
    gx = max(2, round(n * c.aspect))
    rng = rng_of(*c.key, "cells")
    jx, jy = rng.random((2, n + 2, gx + 2)) * 0.9 + 0.05
    u, v = c.x / c.aspect * gx + 1 + 0 * c.y, c.y * n + 1 + 0 * c.x
    iu, iv = u.astype(int), v.astype(int)
    first = np.full(u.shape, 9.0, np.float32)
    second, index = first.copy(), np.zeros(u.shape, np.int32)
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            a, b = np.clip(iv + dy, 0, n + 1), np.clip(iu + dx, 0, gx + 1)
            d = np.hypot(b + jx[a, b] - u, a + jy[a, b] - v)
            near = d < first
            second = np.where(near, first, np.minimum(second, d))
            index = np.where(near, a * (gx + 2) + b, index)
            first = np.where(near, d, first)
    return index, second - first


def cell_mean(px: Array, index: Array) -> Array:
    """Every cell in its mean colour."""
    flat = index.ravel()
    count = np.maximum(np.bincount(flat), 1)
    table = np.stack([np.bincount(flat, px[..., i].ravel()) / count for i in range(3)], -1)
    return table[index].astype(np.float32)
