"""The bytes of an image: exact, for members only, kept by browsers for good."""

import hashlib

import pytest

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
