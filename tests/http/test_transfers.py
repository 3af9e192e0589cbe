"""Carrying a workspace: who may, what is shown before it is confirmed, and fetching the file."""

import signal
import uuid

import pytest

from tests.archive.carrying import bring, export, settled, upload
from tests.archive.suitcase import whole
from tests.harness.client import Client
from tests.harness.making import admit, refusal


@pytest.fixture(scope="module")
def exported(product, ana, place, picture) -> dict:
    """A finished export of Ana's workspace."""
    transfer = ana.post(f"/api/workspaces/{place}/exports", {}, status=202)["transfer"]
    return settled(product, ana, transfer)


def test_an_export_tells_its_owner_how_it_goes(product, ana, place, room, picture):
    transfer = ana.post(f"/api/workspaces/{place}/exports", {}, status=202)["transfer"]
    assert transfer["status"] == "queued" and transfer["file_url"] is None and transfer["workspace_id"] == place
    ready = room.wait_for(
        lambda tab: next((said["transfer"] for said in tab.heard("transfer") if said["transfer"]["file_url"]), None)
    )
    assert ready["status"] == "ready" and ready["fraction"] == 1.0
    assert ready["file_url"] == f"/api/transfers/{ready['id']}/file"


def test_a_transfer_is_its_owners_alone(ana, someone, place, exported):
    ben = admit(ana, someone("Ben"), place, "editor")
    assert refusal(ben, "GET", f"/api/transfers/{exported['id']}")[:2] == (404, "not_found")
    assert refusal(ben, "GET", exported["file_url"])[:2] == (404, "not_found")
    assert refusal(ben, "POST", f"/api/transfers/{exported['id']}/confirm", json={})[:2] == (404, "not_found")


def test_a_viewer_may_not_carry_the_workspace_away(ana, someone, place):
    viewer = admit(ana, someone("Vera"), place, "viewer")
    assert refusal(viewer, "POST", f"/api/workspaces/{place}/exports", json={})[:2] == (403, "forbidden")


def test_the_same_export_asked_for_twice_is_made_once(ana, place, stranger):
    id = str(uuid.uuid4())
    first = ana.raw("POST", f"/api/workspaces/{place}/exports", json={"id": id})
    again = ana.raw("POST", f"/api/workspaces/{place}/exports", json={"id": id})
    assert (first.status_code, again.status_code) == (202, 200)
    mine = stranger.workspace()["id"]
    assert refusal(stranger, "POST", f"/api/workspaces/{mine}/exports", json={"id": id})[:2] == (409, "id_taken")


def test_an_interrupted_download_goes_on_where_it_stopped(ana, exported):
    whole_file = ana.raw("GET", exported["file_url"])
    assert whole_file.headers["Accept-Ranges"] == "bytes" and "attachment" in whole_file.headers["Content-Disposition"]
    etag, half = whole_file.headers["ETag"], exported["bytes"] // 2
    rest = ana.raw("GET", exported["file_url"], headers={"Range": f"bytes={half}-", "If-Range": etag})
    assert rest.status_code == 206
    assert whole_file.content[:half] + rest.content == whole_file.content
    changed = ana.raw("GET", exported["file_url"], headers={"Range": f"bytes={half}-", "If-Range": '"another"'})
    assert changed.status_code == 200 and changed.content == whole_file.content


def test_an_import_shows_what_is_inside_and_waits(product, ana):
    before = len(ana.get("/api/workspaces")["items"])
    transfer = settled(product, ana, upload(ana, whole(images=3, name="Foxes of the north")))
    assert transfer["status"] == "inspected" and transfer["name"] == "Foxes of the north"
    assert transfer["summary"] == {"images": 3, "styles": 1, "messages": 1}
    assert transfer["workspace_id"] is None and transfer["error"] is None
    assert len(ana.get("/api/workspaces")["items"]) == before


def test_a_confirmed_import_tells_the_list_and_can_be_confirmed_again_without_harm(product, ana, room):
    transfer = settled(product, ana, upload(ana, whole()))
    heard = len(room.heard("workspaces"))
    for _ in range(2):
        ana.post(f"/api/transfers/{transfer['id']}/confirm", {"name": "Carried"}, status=202)
    place = settled(product, ana, transfer)["workspace_id"]
    room.wait_for(lambda tab: len(tab.heard("workspaces")) > heard)
    assert ana.get(f"/api/workspaces/{place}")["workspace"]["name"] == "Carried"
    named = [card for card in ana.get("/api/workspaces")["items"] if card["name"] == "Carried"]
    assert len(named) == 1 and named[0]["cover"]


def test_what_is_dropped_is_gone(product, ana):
    transfer = settled(product, ana, upload(ana, whole()))
    ana.delete(f"/api/transfers/{transfer['id']}", status=204)
    assert refusal(ana, "POST", f"/api/transfers/{transfer['id']}/confirm", json={})[:2] == (404, "not_found")
    assert not [path for path in (product.data_dir / "transfers").iterdir() if transfer["id"] in path.name]


def test_of_ones_transfers_the_newest_twenty_are_kept(product, stranger):
    place = stranger.workspace()["id"]
    inspected = settled(product, stranger, upload(stranger, whole()))
    made = []
    for _ in range(20):
        transfer = stranger.post(f"/api/workspaces/{place}/exports", {}, status=202)["transfer"]
        made.append(settled(product, stranger, transfer))
    assert refusal(stranger, "GET", f"/api/transfers/{inspected['id']}")[:2] == (404, "not_found")
    assert not [path for path in (product.data_dir / "transfers").iterdir() if inspected["id"] in path.name]
    assert all(stranger.raw("GET", transfer["file_url"]).status_code == 200 for transfer in made)


def test_nobody_fills_the_queue_of_the_transfers(product, stranger):
    place = stranger.workspace()["id"]
    product.kill("upkeep", signal.SIGSTOP)
    try:
        asked = [stranger.post(f"/api/workspaces/{place}/exports", {}, status=202)["transfer"] for _ in range(10)]
        assert refusal(stranger, "POST", f"/api/workspaces/{place}/exports", json={})[:2] == (429, "rate_limited")
        assert refusal(stranger, "POST", "/api/imports", files={"file": whole()})[:2] == (429, "rate_limited")
    finally:
        product.kill("upkeep", signal.SIGCONT)
    assert {settled(product, stranger, transfer)["status"] for transfer in asked} == {"ready"}
    stranger.post(f"/api/workspaces/{place}/exports", {}, status=202)


def test_only_an_inspected_import_can_be_confirmed(ana, exported):
    assert refusal(ana, "POST", f"/api/transfers/{exported['id']}/confirm", json={})[:2] == (409, "conflict")


@pytest.mark.parametrize(
    "options",
    [
        {"json": {}},
        {"data": {"file": "text"}},
        {"content": b"x"},
        {"files": [("file", b"a"), ("file", b"b")]},
        {"files": {"other": b"a"}},
    ],
)
def test_an_upload_without_one_file_is_refused(product, ana, options):
    assert refusal(ana, "POST", "/api/imports", **options) == (422, "invalid", "file")
    assert not [path for path in (product.data_dir / "transfers").iterdir() if path.name.startswith(".upload")]


def test_an_upload_needs_the_token_of_the_page(ana):
    answer = ana.raw("POST", "/api/imports", headers={"X-CSRFToken": "wrong"}, files={"file": whole()})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "csrf_failed")


def test_a_free_plan_has_no_place_for_a_second_workspace(till, free):
    finn = free("Finn")
    archive = whole()
    transfer = settled(till, finn, upload(finn, archive))
    finn.workspace("The one")
    assert refusal(finn, "POST", f"/api/transfers/{transfer['id']}/confirm", json={})[:2] == (403, "plan_limit")
    assert refusal(finn, "POST", "/api/imports", files={"file": archive})[:2] == (403, "plan_limit")


def test_importing_never_spends(till, free):
    fay = free("Fay")
    place = bring(till, fay, whole(images=30))
    assert fay.get("/api/session")["quota"]["used"] == 0
    assert fay.get(f"/api/workspaces/{place}/snapshot")["snapshot"]["images_total"] == 30
    assert len(export(till, fay, place)) > 0


def test_an_archive_beyond_the_limit_is_refused(start_product):
    small = start_product(IMPORT_MAX_MB="1")
    dora = Client(small.base_url)
    dora.register("Dora")
    assert refusal(dora, "POST", "/api/imports", files={"file": bytes(3 * 1024**2)})[:2] == (413, "too_large")
    dora.close()
