"""Moving pictures from one workspace to another."""

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from time import time

import pytest

from tests.harness.client import Client
from tests.harness.making import admit, ask, make, refusal
from tests.harness.product import Product
from tests.harness.room import Room

KEPT = (
    "index", "author_id", "status", "attempt", "prompt", "negative", "assignment", "model", "connection", "seed",
    "width", "height", "steps", "cfg_scale", "ignored", "thumbhash", "bytes", "sha256", "starred_by", "tags", "cost",
    "created_at", "started_at", "finished_at",
)  # fmt: skip
HOURS = 3600
NEVER = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def ben(someone, ana, place):
    return admit(ana, someone("Ben"), place, "editor")


@pytest.fixture
def harbour(ana, ben, enter):
    """A tab of Ana's in another workspace, in which Ben is an editor too."""
    id = ana.workspace("Harbour")["id"]
    admit(ana, ben, id, "editor")
    return enter(ana, id)


def move(person, images: list[dict], target: str, **options) -> dict:
    return person.post("/api/images/move", body_of(images, target), **options)


def body_of(images: list[dict], target: str) -> dict:
    return {"image_ids": [image["id"] for image in images], "workspace_id": target}


def refused(person, images: list[dict], target: str) -> tuple:
    return refusal(person, "POST", "/api/images/move", json=body_of(images, target))


def seen_afresh(person, room: Room) -> None:
    """What the tab has of events is what a fresh one is given."""
    fresh = person.get(f"/api/workspaces/{room.workspace_id}/snapshot")["snapshot"]
    assert room.wait_for_seq(fresh["seq"]).differences(fresh) == {}


def shown(person, place: str, **query) -> set[str]:
    return {image["id"] for image in person.get(f"/api/workspaces/{place}/images", **query)["items"]}


def files_of(product) -> set[str]:
    folder = product.data_dir / "media"
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_pictures_go_on_with_all_that_is_known_of_them_and_byte_for_byte(ana, ben, place, room, harbour):
    foxes = make(ana, room, "a {red|blue} fox in {rain|snow}", batch_size=None)
    (owl,) = make(ben, room, "an owl")
    ana.patch(f"/api/images/{foxes[1]['id']}", {"starred": True, "tags": ["keep"]})
    wished = [foxes[3], foxes[1], owl]
    before = {image["id"]: image for image in ana.get(f"/api/workspaces/{place}/images")["items"]}
    bytes_of = {one["id"]: ana.raw("GET", one["original_url"]).content for one in wished}
    thumbs = {one["id"]: [ana.raw("GET", url).content for url in one["thumbs"].values()] for one in wished}

    answer = move(ben, wished, harbour.workspace_id, status=201)
    seen_afresh(ana, room)
    seen_afresh(ana, harbour)
    came = {(image["prompt"], image["seed"]): image for image in harbour.state.things["images"].values()}
    assert {image["id"] for image in came.values()} == {image["id"] for image in answer["images"]}
    for image in wished:
        source, copy = before[image["id"]], came[image["prompt"], image["seed"]]
        assert {name: copy[name] for name in KEPT} == {name: source[name] for name in KEPT}
        assert ana.raw("GET", copy["original_url"]).content == bytes_of[image["id"]]
        assert [ana.raw("GET", url).content for url in copy["thumbs"].values()] == thumbs[image["id"]]
    assert sorted((one["template"], one["count"], one["author_id"]) for one in answer["generations"]) == [
        ("a {red|blue} fox in {rain|snow}", 2, ana.user["id"]), ("an owl", 1, ben.user["id"]),
    ]  # fmt: skip
    ids = {image["id"] for image in wished}
    assert ids <= shown(ana, place, trash="1") and not ids & shown(ana, place)
    ana.post(f"/api/images/{owl['id']}/restore")
    ana.delete(f"/api/images/{came[owl['prompt'], owl['seed']]['id']}", status=204)
    assert ana.raw("GET", owl["original_url"]).content == bytes_of[owl["id"]]


def test_a_variant_still_descends_from_what_moves_along(ana, room, harbour):
    (fox,) = make(ana, room)
    (child,) = (room.wait_for_event("image.updated", id=one["id"], status="ready", patience=40)["image"]
                for one in ana.post(f"/api/images/{fox['id']}/vary", {"count": 1})["images"])  # fmt: skip
    moved = {one["seed"]: one for one in move(ana, [child, fox], harbour.workspace_id)["images"]}
    assert child["parent_id"] == fox["id"] and moved[child["seed"]]["parent_id"] == moved[fox["seed"]]["id"]
    again = ana.workspace("Elsewhere")["id"]
    (alone,) = move(ana, [moved[child["seed"]]], again)["images"]
    assert alone["parent_id"] is None


def test_only_members_who_may_change_both_workspaces_move(ana, ben, place, room, someone, harbour):
    pictures, target = make(ana, room), harbour.workspace_id
    stranger, viewer, guest = someone("Sam"), someone("Vic"), someone("Gus")
    admit(ana, viewer, target, "viewer")
    admit(ana, viewer, place, "editor")
    admit(ana, guest, target, "editor")
    assert refused(stranger, pictures, target)[:2] == (404, "not_found")
    assert refused(viewer, pictures, target)[:2] == (403, "forbidden")
    assert refused(guest, pictures, target)[:2] == (404, "not_found")
    admit(ana, guest, place, "viewer")
    assert refused(guest, pictures, target)[:2] == (403, "forbidden")
    assert refused(ana, pictures, NEVER)[:2] == (404, "not_found")
    assert shown(ana, target) == set() and pictures[0]["id"] in shown(ana, place)


def test_it_is_all_or_nothing(ana, place, room, harbour, product):
    (fox,), target = make(ana, room), harbour.workspace_id
    unfinished = ask(ana, place, "[slow:30] a fox", steps=20)["images"][0]
    before = files_of(product)
    assert refused(ana, [fox, unfinished], target)[:2] == (409, "conflict")
    ana.post(f"/api/images/{unfinished['id']}/cancel")
    assert refused(ana, [fox, unfinished], target)[:2] == (409, "conflict")
    assert refused(ana, [fox, {"id": NEVER}], target)[:2] == (404, "not_found")
    (there,) = make(ana, harbour)
    assert refused(ana, [fox, there], ana.workspace("Third")["id"]) == (422, "invalid", "image_ids")
    assert refused(ana, [fox], place)[:2] == (409, "conflict")
    assert shown(ana, target) == {there["id"]} and fox["id"] in shown(ana, place)
    assert {name for name in files_of(product) - before if there["id"] not in name} == set()
    move(ana, [fox, fox], target)
    assert refused(ana, [fox], target)[:2] == (404, "not_found")
    assert len(shown(ana, target)) == 2


@pytest.mark.parametrize(
    "body",
    [{}, {"image_ids": []}, {"image_ids": "all"}, {"image_ids": [NEVER] * 201}, {"image_ids": ["fox"]},
     {"image_ids": [NEVER], "workspace_id": "Harbour"}, {"image_ids": [NEVER], "to": NEVER}],
)  # fmt: skip
def test_a_wish_is_bounded(ana, body):
    whole = {"workspace_id": NEVER, **body} if body else body
    assert refusal(ana, "POST", "/api/images/move", json=whole)[:2] == (422, "invalid")


def test_nobody_pays_and_no_note_and_no_stray_file_is_left(ana, place, room, harbour, product):
    (fox,) = make(ana, room)
    before, paid = files_of(product), product.rows("SELECT user_id, day, used FROM usage_days ORDER BY user_id, day")
    (copy,) = move(ana, [fox], harbour.workspace_id)["images"]
    assert product.rows("SELECT user_id, day, used FROM usage_days ORDER BY user_id, day") == paid
    assert product.rows("SELECT charged_to, charged_on, handle FROM images WHERE id = :id", id=copy["id"]) == [
        (None, None, None)
    ]
    came = files_of(product) - before
    assert len(came) == 3 and all(copy["id"] in name and harbour.workspace_id in name for name in came)


def test_of_many_moves_at_once_one_counts(ana, room, harbour, product):
    foxes = [make(ana, room)[0] for _ in range(2)]
    before, body = files_of(product), body_of(foxes, harbour.workspace_id)
    with ThreadPoolExecutor(6) as hands:
        answers = list(hands.map(lambda _: ana.raw("POST", "/api/images/move", json=body).status_code, range(6)))
    assert Counter(answers) == {201: 1, 404: 5}
    seen_afresh(ana, harbour)
    assert len(harbour.state.things["images"]) == 2
    came = files_of(product) - before
    assert len(came) == 6 and all(any(id in name for id in harbour.state.things["images"]) for name in came)


def test_what_a_move_that_was_cut_off_has_copied_goes_again(tmp_path):
    product = Product(tmp_path, UPKEEP_SECONDS="0.2")
    with product.running():
        Client(product.base_url).register("Fay")
        product.stop()
        ((key,),) = product.rows("SELECT file_key FROM images LIMIT 1")
        media, stray = product.data_dir / "media", f"ab/{NEVER}/{NEVER}-1.webp"
        cut_off, under_way = (noted(media, name, [key, stray]) for name in ("cut-off", "under-way"))
        os.utime(cut_off, (time() - 2 * HOURS,) * 2)
        for name in (stray, stray.replace(".webp", ".384.webp")):
            (media / name).parent.mkdir(parents=True, exist_ok=True)
            (media / name).write_bytes(b"a picture")
        product.start()
        product.wait_until(lambda: not cut_off.exists(), 20, "the note of the move that was cut off is still there")
        assert under_way.exists() and (media / key).exists()
        assert list((media / stray).parent.iterdir()) == []


def noted(media, name: str, keys: list[str]):
    note = media / "moves" / name
    note.parent.mkdir(exist_ok=True)
    note.write_text("\n".join(keys))
    return note
