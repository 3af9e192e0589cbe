"""What people do with images: list by a wish, star, tag, delete, restore, cancel, try again, vary."""

import pytest

from tests.harness.making import admit, ask, finished, make, refusal
from tests.harness.room import Room


@pytest.fixture
def slow(ana, place):
    """An image that stays unfinished until it is cancelled."""
    image = ask(ana, place, "[slow:30] a fox", steps=20)["images"][0]
    yield image
    ana.raw("POST", f"/api/images/{image['id']}/cancel", json={})


@pytest.fixture(scope="module")
def gallery(ana, someone) -> dict:
    """A workspace of its own with a few images of different kinds; `found(query)` tells which match."""
    id = ana.workspace("Gallery")["id"]
    ben = admit(ana, someone("Ben"), id, "editor")
    style = ana.post(f"/api/workspaces/{id}/styles", {"name": "Ink", "positive": "{prompt}, ink"})["style"]
    waits = {"steps": 20}
    images = {
        "fox": ask(ana, id, "[slow:30] a Fox in 100% rain", **waits)["images"][0],
        "älg": ask(ana, id, "[slow:30] an ÄLG", **waits)["images"][0],
        "ink": ask(ana, id, "[slow:30] a crow", style_ids=[style["id"]], **waits)["images"][0],
        "bens": ask(ben, id, "[slow:30] an owl", **waits)["images"][0],
    }
    for image in images.values():
        ana.post(f"/api/images/{image['id']}/cancel")
    ana.patch(f"/api/images/{images['fox']['id']}", {"starred": True, "tags": ["keep", "för Åsa", 'a "quote"']})
    ben.patch(f"/api/images/{images['ink']['id']}", {"starred": True})
    names = {image["id"]: name for name, image in images.items()}

    def found(**query) -> set[str]:
        items = ana.raw("GET", f"/api/workspaces/{id}/images", params=query).json()["items"]
        return {names.get(item["id"], item["id"]) for item in items}

    return {"id": id, "ben": ben, "style": style, "images": images, "found": found}


@pytest.mark.parametrize(
    "query, names",
    [({"q": "fox"}, {"fox"}), ({"q": "FOX IN"}, {"fox"}), ({"q": "älg"}, {"älg"}), ({"q": "100%"}, {"fox"}),
     ({"q": "%"}, {"fox"}), ({"q": "_"}, set()), ({"q": "nothing like it"}, set()), ({"starred": "1"}, {"fox"}),
     ({"tag": "keep"}, {"fox"}), ({"tag": "för Åsa"}, {"fox"}), ({"tag": 'a "quote"'}, {"fox"}),
     ({"tag": "kee"}, set()), ({"tag": "%"}, set()), ({"model": "other"}, set()),
     ({"model": "sketch"}, {"fox", "älg", "ink", "bens"}),
     ({"status": "ready"}, set()), ({"status": "cancelled", "q": "crow"}, {"ink"}),
     ({"since": "2020-01-01T00:00:00Z"}, {"fox", "älg", "ink", "bens"}), ({"until": "2020-01-01T00:00:00Z"}, set()),
     ({"since": "2020-01-01", "until": "2090-01-01"}, {"fox", "älg", "ink", "bens"})],
)  # fmt: skip
def test_a_list_by_a_wish(gallery, query, names):
    assert gallery["found"](**query) == names


def test_a_list_by_person_style_and_generation(gallery, ana):
    found, images = gallery["found"], gallery["images"]
    assert found(by=gallery["ben"].user["id"]) == {"bens"}
    assert found(style=gallery["style"]["id"]) == {"ink"}
    assert found(generation=images["älg"]["generation_id"]) == {"älg"}
    assert found(by=ana.user["id"], status="cancelled") == {"fox", "älg", "ink"}


def test_trash_is_a_list_of_its_own_and_gives_back(gallery, ana):
    id = gallery["images"]["älg"]["id"]
    gallery["ben"].delete(f"/api/images/{id}", status=204)
    assert gallery["found"](trash="1") == {"älg"}
    assert "älg" not in gallery["found"]()
    trashed = ana.get(f"/api/workspaces/{gallery['id']}/images", trash="1")["items"][0]
    assert trashed["deleted_by"] == gallery["ben"].user["id"] and trashed["deleted_at"]
    restored = ana.post(f"/api/images/{id}/restore", status=200)["image"]
    assert (restored["deleted_at"], restored["deleted_by"]) == (None, None)
    assert gallery["found"](trash="1") == set()
    assert ana.post(f"/api/images/{id}/restore")["image"] == restored


def test_tags_are_kept_once_and_without_blanks(ana, picture):
    image = ana.patch(f"/api/images/{picture['id']}", {"tags": [" a ", "b", "a"]})["image"]
    assert image["tags"] == ["a", "b"]
    assert refusal(ana, "PATCH", f"/api/images/{picture['id']}", json={"tags": ["x" * 41]})[0] == 422


def test_stars_are_everyones_own(ana, gallery):
    image = gallery["images"]["bens"]
    both = sorted([ana.user["id"], gallery["ben"].user["id"]])
    ana.patch(f"/api/images/{image['id']}", {"starred": True})
    starred = gallery["ben"].patch(f"/api/images/{image['id']}", {"starred": True})["image"]["starred_by"]
    assert sorted(starred) == both
    left = ana.patch(f"/api/images/{image['id']}", {"starred": False})["image"]["starred_by"]
    assert left == [gallery["ben"].user["id"]]


def test_cancelling_ends_a_waiting_image_once(ana, slow):
    image = ana.post(f"/api/images/{slow['id']}/cancel", status=200)["image"]
    assert (image["status"], image["error"]) == ("cancelled", None)
    assert refusal(ana, "POST", f"/api/images/{slow['id']}/cancel", json={})[:2] == (409, "conflict")


def test_a_waiting_image_cannot_be_tried_again_until_it_is_over(ana, slow):
    assert refusal(ana, "POST", f"/api/images/{slow['id']}/retry", json={})[:2] == (409, "conflict")
    ana.post(f"/api/images/{slow['id']}/cancel")
    again = ana.post(f"/api/images/{slow['id']}/retry", status=202)
    assert set(again) == {"image"}
    assert (again["image"]["id"], again["image"]["seed"]) == (slow["id"], slow["seed"])


def test_deleting_a_waiting_image_cancels_it(ana, slow):
    ana.delete(f"/api/images/{slow['id']}", status=204)
    assert ana.post(f"/api/images/{slow['id']}/restore")["image"]["status"] == "cancelled"


def test_a_deleted_image_takes_no_further_wishes(ana, slow):
    ana.delete(f"/api/images/{slow['id']}")
    for path, body in (("cancel", {}), ("retry", {}), ("vary", {})):
        assert refusal(ana, "POST", f"/api/images/{slow['id']}/{path}", json=body)[0] == 404
    assert refusal(ana, "DELETE", f"/api/images/{slow['id']}")[0] == 404


def test_a_ready_image_tried_again_is_a_new_one_with_another_seed(ana, place, picture, room):
    made = ana.post(f"/api/images/{picture['id']}/retry", status=202)
    assert set(made) == {"generation", "images"} and len(made["images"]) == 1
    again = made["images"][0]
    assert again["id"] != picture["id"] and again["seed"] != picture["seed"]
    same = ("prompt", "negative", "width", "height", "steps", "cfg_scale", "model")
    assert [again[name] for name in same] == [picture[name] for name in same]


def test_varying_makes_four_that_come_from_it(ana, picture):
    made = ana.post(f"/api/images/{picture['id']}/vary", {}, status=202)
    assert len(made["images"]) == made["generation"]["count"] == 4
    assert {image["parent_id"] for image in made["images"]} == {picture["id"]}
    assert len({image["seed"] for image in made["images"]}) == 4
    for count in (0, 65):
        refused = refusal(ana, "POST", f"/api/images/{picture['id']}/vary", json={"count": count})
        assert refused == (422, "invalid", "count")


def test_a_generation_is_cancelled_and_tried_again_as_a_whole(ana, place, room):
    made = ask(ana, place, "[slow:30] a {red|blue} fox", batch_size=2, steps=20)
    path = f"/api/generations/{made['generation']['id']}"
    ana.delete(f"/api/images/{made['images'][1]['id']}")
    cancelled = ana.post(f"{path}/cancel", status=202)
    assert [image["id"] for image in cancelled["images"]] == [made["images"][0]["id"]]
    again = ana.post(f"{path}/retry", status=202)
    assert [(image["id"], image["status"]) for image in again["images"]] == [(made["images"][0]["id"], "queued")]
    assert ana.post(f"{path}/retry", status=202)["images"] == []
    ana.post(f"{path}/cancel")


def test_the_queue_shows_mine_and_everyones_and_who_is_next(someone, stranger):
    quinn = someone("Quinn")
    own = quinn.workspace("Queue")["id"]
    batch = ask(quinn, own, "[slow:30] a fox", batch_size=9, steps=20)["generation"]["id"]
    queue, there = quinn.get("/api/queue"), quinn.get("/api/queue", workspace_id=own)
    others = stranger.get("/api/queue")
    quinn.post(f"/api/generations/{batch}/cancel")
    assert set(queue) == {"mine", "all", "items", "next"}
    assert queue["mine"] == 9 <= queue["all"]
    assert set(queue["items"][0]) == {"image_id", "position", "eta_s"}
    assert queue["next"] == {"user_id": quinn.user["id"], "name": "Quinn"}
    assert {item["image_id"] for item in there["items"]} <= {item["image_id"] for item in queue["items"]}
    assert (others["mine"], others["items"], others["next"]) == (0, [], None)
    assert refusal(stranger, "GET", f"/api/queue?workspace_id={own}")[0] == 404
    assert (quinn.get("/api/queue")["mine"], quinn.get("/api/queue")["items"]) == (0, [])


def test_the_queue_says_when_each_picture_will_be_there(someone):
    quinn = someone("Quinn")
    own = quinn.workspace("Queue")["id"]
    tab = Room(quinn, own).enter()
    make(quinn, tab)
    batch = ask(quinn, own, "[slow:30] a fox", batch_size=40, steps=20)["generation"]["id"]
    items = tab.wait_for(lambda _: (found := quinn.get("/api/queue")["items"]) and found[0]["eta_s"] and found)
    quinn.post(f"/api/generations/{batch}/cancel")
    tab.leave()
    etas = [item["eta_s"] for item in items]
    assert len(etas) > 20 and all(isinstance(eta, float) and eta > 0 for eta in etas)
    assert etas == sorted(etas)


def test_a_deleted_workspace_ends_what_is_being_made_in_it(ana):
    doomed = ana.workspace("Doomed")["id"]
    before = ana.get("/api/queue")["mine"]
    ask(ana, doomed, "[slow:30] a fox", batch_size=30, steps=20)
    ana.delete(f"/api/workspaces/{doomed}")
    assert ana.get("/api/queue")["mine"] <= before


def test_an_image_that_is_ready_names_its_files(picture):
    version = f"?v={picture['sha256'][:8]}"
    assert picture["original_url"] == f"/media/{picture['id']}/original{version}"
    assert set(picture["thumbs"]) == {"384", "768"} and picture["thumbhash"]
    assert picture["finished_at"] and picture["bytes"] > 0


def test_images_are_finished_as_the_room_hears_it(ana, room):
    image = make(ana, room, "a wolf")[0]
    assert ana.get(f"/api/workspaces/{room.workspace_id}/images", q="a wolf")["items"] == [image]
    assert finished(room, image["id"]) == image
