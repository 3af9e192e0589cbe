"""Everything in one file and back: no pixel is lost, and whoever was there starts afresh by themselves."""

import hashlib
import shutil
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from tests.harness.client import Client
from tests.harness.making import make
from tests.harness.operator import cli
from tests.harness.postgres import postgres
from tests.harness.product import Product
from tests.harness.room import Room


def sums(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def snapshot(client: Client, place: str) -> dict:
    return client.get(f"/api/workspaces/{place}/snapshot")["snapshot"]


@pytest.fixture(params=["sqlite", "postgresql"])
def keeper(request, start_product):
    """(a product, how to lose its database and files)."""
    with ExitStack() as stack:
        server = stack.enter_context(postgres()) if request.param == "postgresql" else None
        product = start_product(**({"DATABASE_URL": server.url} if server else {}))

        def wipe() -> None:
            shutil.rmtree(product.data_dir)
            if server:
                with psycopg.connect(server.url) as connection:
                    connection.execute("DROP SCHEMA public CASCADE")
                    connection.execute("CREATE SCHEMA public")

        yield product, wipe
        product.discard()


def test_what_was_backed_up_wiped_and_restored_is_the_same_and_tabs_start_afresh(keeper, tmp_path):
    product, wipe = keeper
    ada, file = Client(product.base_url), tmp_path / "emulsion.tar"
    ada.register("Ada")
    place = ada.workspace()["id"]
    room = Room(ada, place).enter()
    images = make(ada, room, batch_size=2)
    ada.patch(f"/api/images/{images[0]['id']}", {"starred": True, "tags": ["keep"]})
    before, pictures = snapshot(ada, place), sums(product.data_dir / "media")
    assert cli(product, "backup", str(file)).startswith(str(file)) and file.stat().st_mode & 0o077 == 0
    lost = make(ada, room)[0]["id"]
    assert "already runs" in cli(product, "restore", str(file), "--force", status=1)

    product.stop()
    wipe()
    assert f"{len(pictures)} files" in cli(product, "restore", str(file))
    assert sums(product.data_dir / "media") == pictures
    room.joined = None
    product.start()
    answer = room.wait_for(lambda room: room.joined, 20)
    assert answer["snapshot"]["seq"] == before["seq"] < room.events[-1]["seq"], "the tab knew more than there is now"
    assert answer["epoch"] != before["epoch"] and lost not in room.state.things["images"]
    after = snapshot(ada, place)
    assert {**after, "epoch": None} == {**before, "epoch": None}
    make(ada, room)
    room.leave()

    product.stop()
    assert "--force" in cli(product, "restore", str(file), status=1)
    cli(product, "restore", str(file), "--force")
    assert sums(product.data_dir / "media") == pictures


def test_an_altered_backup_is_refused_and_changes_nothing(product, tmp_path):
    file, elsewhere = tmp_path / "emulsion.tar", Product(tmp_path / "elsewhere")
    cli(product, "backup", str(file))
    assert "exists already" in cli(product, "backup", str(file), status=1)
    whole = file.read_bytes()
    middle = whole.index(b"database\0") + 512 + 200
    for spoilt in (whole[: len(whole) // 2], whole[:middle] + b"\xff\xfe" + whole[middle + 2 :], b"no tar"):
        file.write_bytes(spoilt)
        assert "damaged. Nothing was changed." in cli(elsewhere, "restore", str(file), status=1)
    assert {path.name for path in elsewhere.data_dir.iterdir()} == {"secret_key", "run"}
    file.write_bytes(whole.replace(b'"revision": "0', b'"revision": "9', 1))
    assert "newer version" in cli(elsewhere, "restore", str(file), status=1)
