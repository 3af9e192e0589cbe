"""The provider's door: what it yields, how it stops, what it refuses."""

import threading
import time
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from server.errors import ProviderError
from server.providers.connection import Connection
from server.providers.images.job import Picture, Progress
from server.providers.images.sketch import Sketch
from server.providers.images.sketch.faults import FAULTS

WIRE_LIMIT = 6 * 1024  # bytes of a preview


def test_a_picture_comes_last_and_once(sketch, job):
    *progress, last = sketch.make(job(steps=5))
    assert all(isinstance(event, Progress) for event in progress)
    assert isinstance(last, Picture)
    assert (last.media_type, last.seed, last.cost) == ("image/png", 7, 0.0)
    assert Image.open(BytesIO(last.data)).format == "PNG"


@pytest.mark.parametrize("size", [(64, 64), (200, 64), (64, 200), (1288, 200)])
def test_a_picture_has_the_size_asked_for(sketch, job, size):
    *_, last = sketch.make(job(width=size[0], height=size[1]))
    assert Image.open(BytesIO(last.data)).size == size


@pytest.mark.parametrize("steps", [1, 2, 24, 40])
def test_progress_rises_step_by_step_to_the_last(sketch, job, steps):
    *progress, _ = sketch.make(job(steps=steps))
    fractions = [event.fraction for event in progress]
    assert fractions == sorted(fractions)
    assert (fractions[0], fractions[-1]) == (0, 1)
    assert (progress[-1].step, progress[-1].steps) == (steps, steps)


def test_a_request_that_leaves_settings_open_takes_the_defaults(sketch, job):
    *_, plain = sketch.make(job(steps=None, cfg_scale=None))
    *_, told = sketch.make(job(steps=24, cfg_scale=7.0))
    assert plain.data == told.data


@pytest.mark.parametrize("prompt", ["a red fox in a meadow", "stormy sea, ship, ink", "neon street at night"])
@pytest.mark.parametrize("size", [(64, 64), (232, 232), (256, 128)])
def test_previews_fit_the_wire(sketch, job, prompt, size):
    previews = [event.preview for event in sketch.make(job(prompt, width=size[0], height=size[1])) if _shown(event)]
    assert len(previews) >= 10
    assert all(len(preview) <= WIRE_LIMIT and preview[8:12] == b"WEBP" for preview in previews)


def test_previews_develop_from_noise_into_the_picture(sketch, job):
    *progress, last = sketch.make(job("a lighthouse at golden hour", width=256, height=256))
    goal = _small(last.data)
    apart = [np.abs(_small(event.preview) - goal).mean() for event in progress if _shown(event)]
    assert apart[0] > 0.12
    assert apart[-1] < 0.035
    assert all(later < earlier + 0.004 for earlier, later in zip(apart, apart[1:], strict=False))


def test_closing_stops_the_drawing(sketch, job):
    making = sketch.make(job(width=1024, height=1024))
    next(making)
    making.close()
    with pytest.raises(StopIteration):
        next(making)


def test_a_picture_is_never_drawn_faster_than_its_pace(job):
    paced = Sketch(Connection("sketch", "sketch"), pace=0.02)
    started = time.monotonic()
    *_, last = paced.make(job())
    assert isinstance(last, Picture)
    assert time.monotonic() - started >= 24 * 0.02


def test_no_piece_of_work_is_long(sketch, job):
    """Counted in processor time, so that a busy machine does not matter."""
    spent = [time.process_time()]
    for _ in sketch.make(job("stormy sea, ship, oil painting", width=512, height=512)):
        spent.append(time.process_time())
    assert max(np.diff(spent)) < 0.6


def test_a_slow_picture_keeps_giving_signs_of_life(sketch, job):
    started, events = time.monotonic(), []
    making = sketch.make(job("a fox [slow:600]", steps=1))
    while time.monotonic() - started < 0.8:
        events.append(next(making))
    making.close()
    assert len(events) >= 3
    assert not any(isinstance(event, Picture) for event in events)


def test_markers_are_not_drawn(png):
    assert png("a fox [slow:0]") == png("a fox")


@pytest.mark.parametrize("kind", FAULTS)
def test_a_scripted_failure_raises_its_error(sketch, job, kind):
    with pytest.raises(ProviderError) as raised:
        next(sketch.make(job(f"a fox [fail:{kind}]")))
    assert raised.value.kind == kind
    assert raised.value.permanent == (kind in {"auth", "quota", "moderated", "invalid_parameter", "model_not_found"})
    assert (raised.value.retry_after is not None) == (kind in {"busy", "rate_limited"})


def test_an_unknown_failure_is_only_words(sketch, job):
    *_, last = sketch.make(job("a fox [fail:nothing]"))
    assert isinstance(last, Picture)


@pytest.mark.parametrize("setting", [{"steps": 0}, {"steps": 41}, {"cfg_scale": 0.5}, {"width": 56}, {"height": 2056}])
def test_a_setting_out_of_range_is_refused(sketch, job, setting):
    with pytest.raises(ProviderError) as raised:
        next(sketch.make(job(**setting)))
    assert (raised.value.kind, raised.value.permanent) == ("invalid_parameter", True)


def test_the_model_says_what_it_listens_to(sketch):
    [model] = sketch.models()
    heeded = model.capabilities.to_dict()
    assert (model.id, model.kind, model.price, model.built_in) == ("sketch", "image", 0.0, True)
    assert all(heeded[name] for name in ("seed", "negative", "progress", "preview", "cancel"))
    assert not any(heeded[name] for name in ("img2img", "vision", "samplers"))
    assert heeded["steps"] == {"min": 1, "max": 40, "default": 24}
    assert {"min": 64, "max": 2048, "step": 8}.items() <= heeded["size"].items()


def test_threads_draw_the_same_pictures_as_one(png):
    prompts = ["a red fox in rain", "a blue fox in snow", "aurora over a lake, oil painting", "cat on a windowsill"]
    alone = [png(prompt) for prompt in prompts]
    together: dict[int, bytes] = {}
    threads = [threading.Thread(target=lambda i=i: together.update({i: png(prompts[i])})) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[i] for i in range(4)] == alone


def test_512_pixels_cost_no_more_than_a_bounded_number_of_loops(sketch, job):
    def loop() -> float:
        started = time.process_time()
        field = np.linspace(0, 1, 512 * 512, dtype=np.float32).reshape(512, 512)
        for _ in range(40):
            field = np.sqrt(np.abs(np.sin(field) + np.roll(field, 1, 0) * 0.5))
        return time.process_time() - started

    def draw() -> float:
        started = time.process_time()
        *_, _ = sketch.make(job(width=512, height=512))
        return time.process_time() - started

    assert min(draw() for _ in range(2)) < 90 * min(loop() for _ in range(5))


def _shown(event: Progress | Picture) -> bool:
    return isinstance(event, Progress) and event.preview is not None


def _small(data: bytes) -> np.ndarray:
    """A picture at 64 pixels, where previews of any size can be compared."""
    image = Image.open(BytesIO(data)).convert("RGB").resize((64, 64), Image.Resampling.BOX)
    return np.asarray(image, dtype=float) / 255
