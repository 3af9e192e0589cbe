"""The bytes of an image: exact, for members only, kept by browsers for good."""

import hashlib
import io
import json

import pytest
from PIL import Image

from tests.harness.making import admit, ask, refusal

FOREVER = "private, max-age=31536000, immutable"


@pytest.fixture
def original(ana, picture):
    def get(**headers):
        return ana.raw("GET", picture["original_url"], headers=headers)

    return get


def test_the_original_is_what_the_provider_delivered(original, picture):
    answer = original()
    assert hashlib.sha256(answer.content).hexdigest() == picture["sha256"]
    assert len(answer.content) == picture["bytes"]
    assert answer.headers["Content-Type"] in ("image/png", "image/webp", "image/jpeg")
    assert answer.headers["Cache-Control"] == FOREVER
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_an_unchanged_file_is_not_sent_again(original):
    first = original()
    again = original(**{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Cache-Control"] == FOREVER
    assert original(**{"If-None-Match": '"other"'}).status_code == 200


def test_parts_of_a_file_are_sent_as_asked(original, picture):
    whole = original().content
    part = original(Range="bytes=2-9")
    assert (part.status_code, part.content) == (206, whole[2:10])
    assert part.headers["Content-Range"] == f"bytes 2-9/{picture['bytes']}"
    assert original(Range=f"bytes={picture['bytes']}-").status_code == 416


@pytest.mark.parametrize("width", ["384", "768"])
def test_thumbnails_are_webp_of_their_own_tag(ana, picture, width):
    answer = ana.raw("GET", picture["thumbs"][width])
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.content[8:12] == b"WEBP"
    assert answer.headers["Cache-Control"] == FOREVER
    assert answer.headers["ETag"] != ana.raw("GET", picture["original_url"]).headers["ETag"]


def test_a_thumbnail_of_another_width_is_refused(ana, picture):
    assert refusal(ana, "GET", f"/media/{picture['id']}/thumb?w=9000") == (422, "invalid", "w")


def test_a_download_has_a_name(ana, picture):
    answer = ana.raw("GET", f"/media/{picture['id']}/download")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=emulsion-")
    assert answer.content == ana.raw("GET", picture["original_url"]).content


@pytest.fixture
def copy(ana, picture):
    """What a download with these parameters answers, and the picture in it."""

    def get(headers=None, **wishes):
        answer = ana.raw("GET", f"/media/{picture['id']}/download", params=wishes, headers=headers or {})
        return answer, Image.open(io.BytesIO(answer.content)) if answer.status_code == 200 else None

    return get


@pytest.mark.parametrize(
    "format, ending, kind", [("png", "png", "PNG"), ("jpeg", "jpg", "JPEG"), ("webp", "webp", "WEBP")]
)
@pytest.mark.parametrize("metadata", ["1", "0", ""])
def test_a_download_comes_in_the_format_that_is_asked_for(copy, picture, format, ending, kind, metadata):
    answer, made = copy(format=format, metadata=metadata)
    assert answer.headers["Content-Type"] == f"image/{kind.lower()}"
    assert answer.headers["Content-Disposition"].endswith(f".{ending}") and made.format == kind
    assert made.size == (picture["width"], picture["height"])
    made.load()
    assert ("exif" in made.info or "parameters" in made.info) == (metadata == "1")


def test_a_copy_with_its_recipe_shows_the_same_pixels(copy, original):
    _, made = copy(metadata="1")
    assert made.convert("RGB").tobytes() == Image.open(io.BytesIO(original().content)).convert("RGB").tobytes()
    assert made.info["parameters"].startswith("a red fox\nSteps: 1, ")
    recipe = json.loads(made.info["emulsion"])
    assert recipe["author"] == "Ana" and recipe["recipe"]["prompt"] == "a red fox"


def test_the_format_it_has_is_sent_as_it_was_delivered(copy, original):
    assert copy(format="png")[0].content == original().content


def test_a_copy_is_kept_by_browsers_and_sent_in_parts(copy):
    whole = copy(format="jpeg")[0]
    assert whole.headers["Cache-Control"] == FOREVER and whole.headers["Accept-Ranges"] == "bytes"
    tag = whole.headers["ETag"]
    assert tag not in (copy(format="webp")[0].headers["ETag"], copy(format="jpeg", metadata="1")[0].headers["ETag"])
    assert copy({"If-None-Match": tag}, format="jpeg")[0].status_code == 304
    part = copy({"Range": "bytes=2-9"}, format="jpeg")[0]
    assert (part.status_code, part.content) == (206, whole.content[2:10])


@pytest.mark.parametrize("wish", [{"format": "gif"}, {"format": "../png"}, {"metadata": "maybe"}])
def test_a_download_that_there_is_not_is_refused_in_words(ana, picture, wish):
    path = f"/media/{picture['id']}/download"
    assert refusal(ana, "GET", path, params=wish) == (422, "invalid", *wish)


def test_a_file_that_is_not_there_yet_is_not_found(ana, place):
    image = ask(ana, place, "[slow:30] a fox", steps=20)["images"][0]
    assert refusal(ana, "GET", f"/media/{image['id']}/original")[:2] == (404, "not_found")
    ana.post(f"/api/images/{image['id']}/cancel")


def test_who_is_removed_loses_the_files_at_once(ana, someone, place, picture):
    guest = admit(ana, someone("Gus"), place, "viewer")
    assert guest.raw("GET", picture["original_url"]).status_code == 200
    ana.delete(f"/api/workspaces/{place}/members/{guest.user['id']}")
    for path in (picture["original_url"], picture["thumbs"]["384"], f"/media/{picture['id']}/download"):
        answer = guest.raw("GET", path, follow_redirects=False)
        assert answer.status_code == 404 and "Location" not in answer.headers


def test_signed_out_there_is_no_file_and_no_redirect(nobody, picture):
    answer = nobody.raw("GET", picture["original_url"], follow_redirects=False)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "signed_out")
