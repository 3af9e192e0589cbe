"""The provider without a pace, and its pictures as bytes and as numbers."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from server.providers.connection import Connection
from server.providers.images.job import ImageJob, Picture, Progress
from server.providers.images.sketch import Sketch
from server.providers.images.sketch.drawing import Request, picture

Events = Iterator[Progress | Picture]


@pytest.fixture
def sketch() -> Sketch:
    return Sketch(Connection("sketch", "sketch"), pace=0)


@pytest.fixture
def job() -> Callable[..., ImageJob]:
    def make(prompt: str = "a red fox in rain", negative: str = "", **settings: object) -> ImageJob:
        given = {"seed": 7, "width": 96, "height": 96, "steps": 24, "cfg_scale": 7.0, **settings}
        return ImageJob("task", "sketch", prompt, negative, **given)

    return make


@pytest.fixture
def png(sketch: Sketch, job: Callable[..., ImageJob]) -> Callable[..., bytes]:
    """The bytes of a finished picture."""

    def make(prompt: str, negative: str = "", **settings: object) -> bytes:
        *_, last = sketch.make(job(prompt, negative, **settings))
        return last.data

    return make


@pytest.fixture
def drawn() -> Callable[..., np.ndarray]:
    """A finished picture as floats 0 to 1, (h, w, 3), without the previews."""

    def make(prompt: str, negative: str = "", **settings: object) -> np.ndarray:
        request = Request(prompt, negative, **{"seed": 7, "width": 96, "height": 96, **settings})
        return np.asarray(picture(request), dtype=float) / 255

    return make
