"""What an operator does by hand, beside the running product."""

import os
import re
import time

from tests.archive.carrying import essence, export, settled
from tests.archive.suitcase import whole
from tests.harness.client import Client
from tests.harness.making import make, refusal
from tests.harness.operator import cli


def test_an_operator_carries_a_workspace_away_and_back(product, person, enter, tmp_path):
    ana, ben = person("Ana"), person("Ben")
    place = ana.workspace("Foxes")["id"]
    make(ana, enter(ana, place), batch_size=2)
    tab = enter(ben, ben.workspace("Mine")["id"])
    said = cli(product, "export", place, str(tmp_path / "foxes.tar.gz"))
    assert "2 images, 0 styles, 0 messages" in said
    cli(product, "import", str(tmp_path / "foxes.tar.gz"), "--owner", ben.user["email"], "--name", "Foxes")
    tab.wait_for(lambda room: room.heard("workspaces"))
    copy = next(card["id"] for card in ben.get("/api/workspaces")["items"] if card["name"] == "Foxes")
    assert essence(export(product, ben, copy)) == essence(tmp_path / "foxes.tar.gz")
    assert {path.name for path in (product.data_dir / "transfers").iterdir()} <= {
        path.name for path in (product.data_dir / "transfers").glob("*.tar.gz")
    }


def test_a_spoilt_archive_is_refused_in_one_line(product, person, tmp_path):
    ana = person("Ana")
    (tmp_path / "half.tar.gz").write_bytes(whole()[:-200])
    said = cli(product, "import", str(tmp_path / "half.tar.gz"), "--owner", ana.user["email"], status=1)
    assert re.fullmatch(r"This export is damaged: .*\. Nothing was imported\.\n", said)


def test_the_file_of_an_export_goes_after_a_day(product, person):
    ana = person("Ana")
    place = ana.workspace()["id"]
    transfer = ana.post(f"/api/workspaces/{place}/exports", {})["transfer"]
    transfer = settled(product, ana, transfer)
    path = product.data_dir / "transfers" / f"{transfer['id']}.tar.gz"
    cli(product, "purge")
    assert ana.raw("GET", transfer["file_url"]).status_code == 200
    yesterday = time.time() - 25 * 3600
    os.utime(path, (yesterday, yesterday))
    cli(product, "purge")
    assert not path.exists()
    assert refusal(ana, "GET", transfer["file_url"])[:2] == (410, "gone")


def test_a_superuser_is_made_and_raised(product, person, tmp_path):
    ana = person("Ana")
    assert not ana.get("/api/session")["user"]["is_superuser"]
    cli(product, "create-superuser", ana.user["email"])
    assert ana.get("/api/session")["user"]["is_superuser"]
    email = f"root.{ana.user['id'][-8:]}@example.com"
    cli(product, "create-superuser", email, "--name", "Root", typed="a quiet red fox\n")
    root = Client(product.base_url)
    root.login(email, "a quiet red fox")
    assert root.get("/api/session")["user"]["is_superuser"]
    root.close()
