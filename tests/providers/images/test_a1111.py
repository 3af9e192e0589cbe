import io
import threading
import time

import pytest
from PIL import Image

from server.errors import ProviderError
from server.providers.connection import Connection
from server.providers.images import open_provider
from server.providers.images.a1111 import A1111
from server.providers.images.job import Picture, Progress
from tests.contract.paint import picture
from tests.providers.images.asking import error_of, job, picture_of, size, until, until_running


@pytest.fixture
def provider(a1111):
    return A1111(Connection("local", "a1111", a1111.url, "me:secret"), poll=0.02)


def impatient(a1111, silence=0.8):
    return A1111(Connection("local", "a1111", a1111.url), silence=silence, poll=0.02)


def test_a_picture_is_the_size_and_seed_that_was_asked(provider):
    made = picture_of(provider.make(job(seed=42)))
    assert (made.media_type, made.seed, size(made)) == ("image/png", 42, (64, 96))


@pytest.mark.parametrize("kind", ["a1111", "forge"])
def test_the_registry_opens_it(a1111, kind):
    assert picture_of(open_provider(Connection("local", kind, a1111.url), poll=0.02).make(job())).data


def test_an_unknown_kind_is_refused():
    with pytest.raises(ProviderError):
        open_provider(Connection("x", "os", "http://localhost"))


def test_steps_guidance_model_and_task_are_always_sent(provider, a1111):
    picture_of(provider.make(job(task_id="task-9", negative="blur", sampler="Euler a")))
    sent = a1111.bodies()[0]
    assert (sent["steps"], sent["cfg_scale"], sent["distilled_cfg_scale"]) == (20, 7, 3.5)
    assert sent["override_settings"]["sd_model_checkpoint"] == "sd15"
    assert (sent["force_task_id"], sent["negative_prompt"], sent["sampler_name"]) == ("task-9", "blur", "Euler a")
    assert (sent["path"], sent["batch_size"], sent["save_images"]) == ("/sdapi/v1/txt2img", 1, False)


def test_flux_gets_its_distilled_guidance(provider, a1111):
    picture_of(provider.make(job(model="flux-dev", cfg_scale=5)))
    sent = a1111.bodies()[0]
    assert (sent["cfg_scale"], sent["distilled_cfg_scale"]) == (1, 5)


def test_a_picture_to_start_from_goes_to_img2img(provider, a1111):
    picture_of(provider.make(job(init_image=picture("start", 1, 64, 64), strength=0.4)))
    sent = a1111.bodies()[0]
    assert sent["path"] == "/sdapi/v1/img2img"
    assert (len(sent["init_images"]), sent["denoising_strength"]) == (1, 0.4)


@pytest.mark.parametrize("web_ui", [True, False])
def test_progress_grows_and_previews_are_pictures(provider, a1111, web_ui):
    a1111.script(step_seconds=0.03, web_ui=web_ui)
    said = [word for word in provider.make(job()) if isinstance(word, Progress)]
    fractions = [word.fraction for word in said if word.fraction is not None]
    previews = [word.preview for word in said if word.preview]
    assert len(set(fractions)) > 3 and fractions == sorted(fractions) and fractions[-1] <= 1
    assert previews and Image.open(io.BytesIO(previews[-1])).size == (64, 64)


def test_something_is_said_at_least_every_half_second(a1111):
    a1111.script(step_seconds=0.08, stranger=True)
    heard = [time.monotonic()]
    for _ in impatient(a1111, silence=30).make(job()):
        heard.append(time.monotonic())
    assert max(after - before for before, after in zip(heard, heard[1:], strict=False)) < 0.5


def test_a_slow_server_that_makes_progress_is_waited_for(a1111):
    a1111.script(step_seconds=0.06)
    assert picture_of(impatient(a1111).make(job()))


def test_waiting_in_the_servers_line_counts_as_a_sign_of_life(a1111):
    a1111.script(step_seconds=0.06)
    provider = impatient(a1111)
    first = threading.Thread(target=lambda: list(provider.make(job(task_id="first"))))
    first.start()
    until(lambda: a1111.seen().get("submit") == 1)
    assert picture_of(provider.make(job(task_id="second")))
    first.join()


@pytest.mark.parametrize("grid", ["told", "alike", "untold"])
def test_a_grid_before_the_picture_is_left_out(provider, a1111, grid):
    a1111.script(grid=grid)
    assert picture_of(provider.make(job())).data == picture("a fox", 7, 64, 96)


@pytest.mark.parametrize("web_ui", [True, False])
def test_closing_interrupts_our_task_and_frees_the_server(provider, a1111, web_ui):
    a1111.script(step_seconds=0.3, web_ui=web_ui)
    said = provider.make(job())
    until_running(said)
    said.close()
    until(lambda: a1111.seen().get("interrupt") == 1)
    a1111.script(step_seconds=0.01)
    assert picture_of(provider.make(job(task_id="next")))


def test_closing_after_the_picture_interrupts_nobody_and_asks_nothing(a1111):
    said = A1111(Connection("local", "a1111", a1111.url), poll=30).make(job())
    assert next(word for word in said if isinstance(word, Picture))
    said.close()
    assert a1111.seen() == {"submit": 1}


@pytest.mark.parametrize("web_ui", [True, False])
def test_closing_never_interrupts_a_stranger(provider, a1111, web_ui):
    a1111.script(step_seconds=0.05, web_ui=web_ui, stranger=True)
    said = provider.make(job(steps=10))
    next(said)
    said.close()
    assert "interrupt" not in a1111.seen()


def test_the_key_is_basic_auth(provider, a1111):
    a1111.script(auth="me:secret")
    assert picture_of(provider.make(job()))
    a1111.script(auth="you:other")
    assert error_of(provider.make(job())).kind == "auth"


def test_models_and_samplers_are_asked_of_the_server(provider):
    models = {model.id: model.capabilities for model in provider.models()}
    assert set(models) == {"sd15", "flux-dev"}
    assert models["sd15"].samplers == ("Euler a", "DPM++ 2M")
    assert models["sd15"].negative and not models["flux-dev"].negative
    assert models["sd15"].cancel and models["sd15"].preview and models["sd15"].seed


def test_configured_models_are_offered_as_they_are(a1111):
    connection = Connection("local", "a1111", a1111.url, models=("mine",))
    assert [model.id for model in A1111(connection).models()] == ["mine"]


def test_a_server_without_its_api_says_how_to_turn_it_on(provider, a1111):
    a1111.script(api=False)
    refused = error_of(provider.make(job()))
    assert "--api" in refused.message and refused.permanent
    with pytest.raises(ProviderError, match="--api"):
        provider.models()


def test_a_server_that_is_down_is_a_transport_error():
    provider = A1111(Connection("local", "a1111", "http://127.0.0.1:9"))
    assert error_of(provider.make(job())).kind == "transport"
    with pytest.raises(ProviderError):
        provider.models()


@pytest.mark.parametrize(
    ("behaviour", "kind", "permanent"),
    [
        ("401", "auth", True),
        ("402", "quota", True),
        ("404", "model_not_found", True),
        ("422", "invalid_parameter", True),
        ("429", "rate_limited", False),
        ("500", "busy", False),
        ("503", "busy", False),
        ("memory", "busy", False),
        ("sampler", "invalid_parameter", True),
        ("drop", "transport", False),
        ("garbage", "bad_reply", False),
        ("redirect", "bad_reply", True),
        ("half", "bad_image", False),
        ("page", "bad_image", False),
        ("huge", "bad_image", False),
    ],
)
def test_a_rude_server_is_a_plain_error(provider, behaviour, kind, permanent):
    failed = error_of(provider.make(job(prompt=f"a fox rude:{behaviour}")))
    assert (failed.kind, failed.permanent) == (kind, permanent)


def test_a_server_that_never_answers_is_given_up(a1111):
    assert error_of(impatient(a1111).make(job(prompt="rude:silent"))).kind == "timeout"


def test_retry_after_is_handed_on(provider):
    assert error_of(provider.make(job(prompt="rude:429"))).retry_after == 7


def test_a_refused_setting_is_named(provider):
    assert "steps" in error_of(provider.make(job(prompt="rude:422"))).message


def test_the_picture_after_a_failure_is_made(provider, a1111):
    a1111.script(behaviour="drop", times=1)
    error_of(provider.make(job()))
    assert picture_of(provider.make(job()))
