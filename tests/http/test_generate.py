"""Asking for pictures: what is made, with which seeds and words, and what is refused before anything is spent."""

import uuid

import pytest

from tests.harness.making import SMALL, ask, finished, refusal

NOTHING = "00000000-0000-7000-8000-000000000000"
IMAGE = {
    "id", "workspace_id", "generation_id", "index", "author_id", "status", "attempt", "prompt", "negative",
    "assignment", "model", "connection", "seed", "width", "height", "steps", "cfg_scale", "parent_id", "ignored",
    "error", "original_url", "thumbs", "thumbhash", "bytes", "sha256", "starred_by", "tags", "cost", "created_at",
    "started_at", "finished_at", "deleted_at", "deleted_by",
}  # fmt: skip
GENERATION = {
    "id", "workspace_id", "author_id", "template", "negative", "model", "styles", "settings", "axes", "count",
    "proposal_id", "parent_id", "created_at",
}  # fmt: skip


def refused(client, place: str, **wishes) -> tuple:
    body = {"workspace_id": place, "prompt": "a fox", **SMALL, **wishes}
    return refusal(client, "POST", "/api/generate", json=body)


def test_a_seed_that_nobody_gave_is_fixed_when_asked(ana, place, room, picture):
    image = ask(ana, place)["images"][0]
    assert finished(room, image["id"])["seed"] == image["seed"] != picture["seed"]


def test_a_request_becomes_a_generation_and_its_waiting_images(ana, place):
    answer = ask(ana, place, "a {red|blue} fox", batch_size=2, seed=5)
    assert set(answer) == {"generation", "images"}
    assert set(answer["generation"]) == GENERATION
    assert answer["generation"]["count"] == len(answer["images"]) == 2
    for place_in_batch, image in enumerate(answer["images"]):
        assert set(image) == IMAGE
        assert (image["index"], image["status"], image["attempt"]) == (place_in_batch, "queued", 0)
        assert (image["original_url"], image["thumbs"], image["error"]) == (None, {}, None)


@pytest.mark.parametrize(
    "prompt, made", [("a fox", 1), ("{a|b}", 6), ("{a|b|c}", 3), ("{a|b|c|d|e}", 5), ("{a|b|c} {x|y|z}", 6)]
)
def test_without_a_size_the_offer_is_made(ana, place, prompt, made):
    assert ask(ana, place, prompt, batch_size=None)["generation"]["count"] == made


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_a_batch_has_exactly_the_size_that_was_asked_for(ana, place, size):
    images = ask(ana, place, "a {red|blue|green} fox", batch_size=size)["images"]
    assert len(images) == size
    assert len({image["assignment"]["1"] for image in images}) == min(size, 3)


def test_indices_choose_combinations_in_their_order(ana, place):
    images = ask(ana, place, "{a|b} {x|y|z}", batch_size=None, indices=["5", "0", "4"])["images"]
    assert [image["prompt"] for image in images] == ["b z", "a x", "b y"]


def test_indices_beyond_the_last_and_beside_a_size_are_refused(ana, place):
    assert refused(ana, place, prompt="{a|b}", batch_size=None, indices=["2"]) == (422, "invalid", "indices")
    assert refused(ana, place, prompt="{a|b}", batch_size=1, indices=["0"]) == (422, "invalid", "indices")
    body = {"batch_size": None, "indices": ["9" * 4000]}
    assert refused(ana, place, prompt="{a|b}", **body) == (422, "invalid", "indices")


def test_seeds_count_up_or_stay_the_same(ana, place):
    each = ask(ana, place, "{a|b|c}", batch_size=3, seed=2**32 - 2)["images"]
    assert [image["seed"] for image in each] == [2**32 - 2, 2**32 - 1, 0]
    same = ask(ana, place, "{a|b|c}", batch_size=3, seed=9, seed_mode="same")["images"]
    assert [image["seed"] for image in same] == [9, 9, 9]


def test_theme_and_styles_are_put_around_the_persons_words(ana, place):
    theme = ana.post("/api/themes", {"name": "Coast", "base_prompt": "by the sea"})["theme"]
    ink = {"name": "Ink", "positive": "ink of {prompt}", "negative": "colour", "steps": 3}
    frame = {"name": "Frame", "positive": "framed", "steps": 2}
    styles = [ana.post(f"/api/workspaces/{place}/styles", style)["style"]["id"] for style in (ink, frame)]
    ana.patch(f"/api/workspaces/{place}", {"theme_id": theme["id"]})
    made = ask(ana, place, "a {red|blue} fox", negative="rain", batch_size=2, steps=None,
               style_ids=styles)  # fmt: skip
    ana.patch(f"/api/workspaces/{place}", {"theme_id": None})
    assert made["images"][0]["prompt"] == "by the sea, ink of a red fox, framed"
    assert made["images"][0]["negative"] == "rain, colour"
    assert [style["name"] for style in made["generation"]["styles"]] == ["Ink", "Frame"]
    assert made["images"][0]["steps"] == 2


def test_one_style_by_style_id_and_the_persons_own_setting_first(ana, place):
    style = ana.post(f"/api/workspaces/{place}/styles", {"name": "Wide", "width": 128, "steps": 3})["style"]
    image = ask(ana, place, style_id=style["id"], width=None, steps=1)["images"][0]
    assert (image["width"], image["height"], image["steps"]) == (128, 64, 1)


def test_macros_in_styles_and_themes_stay_as_they_are(ana, place):
    style = ana.post(f"/api/workspaces/{place}/styles", {"name": "Odd", "positive": "{prompt}, {a|b}"})["style"]
    images = ask(ana, place, "fox", style_ids=[style["id"]], batch_size=None)["images"]
    assert [image["prompt"] for image in images] == ["fox, {a|b}"]


def test_what_the_model_ignores_is_said_on_the_image(ana, place):
    image = ask(ana, place, sampler="Euler", cfg_scale=5)["images"][0]
    model = next(item for item in ana.get("/api/models")["items"] if item["id"] == "sketch")
    deaf = {
        name for name, can in (("sampler", "samplers"), ("cfg_scale", "cfg_scale")) if not model["capabilities"][can]
    }
    assert set(image["ignored"]) == deaf


@pytest.mark.parametrize(
    "wish, field",
    [({"prompt": ""}, "prompt"), ({"prompt": "  \n"}, "prompt"), ({"prompt": "x" * 8001}, "prompt"),
     ({"negative": "x" * 8001}, "negative"), ({"model": "no-such-model"}, "model"), ({"model": "guide"}, "model"),
     ({"style_ids": [NOTHING]}, "style_ids"), ({"style_id": NOTHING}, "style_ids"), ({"width": 16}, "width"),
     ({"height": 8192}, "height"), ({"width": 65}, "width"), ({"steps": 500}, "steps"),
     ({"batch_size": 65}, "batch_size"), ({"batch_size": 0}, "batch_size"),
     ({"batch_size": None, "indices": ["0"] * 65}, "indices"),
     ({"seed_mode": "random"}, "seed_mode"), ({"parent_id": NOTHING}, "parent_id"), ({"strength": 2}, "strength"),
     ({"proposal_id": NOTHING}, "proposal_id"), ({"prompt": "{a|b", "negative": "x"}, "prompt"),
     ({"negative": "{=mood}"}, "negative")],
)  # fmt: skip
def test_a_wish_that_cannot_be_met_names_its_field(ana, place, wish, field):
    assert refused(ana, place, **wish) == (422, "invalid", field)


def test_a_mistake_in_a_macro_has_its_place(ana, place):
    body = {"workspace_id": place, **SMALL, "prompt": "a fox\nin {rain|snow"}
    error = ana.raw("POST", "/api/generate", json=body).json()["error"]
    assert (error["field"], error["line"], error["column"]) == ("prompt", 2, 4)


def test_nothing_is_made_of_a_refused_request(ana):
    id = ana.workspace("Refused")["id"]
    refused(ana, id, batch_size=65)
    refused(ana, id, width=65)
    assert ana.get(f"/api/workspaces/{id}/images")["items"] == []


def test_ten_to_the_thirty_combinations_make_a_sample_at_once(ana, place):
    images = ask(ana, place, " ".join(["{0|1|2|3|4|5|6|7|8|9}"] * 30), batch_size=None)["images"]
    assert len({image["prompt"] for image in images}) == 6


def test_a_stranger_finds_no_such_workspace(stranger, place):
    assert refused(stranger, place)[:2] == (404, "not_found")


def test_a_thing_of_another_workspace_is_unknown_here(ana, place, picture):
    other = ana.workspace("Other")["id"]
    style = ana.post(f"/api/workspaces/{place}/styles", {"name": "Ink"})["style"]
    assert refused(ana, other, style_ids=[style["id"]]) == (422, "invalid", "style_ids")
    assert refused(ana, other, parent_id=picture["id"]) == (422, "invalid", "parent_id")


def test_a_parent_is_kept(ana, place, picture):
    made = ask(ana, place, parent_id=picture["id"])
    assert made["generation"]["parent_id"] == made["images"][0]["parent_id"] == picture["id"]


def test_a_parent_that_is_not_ready_is_a_conflict(ana, place):
    waiting = ask(ana, place, "[slow:20] a fox", steps=20)["images"][0]
    assert refused(ana, place, parent_id=waiting["id"])[:2] == (409, "conflict")
    ana.post(f"/api/images/{waiting['id']}/cancel")


def test_client_made_ids_are_kept(ana, place):
    id = str(uuid.uuid4())
    made = ask(ana, place, id=id, batch_size=2)
    assert made["generation"]["id"] == id
    assert {image["generation_id"] for image in made["images"]} == {id}


def test_a_failure_of_one_leaves_the_rest_of_the_batch_alone(ana, place, room):
    images = ask(ana, place, "{[fail:moderated] a|b} fox", batch_size=2)["images"]
    failed = finished(room, images[0]["id"], "failed")
    assert failed["error"]["kind"] == "moderated" and failed["error"]["message"]
    assert finished(room, images[1]["id"])["status"] == "ready"


def test_models_have_their_shape(ana):
    items = ana.get("/api/models")["items"]
    kinds = {
        "id",
        "kind",
        "name",
        "description",
        "connection",
        "default",
        "healthy",
        "built_in",
        "price",
        "capabilities",
    }
    flags = {
        "seed",
        "negative",
        "img2img",
        "progress",
        "preview",
        "cancel",
        "vision",
        "steps",
        "cfg_scale",
        "size",
        "samplers",
    }
    for model in items:
        assert set(model) == kinds
        assert set(model["capabilities"]) == flags
    assert sorted(model["kind"] for model in items if model["default"]) == ["chat", "image"]
    assert {"sketch", "guide"} <= {model["id"] for model in items if model["built_in"]}


def test_health_has_its_shape(nobody):
    health = nobody.get("/api/health")
    assert set(health) == {"status", "version", "database", "redis", "workers", "queued"}
    assert (health["status"], health["database"], health["redis"]) == ("ok", True, True)
    assert set(health["workers"]) == {"images", "chat", "upkeep"} and isinstance(health["queued"], int)
    assert nobody.get("/api/health/live")
