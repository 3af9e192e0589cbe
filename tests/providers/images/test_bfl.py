import pytest

from server.providers.connection import Connection
from server.providers.images import bfl as vendor
from server.providers.images import open_provider
from server.providers.images.bfl import BFL
from server.providers.images.job import Progress, Submitted
from tests.contract.paint import picture
from tests.providers.images.asking import error_of, job, picture_of, size


def ask(**changes):
    return job(**{"model": "flux-2-pro", "width": 256, "height": 320, **changes})


@pytest.fixture
def provider(bfl):
    return BFL(Connection("bfl", "bfl", bfl.url, "secret"), silence=20, longest=30, poll=0.02)


def test_a_picture_comes_with_its_seed_and_cost(provider, bfl):
    bfl.script(key="secret")
    made = picture_of(provider.make(ask(seed=42)))
    assert (made.media_type, made.seed, made.cost, size(made)) == ("image/png", 42, 0.04, (256, 320))


def test_the_registry_opens_it(bfl):
    assert isinstance(open_provider(Connection("bfl", "bfl", bfl.url)), BFL)


def test_the_handle_is_told_before_any_progress_and_polled_exactly_as_given(provider, bfl):
    said = list(provider.make(ask()))
    assert isinstance(said[0], Submitted) and said[0].handle.endswith("&region=eu%2F1")
    assert bfl.seen()["poll"] >= 5 and "poll rewritten" not in bfl.seen()


def test_progress_grows(provider):
    fractions = [word.fraction for word in provider.make(ask()) if isinstance(word, Progress) and word.fraction]
    assert len(fractions) >= 3 and fractions == sorted(fractions)


def test_a_job_that_was_submitted_is_found_again_and_never_paid_twice(provider, bfl):
    said = provider.make(ask())
    handle = next(said).handle
    said.close()
    again = list(provider.make(ask(handle=handle)))
    assert picture_of(iter(again)) and not any(isinstance(word, Submitted) for word in again)
    assert bfl.seen()["submit"] == 1


def test_a_job_that_the_vendor_forgot_ends(provider, bfl):
    gone = f"{bfl.url}/v1/get_result?id=task-0&region=eu%2F1"
    assert error_of(provider.make(ask(handle=gone))).permanent


def test_failed_polls_are_forgiven(provider, bfl):
    assert picture_of(provider.make(ask(prompt="rude:flaky")))
    assert bfl.seen()["submit"] == 1


def test_redirects_are_followed_three_times(provider):
    assert picture_of(provider.make(ask(prompt="rude:turns")))


def test_a_wrong_content_type_does_not_matter(provider):
    assert picture_of(provider.make(ask(prompt="rude:lies"))).media_type == "image/png"


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
        ("request-moderated", "moderated", True),
        ("moderated", "moderated", True),
        ("error", "busy", False),
        ("lost", "bad_reply", True),
        ("strange", "bad_reply", False),
        ("drop", "transport", False),
        ("cut", "transport", False),
        ("garbage", "bad_reply", False),
        ("redirect", "bad_reply", True),
        ("half", "bad_image", False),
        ("page", "bad_image", False),
        ("huge", "bad_image", False),
        ("away", "bad_reply", True),
        ("private", "bad_reply", True),
        ("metadata", "bad_reply", True),
        ("plain", "bad_reply", True),
        ("hop", "bad_reply", True),
    ],
)
def test_a_rude_server_is_a_plain_error(provider, behaviour, kind, permanent):
    failed = error_of(provider.make(ask(prompt=f"a fox rude:{behaviour}")))
    assert (failed.kind, failed.permanent) == (kind, permanent)


def test_a_server_that_never_answers_is_given_up(bfl):
    impatient = BFL(Connection("bfl", "bfl", bfl.url), silence=0.4)
    assert error_of(impatient.make(ask(prompt="rude:silent"))).kind == "timeout"


def test_a_picture_that_is_pending_for_ever_is_given_up(bfl):
    impatient = BFL(Connection("bfl", "bfl", bfl.url), longest=0.5, poll=0.02)
    assert error_of(impatient.make(ask(prompt="rude:pending"))).kind == "timeout"


def test_retry_after_is_read_from_the_body(provider):
    assert error_of(provider.make(ask(prompt="rude:429"))).retry_after == 12


@pytest.mark.parametrize(
    ("model", "width", "height", "sent"),
    [
        ("flux-2-pro", 1000, 30, {"width": 992, "height": 64}),
        ("flux-2-max", 2048, 4096, {"width": 2048, "height": 2048}),
        ("flux-pro-1.1", 1000, 100, {"width": 992, "height": 256}),
        ("flux-dev", 2048, 1440, {"width": 1440, "height": 1440}),
        ("flux-pro-1.1-ultra", 1920, 1080, {"aspect_ratio": "16:9"}),
        ("flux-kontext-pro", 800, 1200, {"aspect_ratio": "2:3"}),
        ("flux-kontext-max", 1024, 1024, {"aspect_ratio": "1:1"}),
    ],
)
def test_each_family_gets_a_size_that_it_takes(model, width, height, sent):
    body = vendor.request(ask(model=model, width=width, height=height))
    assert {name: body[name] for name in ("width", "height", "aspect_ratio") if name in body} == sent


def test_steps_and_guidance_go_only_to_models_that_listen():
    assert not {"steps", "guidance", "negative_prompt"} & set(vendor.request(ask(steps=9, cfg_scale=3, negative="x")))
    flex = vendor.request(ask(model="flux-2-flex", steps=9, cfg_scale=3))
    assert (flex["steps"], flex["guidance"]) == (9, 3)


def test_a_picture_to_start_from_goes_where_the_family_takes_it():
    start = picture("start", 1, 64, 64)
    assert "input_image" in vendor.request(ask(init_image=start))
    assert "image_prompt" in vendor.request(ask(model="flux-pro-1.1", init_image=start))


def test_capabilities_are_honest(provider):
    models = {model.id: model for model in provider.models()}
    assert not any(model.capabilities.negative or model.capabilities.cancel for model in models.values())
    assert models["flux-2-flex"].capabilities.steps and not models["flux-2-pro"].capabilities.steps
    assert models["flux-pro-1.1"].price == 0.04


def test_a_model_name_cannot_lead_to_another_path(provider, bfl):
    assert error_of(provider.make(ask(model="../../_reset"))).kind == "model_not_found"
    assert "submit" not in bfl.seen()
