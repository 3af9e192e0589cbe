"""Asking a provider for a picture and keeping what it said."""

import io
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PIL import Image

from server.errors import ProviderError
from server.providers.images.job import ImageJob, Picture, Progress


def job(**changes) -> ImageJob:
    usual = ImageJob("task-1", "sd15", "a fox", negative="", seed=7, width=64, height=96)
    return replace(usual, **changes)


def picture_of(said: Iterator) -> Picture:
    """The last word, which must be the only picture and decode."""
    *before, last = list(said)
    assert isinstance(last, Picture)
    assert not any(isinstance(word, Picture) for word in before)
    Image.open(io.BytesIO(last.data)).load()
    return last


def size(picture: Picture) -> tuple[int, int]:
    return Image.open(io.BytesIO(picture.data)).size


def error_of(said: Iterator) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        list(said)
    message = caught.value.message
    assert not any(secret in message for secret in ("http", "127.0.0.1", "Traceback", "/home", "secret"))
    assert message.endswith(".")
    return caught.value


def until(condition: Callable[[], bool], seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


def until_running(said: Iterator) -> None:
    """Listen until the vendor says how far it is."""
    end = time.monotonic() + 5
    for word in said:
        assert time.monotonic() < end, "no progress came"
        if isinstance(word, Progress) and word.fraction is not None:
            return
