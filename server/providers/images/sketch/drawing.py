"""A whole drawing: read the words, mix the light, paint in layers, finish; a layer at a time."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from .canvas import Canvas
from .fields import rng_of
from .lexicon.read import read
from .lexicon.reading import Reading
from .light.mixing import palette
from .painter import Painter
from .scenes import paint
from .styles.finish import finish

MAX_SIDE = 1280  # larger pictures are drawn at this size and enlarged


@dataclass(frozen=True)
class Request:
    """What decides a picture. The same request always gives the same one."""

    prompt: str
    negative: str = ""
    seed: int = 0
    width: int = 512
    height: int = 512
    steps: int = 24
    cfg: float = 7.0


def draw(request: Request, size: tuple[int, int] | None = None) -> Iterator[float | Image.Image]:
    """Draw a request, at another `size` (pixels) if one is given: yields fractions of the work, at last the image.

    The random key is (seed, scene, figures asked for, unknown words). Colours, hours, weather, styles and the
    negative are not in it, so that one seed keeps one composition while they change.
    """
    width, height = size or (request.width, request.height)
    shrink = min(1, MAX_SIDE / max(width, height))
    reading = read(request.prompt, request.negative, request.seed)
    key = (request.seed, reading.scene, *reading.plot)
    adherence = min(1.25, max(0.15, request.cfg / 7)) ** 0.7
    colours = palette(reading, rng_of(*key, "palette"), min(1.1, adherence))
    canvas = Canvas(max(8, round(width * shrink)), max(8, round(height * shrink)), *key)
    painter = Painter(canvas, reading, colours, _detail(request.steps, reading), min(1.3, 0.4 + 0.6 * adherence))
    for layer, _ in enumerate(paint(painter)):
        yield 0.8 * (1 - math.exp(-(layer + 1) / 4))
    image = yield from finish(canvas, colours, reading, request.steps, request.cfg)
    yield image if image.size == (width, height) else image.resize((width, height), Image.Resampling.LANCZOS)


def picture(request: Request, size: tuple[int, int] | None = None) -> Image.Image:
    """The finished image alone."""
    *_, image = draw(request, size)
    return image


def _detail(steps: int, reading: Reading) -> float:
    return max(0.1, min(1.2, steps / 20) * (1 + 0.5 * reading.feel("detail")))
