"""Many coloured shapes drawn large and laid on a canvas at once, antialiased."""

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from .canvas import Canvas
from .fields import Array

Box = tuple[int, int, int, int]  # left, top, right, bottom in pixels
Points = np.ndarray | Sequence[tuple[float, ...]]


def spline(points: Points, closed: bool = False, n: int = 10) -> Array:
    """Catmull-Rom curve through points of any dimension."""
    p = np.array(points, dtype=float)
    p = np.concatenate([p[-1:], p, p[:2]]) if closed else np.concatenate([2 * p[:1] - p[1:2], p, 2 * p[-1:] - p[-2:-1]])
    t = np.linspace(0, 1, n, endpoint=False)[:, None]
    a, b, c, d = p[:-3, None], p[1:-2, None], p[2:-1, None], p[3:, None]
    curve = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
    curve = curve.reshape(-1, p.shape[1])
    return curve if closed else np.concatenate([curve, p[-2:-1]])


class Sheet:
    """Many coloured shapes drawn at `scale` times the size, then laid on the canvas at once, antialiased."""

    def __init__(self, canvas: Canvas, scale: int = 2, box: Box | None = None) -> None:
        box = box or (0, 0, canvas.w, canvas.h)
        self.canvas, self.scale, self.box = canvas, scale, box
        # Four plain channels (premultiplied red, green, blue, cover): CMYK is Pillow's only such mode that draws.
        self.image = Image.new("CMYK", ((box[2] - box[0]) * scale, (box[3] - box[1]) * scale))
        self.draw = ImageDraw.Draw(self.image)

    def ink(self, colour: Array, alpha: float = 1) -> tuple[int, int, int, int]:
        """A colour as the sheet stores it, premultiplied."""
        r, g, b = (int(min(max(v, 0), 1) * alpha * 255) for v in colour)
        return r, g, b, int(alpha * 255)

    def place(self, points: Points) -> list[tuple[float, float]]:
        """Points of the picture as places on the sheet."""
        k, ox, oy = self.canvas.h * self.scale, self.box[0] * self.scale, self.box[1] * self.scale
        return [(x * k - ox, y * k - oy) for x, y in np.asarray(points)[:, :2].tolist()]

    def poly(self, points: Points, colour: Array, alpha: float = 1) -> None:
        """A filled outline."""
        self.draw.polygon(self.place(points), fill=self.ink(colour, alpha))

    def dot(self, x: float, y: float, rx: float, colour: Array, ry: float | None = None, alpha: float = 1) -> None:
        """A disc or an ellipse."""
        (a, b), (c, d) = self.place([(x - rx, y - (ry or rx)), (x + rx, y + (ry or rx))])
        self.draw.ellipse((a, b, max(c, a + 1), max(d, b + 1)), fill=self.ink(colour, alpha))

    def limb(self, path: Points, colour: Array, alpha: float = 1) -> None:
        """A tapered stroke: rows of x, y, radius."""
        path = np.asarray(path)
        step = np.gradient(path[:, :2], axis=0)
        normal = np.stack([-step[:, 1], step[:, 0]], 1) / (np.hypot(*step.T)[:, None] + 1e-9) * path[:, 2:]
        self.poly(np.concatenate([path[:, :2] + normal, (path[:, :2] - normal)[::-1]]), colour, alpha)
        for x, y, r in path[:: 1 if path[:, 2].max() * self.canvas.h > 4 else max(1, len(path) - 1)].tolist():
            self.dot(x, y, r, colour, alpha=alpha)

    def curve(self, points: Points, colour: Array, alpha: float = 1, n: int = 6) -> None:
        """A limb through a few points."""
        self.limb(spline(points, n=n), colour, alpha)

    def rect(self, x0: float, y0: float, x1: float, y1: float, colour: Array, alpha: float = 1) -> None:
        """A rectangle."""
        self.poly([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], colour, alpha)

    def pixels(self, soften: float = 0) -> tuple[Array, Array]:
        """Premultiplied colours (h, w, 3) and cover (h, w)."""
        image = self.image.reduce(self.scale) if self.scale > 1 else self.image
        if soften:
            image = image.filter(ImageFilter.GaussianBlur(soften * self.canvas.h))
        data = np.asarray(image, np.float32) / 255
        return data[..., :3], data[..., 3]

    def lay(self, alpha: float = 1, soften: float = 0, grit: float = 0) -> Array:
        """Blend onto the canvas; returns the cover mask of the box."""
        colours, cover = self.pixels(soften)
        x0, y0, x1, y1 = self.box
        px = self.canvas.px[y0:y1, x0:x1]
        if grit:
            colours = colours * (1 + grit * self.canvas.tooth[y0:y1, x0:x1, None])
        px *= 1 - alpha * cover[..., None]
        px += alpha * colours
        return cover

    def glow(self, amount: float = 1, soften: float = 0) -> None:
        """Screen the shapes in as light instead of covering."""
        colours, _ = self.pixels(soften)
        x0, y0, x1, y1 = self.box
        px = self.canvas.px[y0:y1, x0:x1]
        px += amount * colours * (1 - np.minimum(px, 1))
