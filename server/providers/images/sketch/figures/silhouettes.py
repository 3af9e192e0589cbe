"""Silhouettes drawn from a few curves each (figures.txt), then given form by the light."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from ..canvas import Canvas
from ..colour import mix, near_hue, rgb, tone
from ..fields import Array, blur, smooth
from ..sheet import Box, Sheet, spline

DATA = Path(__file__).with_name("figures.txt").read_text("utf-8")
COLOURS: dict[str, str] = {}  # body, light, dark, accent
STROKES: dict[str, list[str]] = {}
for _row in DATA.splitlines():
    if _row.startswith("["):
        _name, _, _codes = _row[1:].partition("]")
        COLOURS[_name], STROKES[_name] = _codes.strip() or COLOURS[_name.rstrip("2")], []
    elif _row and not _row.startswith(";"):
        STROKES[_name].append(_row)


@cache
def strokes(name: str) -> tuple[tuple[str, str, Array], ...]:
    """Parse a figure into (tone, kind, curve points)."""
    parts = []
    for row in STROKES[name]:
        mark, kind, *pairs = row.split()
        points = [tuple(float(v) for v in pair.split(",")) for pair in pairs]
        parts.append((mark, kind, np.array(points) if kind == "^" else spline(points, closed=kind == "o")))
    return tuple(parts)


def tones(name: str, colour: Array | None, lamp: Array) -> dict[str, Array]:
    """The colours of a figure; a named colour takes over its body and tints the rest."""
    body, light, dark, accent = (rgb(code) for code in COLOURS[name].split())
    if colour is not None:
        if near_hue(colour, body, 0.5):  # a red fox is fox-red
            colour = mix(colour, body, 0.45)
        body, light, dark, accent = (
            colour,
            mix(light, colour, 0.18),
            mix(dark, tone(colour, 0.45), 0.6),
            mix(accent, colour, 0.75) if name not in ("bird", "cat", "owl") else accent,
        )
        if name in ("lighthouse", "castle", "house", "windmill", "ship"):  # one colour on all would lose the drawing
            accent, body = colour, mix(rgb(COLOURS[name].split()[0]), colour, 0.3)
    return {"b": body, "l": light, "d": dark, "a": accent, "f": tone(body, 0.82), "k": rgb("#17141c"), "w": lamp}


@dataclass
class Light:
    """What falls on a figure: the shade it stands in, the light at its edges, and where that comes from."""

    shade: Array
    light: Array
    sun: tuple[float, float]
    rim: float = 0.5


def draw_figure(
    c: Canvas, name: str, x: float, y: float, size: float, palette: dict[str, Array], light: Light, flip: bool = False
) -> None:
    """Stand a figure with its feet at (x, y), `size` high, lit from the sun's side."""
    curves = _standing(name, x, y, size, flip)
    box = _around(c, np.concatenate([points[:, :2] for _, _, points in curves]), 0.14 * size)
    if box[2] - box[0] < 3 or box[3] - box[1] < 3:
        return
    sheet = Sheet(c, 3 if size * c.h < 700 else 2, box)
    for mark, kind, points in curves:
        (sheet.limb if kind == "~" else sheet.poly)(points, palette[mark])
    colours, cover = sheet.pixels()
    here = slice(box[1], box[3]), slice(box[0], box[2])
    c.px[here] *= 1 - cover[..., None]
    c.px[here] += _formed(c, colours, cover, here, x, y, size, light)
    if size > 0.1:
        np.maximum(c.subject[here], cover, out=c.subject[here])


def _standing(name: str, x: float, y: float, size: float, flip: bool) -> list[tuple[str, str, Array]]:
    """A figure's curves in the picture's own units."""
    unit = 0.01 * size
    scale, place = np.array([-unit if flip else unit, -unit, unit]), np.array([x, y, 0])
    return [(mark, kind, pts * scale[: pts.shape[1]] + place[: pts.shape[1]]) for mark, kind, pts in strokes(name)]


def _around(c: Canvas, points: Array, pad: float) -> Box:
    left, top = ((points.min(0) - pad) * c.h).astype(int).tolist()
    right, bottom = ((points.max(0) + pad) * c.h).astype(int).tolist()
    return max(0, left), max(0, top), min(c.w, right), min(c.h, bottom)


def _formed(
    c: Canvas, colours: Array, cover: Array, here: tuple[slice, slice], x: float, y: float, size: float, light: Light
) -> Array:
    """Flat colours given form: shade on the side away from the sun and toward the feet, light on the other edge."""
    gy, gx = np.gradient(blur(cover, max(1, size * c.h * 0.035)))
    toward = np.array([light.sun[0] - x, light.sun[1] - (y - size / 2)])
    toward = toward / (np.hypot(*toward) + 1e-6)
    facing = -(gx * toward[0] + gy * toward[1])
    facing = facing / (np.abs(facing).max() + 1e-6) * cover
    height = smooth(y, y - size, c.y[here[0]])
    lit = colours * (1 - 0.34 * smooth(0, 1, -facing) - 0.16 * (1 - height))[..., None]
    lit *= 1 + 0.035 * c.tooth[here][..., None]
    lit = lit * (1 - 0.12 * (1 - light.rim)) + cover[..., None] * np.asarray(light.shade, np.float32) * 0.1
    edge = light.rim * smooth(0.15, 0.9, facing)[..., None]
    return lit + edge * (np.asarray(light.light, np.float32) * cover[..., None] - lit)
