"""A hundred hostile archives through the door: clear words, nothing outside, nothing left behind."""

from itertools import islice
from pathlib import Path

import pytest

from tests.archive.carrying import bring, settled, upload
from tests.archive.hostile import hostile
from tests.archive.suitcase import documents, files_of, manifest_of, members_of, packed, whole
from tests.harness.client import Client

WORDS = ("This file is not an Emulsion export.", "This export is damaged: ", "This export was made by a newer")
MANY = 100


@pytest.fixture(scope="module")
def mallory(product):
    client = Client(product.base_url)
    client.register("Mallory")
    yield client
    client.close()


def files_under(folder: Path) -> set[str]:
    """Every file that an archive could have left; the database and the logs live their own life."""
    ours = {"data/media", "data/transfers"}
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() or path.is_symlink()}
    return {name for name in found if name.startswith(tuple(ours)) or not name.startswith("data/")}


def test_hostile_archives_are_refused_with_clear_words_and_leave_nothing(product, mallory):
    workspaces = mallory.get("/api/workspaces")["items"]
    before, web = files_under(product.folder), product.pids()["web"]
    for what, archive in islice(hostile(), 0, 2 * MANY, 2):
        transfer = settled(product, mallory, upload(mallory, archive))
        assert transfer["status"] == "failed", what
        assert transfer["error"]["kind"] == "invalid", (what, transfer["error"])
        assert transfer["error"]["message"].startswith(WORDS), (what, transfer["error"])
        assert transfer["workspace_id"] is None
    assert files_under(product.folder) == before
    assert mallory.get("/api/workspaces")["items"] == workspaces
    assert not Path("/etc/emulsion").exists() and not (product.folder.parent / "outside").exists()
    assert product.pids()["web"] == web


def test_after_all_that_a_good_archive_is_welcome(product, mallory):
    place = bring(product, mallory, whole())
    assert mallory.get(f"/api/workspaces/{place}/snapshot")["snapshot"]["images_total"] == 2


def test_a_newer_minor_version_is_read_as_far_as_it_is_known(product, mallory):
    rows = documents()
    for row in rows["images.jsonl"]:
        row["aura"] = {"deep": [1, {"deeper": 2}]}
    files = [*files_of(rows), ("sounds/hum.ogg", b"mmm")]
    place = bring(product, mallory, packed(members_of(files, manifest_of(files, version="1.7", mood="good"))))
    assert mallory.get(f"/api/workspaces/{place}/snapshot")["snapshot"]["images_total"] == 2


def test_what_an_older_archive_lacks_takes_its_default(product, mallory):
    rows = documents()
    needed = {"id", "generation_id", "index", "status", "prompt", "model", "connection", "seed", "width", "height",
              "original_url", "thumbs", "created_at"}  # fmt: skip
    rows["images.jsonl"] = [{name: row[name] for name in needed} for row in rows["images.jsonl"]]
    del rows["workspace.json"][0]["members"], rows["workspace.json"][0]["themes"]
    place = bring(product, mallory, packed(members_of(files_of(rows))))
    image = mallory.get(f"/api/workspaces/{place}/images")["items"][0]
    assert (image["status"], image["tags"], image["starred_by"], image["negative"]) == ("ready", [], [], "")


def test_rows_of_the_same_moment_keep_their_order(product, mallory):
    place = bring(product, mallory, whole(images=8))
    seeds = [image["seed"] for image in mallory.get(f"/api/workspaces/{place}/images")["items"]]
    assert seeds == sorted(seeds, reverse=True) and len(seeds) == 8
