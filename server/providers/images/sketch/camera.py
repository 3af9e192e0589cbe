"""One-point perspective: world x right, y up from the eye, z away; the floor lies at y = -1."""

from collections.abc import Sequence

import numpy as np

from .fields import Array

Point = tuple[float, float, float]


class Camera:
    """Looks along z at the vanishing point (vx, vy); `reach` is the size on the picture of one unit at z = 1."""

    def __init__(self, vx: float, vy: float, reach: float = 0.5) -> None:
        self.vx, self.vy, self.reach = vx, vy, reach

    def at(self, points: Sequence[Point]) -> Array:
        """Where world points fall on the picture, (n, 2)."""
        q = np.array(points, dtype=float)
        z = np.maximum(q[:, 2], 0.12)
        return np.stack([self.vx + self.reach * q[:, 0] / z, self.vy - self.reach * q[:, 1] / z], 1)


def wall(x: float, y0: float, y1: float, z0: float, z1: float) -> list[Point]:
    """A rectangle that runs away from us."""
    return [(x, y0, z0), (x, y1, z0), (x, y1, z1), (x, y0, z1)]


def front(x0: float, x1: float, y0: float, y1: float, z: float) -> list[Point]:
    """A rectangle that faces us."""
    return [(x0, y0, z), (x1, y0, z), (x1, y1, z), (x0, y1, z)]


def flat(x0: float, x1: float, y: float, z0: float, z1: float) -> list[Point]:
    """A rectangle of floor or ceiling."""
    return [(x0, y, z0), (x1, y, z0), (x1, y, z1), (x0, y, z1)]
