"""The main job against every vendor's wire: one macro prompt, six pictures, two tabs."""

import hashlib
import io

from PIL import Image

from tests.end_to_end.asking import FOXES, ask, life, outcomes, spent


def test_six_foxes_develop_in_two_tabs(studio, sit_down, enter):
    studio.vendor.script(step_seconds=0.04)
    mine = sit_down(studio)
    other = enter(mine.client, mine.workspace_id)
    images = ask(mine, FOXES)
    assert [image["status"] for image in images] == ["queued"] * 6
    for room in (mine, other):
        assert {image["status"] for image in outcomes(room, images)} == {"ready"}
        assert all(life(room, image) == ["running", "ready"] for image in images)
    made = outcomes(mine, images)
    assert {(image["model"], image["connection"]) for image in made} == {(studio.model, "image-api")}
    assert len({image["sha256"] for image in made}) == 6, "two tiles show the same picture"
    assert sorted(image["prompt"] for image in made) == sorted(
        f"a {colour} fox in {sky}" for colour in ("red", "blue", "green") for sky in ("rain", "snow")
    )
    assert other.heard("image.progress"), "nobody saw them develop"
    snapshot = mine.client.get(f"/api/workspaces/{mine.workspace_id}/snapshot")["snapshot"]
    assert mine.wait_for_seq(snapshot["seq"]).differences(snapshot) == {}
    assert other.wait_for_seq(snapshot["seq"]).differences(snapshot) == {}
    assert studio.vendor.seen()["submit"] == 6 and spent(mine) == 6


def test_the_original_is_what_the_vendor_sent_and_its_thumbnails_are_smaller(studio, sit_down):
    room = sit_down(studio)
    (image,) = outcomes(room, ask(room, "a fox", batch_size=1, seed=7))
    original = room.client.raw("GET", image["original_url"])
    assert original.headers["content-type"] == "image/png"
    assert hashlib.sha256(original.content).hexdigest() == image["sha256"] and len(original.content) == image["bytes"]
    assert Image.open(io.BytesIO(original.content)).size == (image["width"], image["height"])
    small = Image.open(io.BytesIO(room.client.raw("GET", image["thumbs"]["384"]).content))
    assert small.format == "WEBP" and max(small.size) <= 384


def test_what_was_asked_reaches_the_vendor(studio, sit_down):
    room = sit_down(studio)
    style = {"name": "Film", "positive": "{prompt}, on film", "negative": "blur"}
    style = room.client.post(f"/api/workspaces/{room.workspace_id}/styles", style)["style"]
    images = ask(room, "a fox", style_ids=[style["id"]], batch_size=2, seed=41)
    outcomes(room, images)
    bodies = [body for body in studio.vendor.bodies() if "prompt" in body]
    assert {body["prompt"] for body in bodies} == {"a fox, on film"}
    if "seed" in bodies[0]:
        assert sorted(body["seed"] for body in bodies) == [41, 42]
    else:
        assert all("seed" in image["ignored"] for image in images)
