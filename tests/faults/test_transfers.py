"""A worker that dies while it carries a workspace: another begins anew, and there is one workspace or none."""

import pytest

from tests.archive.carrying import essence, export, settled, upload
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
    again = essence(export(sturdy, carrier, transfer["workspace_id"]))
    assert len(again["images.jsonl"]) == PICTURES and len(again["files"]) == 3 * PICTURES
