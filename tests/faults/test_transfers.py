"""A worker that dies while it carries a workspace: another begins anew, and nothing is left of what was begun."""

from pathlib import Path

import pytest

from tests.archive.carrying import bring, essence, export, settled, upload
from tests.archive.suitcase import whole
from tests.harness.client import Client

PICTURES = 120


@pytest.fixture
def carrier(sturdy):
    client = Client(sturdy.base_url)
    client.register("Carrie")
    yield client
    client.close()


def kill_while_running(product, client: Client, transfer: dict) -> None:
    path = f"/api/transfers/{transfer['id']}"
    product.wait_until(lambda: client.get(path)["transfer"]["status"] != "queued", 15, "nobody took it up")
    product.wait_for_successor("upkeep", product.kill("upkeep"))


def media_of(product, place: str) -> list[Path]:
    return list((product.data_dir / "media" / place[:2] / place).iterdir())


def test_an_export_whose_worker_dies_is_made_by_the_next(sturdy, carrier):
    """It takes its time, since every thumbnail is lost and has to be made anew."""
    place = bring(sturdy, carrier, whole(images=PICTURES))
    for path in media_of(sturdy, place):
        if path.name.endswith((".384.webp", ".768.webp")):
            path.unlink()
    transfer = carrier.post(f"/api/workspaces/{place}/exports", {}, status=202)["transfer"]
    kill_while_running(sturdy, carrier, transfer)
    transfer = settled(sturdy, carrier, transfer)
    assert transfer["status"] == "ready" and transfer["summary"]["images"] == PICTURES, transfer
    assert len(essence(carrier.raw("GET", transfer["file_url"]).content)["files"]) == 3 * PICTURES
    of_it = [path.name for path in (sturdy.data_dir / "transfers").iterdir() if transfer["id"] in path.name]
    assert of_it == [f"{transfer['id']}.tar.gz"]


def test_an_import_whose_worker_dies_at_each_step_makes_one_whole_workspace(sturdy, carrier):
    before = len(carrier.get("/api/workspaces")["items"])
    transfer = upload(carrier, whole(images=PICTURES))
    kill_while_running(sturdy, carrier, transfer)
    transfer = settled(sturdy, carrier, transfer)
    assert transfer["status"] == "inspected" and transfer["summary"]["images"] == PICTURES
    carrier.post(f"/api/transfers/{transfer['id']}/confirm", {}, status=202)
    kill_while_running(sturdy, carrier, transfer)
    transfer = settled(sturdy, carrier, transfer)
    assert transfer["status"] == "ready"
    assert len(carrier.get("/api/workspaces")["items"]) == before + 1
    assert len(media_of(sturdy, transfer["workspace_id"])) == 3 * PICTURES
    again = essence(export(sturdy, carrier, transfer["workspace_id"]))
    assert len(again["images.jsonl"]) == PICTURES and len(again["files"]) == 3 * PICTURES
