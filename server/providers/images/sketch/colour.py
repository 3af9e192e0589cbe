"""Colour in OKLab: mixing without mud, tones, ramps and hues (Ottosson, "A perceptual color space", 2020)."""

import math

import numpy as np

from .fields import Array

_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)  # Ottosson, "A perceptual color space", 2020
_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def rgb(code: str) -> Array:
    """'#rrggbb' to three floats in 0..1."""
    return np.array([int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def to_lab(colour: Array) -> Array:
    """sRGB 0..1 (..., 3) to OKLab."""
    colour = np.asarray(colour, dtype=float)
    linear = np.where(colour <= 0.04045, colour / 12.92, ((np.maximum(colour, 0) + 0.055) / 1.055) ** 2.4)
    return np.cbrt(linear @ _LMS.T) @ _LAB.T


def from_lab(lab: Array) -> Array:
    """OKLab (..., 3) to sRGB clipped to 0..1."""
    linear = np.clip((lab @ np.linalg.inv(_LAB).T) ** 3 @ np.linalg.inv(_LMS).T, 0, 1)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)


def mix(a: Array, b: Array, t: float) -> Array:
    """Blend two colours in OKLab, giving back most of the chroma that opposite hues lose: mud is lost chroma."""
    la, lb = to_lab(a), to_lab(b)
    lab = la * (1 - t) + lb * t
    goal = 0.8 * (math.hypot(*la[1:]) * (1 - t) + math.hypot(*lb[1:]) * t)
    lab[1:] *= min(1.7, max(1.0, goal / (math.hypot(*lab[1:]) + 1e-6)))
    return from_lab(lab)


def blend(a: Array, b: Array, t: float) -> Array:
    """Plain sRGB blend, for near colours in hot loops."""
    return a + (b - a) * t


def tone(colour: Array, light: float = 1, chroma: float = 1) -> Array:
    """Scale a colour's lightness and chroma."""
    return from_lab(to_lab(colour) * [light, chroma, chroma])


def ramp(stops: list[Array], places: list[float] | None = None, n: int = 256) -> Array:
    """(n, 3) smooth gradient through the stops."""
    places = places or list(np.linspace(0, 1, len(stops)))
    lab, at = to_lab(np.array(stops)), np.linspace(0, 1, n)
    out = np.stack([np.interp(at, places, lab[:, i]) for i in range(3)], 1)
    goal = 0.8 * np.interp(at, places, np.hypot(lab[:, 1], lab[:, 2]))
    out[:, 1:] *= np.clip(goal / (np.hypot(out[:, 1], out[:, 2]) + 1e-6), 1, 1.7)[:, None]
    return from_lab(out).astype(np.float32)


def look(ramp_: Array, at: Array) -> Array:
    """Read a ramp at places 0..1."""
    return ramp_[(np.clip(at, 0, 1) * 255).astype(np.uint8)]


def near_hue(a: Array, b: Array, width: float = 0.7) -> bool:
    """Whether two colours share a hue (radians apart) and both have one."""
    la, lb = to_lab(a), to_lab(b)
    if min(abs(la[1:]).sum(), abs(lb[1:]).sum()) < 0.04:
        return abs(la - lb).sum() < 0.2
    d = abs(math.atan2(la[2], la[1]) - math.atan2(lb[2], lb[1]))
    return min(d, 2 * math.pi - d) < width


def lean(colour: Array, tint: Array, amount: float) -> Array:
    """Turn a colour's hue toward a tint around the wheel, never across its grey middle."""
    a, b = to_lab(colour), to_lab(tint)
    (ca, ha), (cb, hb) = ((math.hypot(*v[1:]), math.atan2(v[2], v[1])) for v in (a, b))
    if cb < 0.03:  # white, grey and black have no hue: they only quieten and shift the tone
        return from_lab(np.array([a[0] + 0.35 * amount * (b[0] - a[0]), *(a[1:] * (1 - 0.85 * amount))]))
    turn = (hb - ha + math.pi) % (2 * math.pi) - math.pi
    hue = ha + turn * (
        amount + (1 - amount) * max(0.0, 1 - ca / 0.07) ** 0.5 * min(1.0, 2 * amount)
    )  # greys give way first
    strength = ca * (1 - amount) + amount * max(ca, 0.6 * cb * (1.1 - abs(a[0] - 0.55)))
    light = a[0] + 0.25 * amount * (b[0] - a[0]) * (abs(b[0] - 0.6) > 0.25)
    return from_lab(np.array([light, strength * math.cos(hue), strength * math.sin(hue)]))
