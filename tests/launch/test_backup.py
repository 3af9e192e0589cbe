"""Everything in one file and back: no pixel is lost, and whoever was there starts afresh by themselves."""

import hashlib
import shutil
import sys
import tracemalloc
from contextlib import ExitStack
from pathlib import Path

import httpx
import psycopg
import pytest
from playwright.sync_api import expect

from server.archive import backup
from server.launch.valkey import EmbeddedValkey
from tests.archive.suitcase import whole
from tests.harness.browser import Desk
from tests.harness.client import Client
from tests.harness.making import make
from tests.harness.operator import cli
from tests.harness.postgres import postgres
from tests.harness.product import ROOT, Product
from tests.harness.room import Room
from tests.production.town import House


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


def programs_are_missed(product: Product, folder: Path) -> None:
    """PostgreSQL's programs are not there, or those of an older version."""
    old = folder / "old" / "pg_dump"
    old.parent.mkdir()
    old.write_text("#!/bin/sh\necho 'pg_dump: error: aborting because of server version mismatch' >&2\nexit 1\n")
    old.chmod(0o755)
    for words, path in (("pg_dump is missing. Install", "/nowhere"), ("is older than the server", str(old.parent))):
        assert words in plain(cli(product, "backup", str(folder / "another.tar"), status=1, PATH=path))
    assert not (folder / "another.tar").exists()


def plain(said: str) -> str:
    """It must be one line that is no traceback."""
    assert said.count("\n") == 1 and "Traceback" not in said and "Errno" not in said, said
    return said


def test_what_was_backed_up_wiped_and_restored_is_the_same_and_tabs_start_afresh(keeper, browser, tmp_path):
    product, wipe = keeper
    desk = Desk(browser, product.base_url)
    ada, file = Client(product.base_url), tmp_path / "emulsion.tar"
    ada.register("Ada")
    place = ada.workspace()["id"]
    room = Room(ada, place).enter()
    images = make(ada, room, batch_size=2)
    ada.patch(f"/api/images/{images[0]['id']}", {"starred": True, "tags": ["keep"]})
    before, pictures = snapshot(ada, place), sums(product.data_dir / "media")
    assert cli(product, "backup", str(file)).startswith(str(file)) and file.stat().st_mode & 0o077 == 0
    lost = make(ada, room)[0]["id"]
    page = desk.page(ada, f"/w/{place}")
    expect(page.locator(".tile img")).to_have_count(3)
    page.evaluate("window.isTheSame = true")
    assert "already runs" in (said := cli(product, "restore", str(file), "--force", status=1)) and "Stop it" in said

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
    expect(page.locator(".tile img")).to_have_count(2, timeout=20_000)
    make(ada, room)
    expect(page.locator(".tile img")).to_have_count(3)
    assert page.evaluate("window.isTheSame"), "the page was opened anew"
    desk.forgive("ERR_CONNECTION_RE")  # refused or reset, while nobody is there
    desk.close()
    room.leave()

    product.stop()
    if "DATABASE_URL" in product.settings:
        programs_are_missed(product, tmp_path)
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


def test_the_memory_of_a_backup_does_not_grow_with_its_files(tmp_path):
    def peak(count: int) -> int:
        (picture := tmp_path / "picture").write_bytes(b"picture")
        target, folder = tmp_path / f"{count}.tar", tmp_path / str(count)
        tracemalloc.start()
        backup.write(target, {"format": 1}, ((f"media/{number}.png", picture) for number in range(count)))
        assert backup.unpack(target, folder) == {"format": 1}
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert len(list((folder / "media").iterdir())) == count
        return most

    assert peak(5000) < peak(500) + 200_000


def test_a_process_that_was_started_alone_keeps_a_restore_away(product, tmp_path):
    file, elsewhere = tmp_path / "emulsion.tar", Product(tmp_path / "elsewhere")
    cli(product, "backup", str(file))
    cli(elsewhere, "restore", str(file))
    before = sums(elsewhere.data_dir / "media")
    for command, is_there in (
        (["run.py", "web"], lambda: httpx.get(f"{elsewhere.base_url}/api/health/live").status_code == 200),
        (["worker.py", "chat"], lambda: product.health()["workers"]["chat"] > 1),
    ):
        environment = elsewhere.settings | {"REDIS_URL": EmbeddedValkey.running(product.data_dir)}
        alone = House("alone", [sys.executable, str(ROOT / command[0]), command[1]], environment, 20, tmp_path).start()
        elsewhere.wait_until(lambda is_there=is_there: answered(is_there), 30, alone.tail())
        said = plain(cli(elsewhere, "restore", str(file), "--force", status=1))
        assert "still works on this data folder" in said and "nothing was changed" in said
        alone.stop()
    cli(elsewhere, "restore", str(file), "--force")
    assert sums(elsewhere.data_dir / "media") == before


def answered(condition) -> bool:
    try:
        return condition()
    except httpx.TransportError:
        return False


def test_what_cannot_be_written_is_said_in_one_line_and_leaves_nothing(product, person, tmp_path):
    place, target = person("Ana").workspace()["id"], str(tmp_path / "file")
    (tmp_path / "notes.txt").write_text("in the way")
    for words, blocks, *arguments in (
        ("There is no folder", 0, "backup", str(tmp_path / "nowhere" / "file")),
        ("Is there room in DATA_DIR?", 1, "backup", target),
        ("There is no folder", 0, "export", place, str(tmp_path / "notes.txt" / "file")),
        ("The disk is full", 1, "export", place, target),
    ):
        assert words in plain(cli(product, *arguments, status=1, blocks=blocks))
    assert {path.name for path in tmp_path.iterdir()} == {"notes.txt"}
    assert not [path for path in product.data_dir.iterdir() if path.name.startswith(".backup")]


def test_a_restore_that_cannot_begin_says_why(tmp_path):
    elsewhere, export = Product(tmp_path / "elsewhere"), tmp_path / "foxes.tar.gz"
    export.write_bytes(whole())
    assert "This is no backup of Emulsion" in plain(cli(elsewhere, "restore", str(export), status=1))
    away = "postgresql://me:secret@127.0.0.1:9/emulsion"
    said = plain(cli(elsewhere, "restore", str(export), status=1, DATABASE_URL=away))
    assert "The database at DATABASE_URL refused" in said and "secret" not in said
