"""The children that decode: what happens to one of them is not held against the picture."""

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from server.errors import ProviderError
from server.storage.darkroom import Darkroom
from tests.contract.paint import picture
from tests.faults.rig import children_of


@pytest.fixture
def darkroom():
    room = Darkroom(1)
    room.warm()
    yield room
    room.close()


@pytest.fixture
def ours() -> set[int]:
    """Children that were here before."""
    return children_of(os.getpid())


def test_a_child_that_is_killed_over_a_picture_is_succeeded(ours, darkroom):
    (child,) = children_of(os.getpid()) - ours
    os.kill(child, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as asking:
        developing = asking.submit(darkroom.develop, picture("a fox", 1, 64, 64))
        os.kill(child, signal.SIGKILL)
        facts, thumbs = developing.result(20)
    assert (facts["width"], facts["height"], len(thumbs)) == (64, 64, 2)


def test_a_picture_over_which_every_child_dies_is_no_good_one(ours, darkroom):
    over = threading.Event()
    (first,) = children_of(os.getpid()) - ours
    os.kill(first, signal.SIGSTOP)  # it must not be done before the hunt begins

    def hunt() -> None:
        while not over.is_set():
            for child in children_of(os.getpid()) - ours:
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)

    hunter = threading.Thread(target=hunt)
    hunter.start()
    try:
        with pytest.raises(ProviderError) as refused:
            darkroom.develop(picture("a fox", 1, 64, 64))
    finally:
        over.set()
        hunter.join()
    assert refused.value.kind == "bad_image"
    assert darkroom.develop(picture("a fox", 1, 64, 64))
