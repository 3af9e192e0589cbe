import io
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from server.errors import ProviderError
from server.providers.connection import Connection
from server.providers.images import open_provider
from server.providers.images.job import Progress
from server.providers.images.openai import OpenAI
from server.providers.images.openai_dialects import DALLE, GPT, PLAIN, TOGETHER, dialect, fitted
from tests.providers.images.asking import error_of, job, picture_of, size, until

SCHNELL = "black-forest-labs/FLUX.1-schnell"


def ask(**changes):
    return job(**{"model": "gpt-image-1", "width": 1024, "height": 1024, **changes})


@pytest.fixture
def provider(openai):
    return OpenAI(Connection("openai", "openai", openai.url, "secret"), silence=20)


def previews(said) -> list[bytes]:
    return [word.preview for word in said if isinstance(word, Progress) and word.preview]


def test_gpt_image_streams_previews_and_then_the_picture(provider, openai):
    said = list(provider.make(ask()))
    shown = previews(said)
    assert len(shown) == 2 and Image.open(io.BytesIO(shown[0])).size == (64, 64)
    assert size(picture_of(iter(said))) == (1024, 1024)
    sent = openai.bodies()[0]
    assert sent["stream"] and sent["partial_images"] == 2 and "response_format" not in sent


def test_the_registry_opens_it_with_and_without_a_version_in_the_address(openai):
    for url in (openai.url, openai.url + "/v1", openai.url + "/v1/"):
        assert picture_of(open_provider(Connection("o", "openai", url)).make(ask(model="dall-e-2")))


@pytest.mark.parametrize("how", ["refused", "empty"])
def test_a_gateway_that_cannot_stream_is_asked_plainly_and_from_then_on(provider, openai, how):
    openai.script(stream=how)
    assert picture_of(provider.make(ask()))
    assert picture_of(provider.make(ask()))
    assert [bool(body.get("stream")) for body in openai.bodies()] == [True, False, False]


def test_a_plain_answer_to_a_streaming_question_is_taken(provider, openai):
    openai.script(stream="json")
    assert picture_of(provider.make(ask()))
    assert openai.seen()["submit"] == 1


@pytest.mark.parametrize(("how", "kind"), [("unfinished", "transport"), ("failed", "busy")])
def test_a_stream_that_breaks_after_it_may_have_cost_is_an_error_and_the_retry_is_plain(provider, openai, how, kind):
    openai.script(stream=how)
    assert error_of(provider.make(ask())).kind == kind
    assert openai.seen()["submit"] == 1
    assert picture_of(provider.make(ask()))


def test_an_error_in_mid_stream_is_told(provider, openai):
    openai.script(stream="error")
    assert error_of(provider.make(ask())).kind == "moderated"


def test_a_ragged_stream_is_read(provider, openai):
    openai.script(stream="ragged", step_seconds=0.001)
    said = list(provider.make(ask()))
    assert len(previews(said)) == 2 and picture_of(iter(said))


def test_dall_e_gets_base64_and_its_own_sizes(provider, openai):
    made = picture_of(provider.make(ask(model="dall-e-3", width=1600, height=900)))
    assert size(made) == (1792, 1024) and made.seed is None
    assert openai.bodies()[0]["response_format"] == "b64_json"


def test_together_gets_its_own_words(provider, openai):
    made = picture_of(provider.make(ask(model="stabilityai/sdxl", negative="blur", seed=9, steps=30, cfg_scale=6)))
    sent = openai.bodies()[0]
    assert (sent["width"], sent["height"], sent["steps"], sent["guidance_scale"]) == (1024, 1024, 30, 6)
    assert (sent["seed"], sent["negative_prompt"], sent["response_format"]) == (9, "blur", "base64")
    assert "size" not in sent and made.seed == 9


def test_flux_on_together_gets_no_negative_and_few_steps(provider, openai):
    picture_of(provider.make(ask(model=SCHNELL, negative="blur")))
    sent = openai.bodies()[0]
    assert "negative_prompt" not in sent and "guidance_scale" not in sent and sent["steps"] == 4


def test_a_local_server_is_asked_in_the_common_words(provider, openai):
    assert size(picture_of(provider.make(ask(model="dreamshaper", width=512, height=640)))) == (512, 640)
    assert set(openai.bodies()[0]) == {"model", "prompt", "n", "size", "response_format"}


def test_the_dialect_follows_host_and_name():
    assert dialect("api.together.xyz", "anything") is TOGETHER
    assert dialect("localhost", SCHNELL) is TOGETHER
    assert [dialect("x", model) for model in ("gpt-image-2", "dall-e-2", "sd-turbo")] == [GPT, DALLE, PLAIN]


@pytest.mark.parametrize(
    ("model", "asked", "taken"),
    [
        ("gpt-image-1", (800, 1200), (1024, 1536)),
        ("gpt-image-1", (512, 512), (1024, 1024)),
        ("gpt-image-2", (1000, 5000), (992, 2160)),
        ("dall-e-2", (500, 500), (512, 512)),
        ("dall-e-3", (1024, 1792), (1024, 1792)),
        ("local", (1001, 100), (992, 256)),
    ],
)
def test_each_model_gets_a_size_that_it_takes(model, asked, taken):
    assert fitted(ask(model=model, width=asked[0], height=asked[1])) == taken


@pytest.mark.parametrize("by", ["url", "data"])
def test_a_picture_by_address_is_fetched_at_once(provider, openai, by):
    openai.script(by=by)
    assert picture_of(provider.make(ask(model="dall-e-3")))


@pytest.mark.parametrize("behaviour", ["lies", "turns"])
def test_a_picture_that_comes_oddly_is_still_a_picture(provider, behaviour):
    assert picture_of(provider.make(ask(model="dall-e-3", prompt=f"rude:{behaviour}"))).media_type == "image/png"


def test_closing_drops_the_connection(provider, openai):
    openai.script(step_seconds=0.3)
    said = provider.make(ask())
    next(word for word in said if word.preview)
    before = time.monotonic()
    said.close()
    assert time.monotonic() - before < 0.3
    until(lambda: openai.seen().get("hung up") == 1)
    assert "streamed" not in openai.seen()


def test_one_provider_serves_many_threads(provider):
    asked = [ask(model="dreamshaper", prompt=f"fox {number}", width=256, height=256) for number in range(16)]
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda one: picture_of(provider.make(one)), asked))
    assert [size(one) for one in made] == [(256, 256)] * 16
    assert len({one.data for one in made}) == 16


def test_image_models_are_picked_from_the_list(provider):
    models = {model.id: model.capabilities for model in provider.models()}
    assert set(models) == {"gpt-image-1", "dall-e-3"}
    assert models["gpt-image-1"].preview and not models["dall-e-3"].preview
    assert not any(model.seed or model.negative or model.steps for model in models.values())


def test_a_server_that_is_down_is_a_transport_error():
    provider = OpenAI(Connection("o", "openai", "http://127.0.0.1:9"))
    assert error_of(provider.make(ask())).kind == "transport"
    with pytest.raises(ProviderError):
        provider.models()


@pytest.mark.parametrize("model", ["gpt-image-1", "dall-e-3"])
@pytest.mark.parametrize(
    ("behaviour", "kind", "permanent"),
    [
        ("401", "auth", True),
        ("402", "quota", True),
        ("spent", "quota", True),
        ("404", "model_not_found", True),
        ("422", "invalid_parameter", True),
        ("429", "rate_limited", False),
        ("500", "busy", False),
        ("503", "busy", False),
        ("moderated", "moderated", True),
        ("drop", "transport", False),
        ("garbage", "bad_reply", False),
        ("redirect", "bad_reply", True),
        ("half", "bad_image", False),
        ("page", "bad_image", False),
        ("huge", "bad_image", False),
    ],
)
def test_a_rude_server_is_a_plain_error(provider, model, behaviour, kind, permanent):
    failed = error_of(provider.make(ask(model=model, prompt=f"a fox rude:{behaviour}")))
    assert (failed.kind, failed.permanent) == (kind, permanent)


@pytest.mark.parametrize("model", ["gpt-image-1", "dall-e-3"])
def test_a_server_that_never_answers_is_given_up(openai, model):
    impatient = OpenAI(Connection("openai", "openai", openai.url), silence=0.4)
    assert error_of(impatient.make(ask(model=model, prompt="rude:silent"))).kind == "timeout"


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        ("private", "bad_reply"),
        ("metadata", "bad_reply"),
        ("plain", "bad_reply"),
        ("hop", "bad_reply"),
        ("cut", "transport"),
    ],
)
def test_an_address_that_leads_astray_is_not_followed(provider, behaviour, kind):
    assert error_of(provider.make(ask(model="dall-e-3", prompt=f"rude:{behaviour}"))).kind == kind


def test_retry_after_is_a_number_or_a_date(provider):
    assert error_of(provider.make(ask(prompt="rude:429"))).retry_after == 9
    assert error_of(provider.make(ask(prompt="rude:503"))).retry_after == 0


def test_a_refused_setting_is_named(provider):
    assert "size" in error_of(provider.make(ask(prompt="rude:422"))).message


def test_the_key_is_a_bearer_token(provider, openai):
    openai.script(key="secret")
    assert picture_of(provider.make(ask(model="dall-e-3")))
    openai.script(key="another")
    assert error_of(provider.make(ask())).kind == "auth"
