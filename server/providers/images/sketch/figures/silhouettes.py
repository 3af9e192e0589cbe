"""Silhouettes drawn from a few curves each (figures.txt), then given form by the light."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from ..canvas import Canvas
from ..colour import mix, near_hue, rgb, tone
from ..fields import Array, blur, smooth
from ..sheet import Sheet, spline

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
        if near_hue(colour, body, .5):  # a red fox is fox-red
            colour = mix(colour, body, .45)
        body, light, dark, accent = colour, mix(light, colour, .18), mix(dark, tone(colour, .45), .6), \
            mix(accent, colour, .75) if name not in ("bird", "cat", "owl") else accent
        if name in ("lighthouse", "castle", "house", "windmill", "ship"):  # one colour on all would lose the drawing
            accent, body = colour, mix(rgb(COLOURS[name].split()[0]), colour, .3)
    return {"b": body, "l": light, "d": dark, "a": accent, "f": tone(body, .82), "k": rgb("#17141c"), "w": lamp}


def draw_figure(canvas: Canvas, name: str, x: float, y: float, size: float, palette: dict[str, Array], shade: Array,
                light: Array, sun: tuple[float, float], flip: bool = False, rim: float = .5) -> None:
    """Stand a figure with its feet at (x, y), `size` high, lit from the sun's side."""
    side = -1 if flip else 1
    curves = [(mark, kind, pts * ([.01 * size * side, -.01 * size, .01 * size][:pts.shape[1]])
               + [x, y, 0][:pts.shape[1]]) for mark, kind, pts in strokes(name)]
    reach = np.concatenate([pts[:, :2] for _, _, pts in curves])
    pad, h = .14 * size, canvas.h
    box = (max(0, int((reach[:, 0].min() - pad) * h)), max(0, int((reach[:, 1].min() - pad) * h)),
           min(canvas.w, int((reach[:, 0].max() + pad) * h)), min(canvas.h, int((reach[:, 1].max() + pad) * h)))
    if box[2] - box[0] < 3 or box[3] - box[1] < 3:
        return
    sheet = Sheet(canvas, 3 if size * h < 700 else 2, box)
    for mark, kind, pts in curves:
        (sheet.limb if kind == "~" else sheet.poly)(pts, palette[mark])
    colours, cover = sheet.pixels()
    form = blur(cover, max(1, size * h * .035))
    gy, gx = np.gradient(form)
    away = np.array([sun[0] - x, sun[1] - (y - size / 2)])
    away = away / (np.hypot(*away) + 1e-6)
    facing = -(gx * away[0] + gy * away[1])
    facing = facing / (np.abs(facing).max() + 1e-6) * cover
    height = smooth(y, y - size, canvas.y[box[1]:box[3]])
    lit = colours * (1 - .34 * smooth(0, 1, -facing) - .16 * (1 - height))[..., None]
    lit *= 1 + .035 * canvas.tooth[box[1]:box[3], box[0]:box[2], None]
    lit = lit * (1 - .12 * (1 - rim)) + cover[..., None] * np.asarray(shade, np.float32) * .1
    edge = rim * smooth(.15, .9, facing)[..., None]
    lit += edge * (np.asarray(light, np.float32) * cover[..., None] - lit)
    px = canvas.px[box[1]:box[3], box[0]:box[2]]
    px *= 1 - cover[..., None]
    px += lit
    if size > .1:
        seen = canvas.subject[box[1]:box[3], box[0]:box[2]]
        np.maximum(seen, cover, out=seen)
