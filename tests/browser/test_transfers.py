"""Carrying a workspace in the page: Export with its link, and an export dropped on the list of workspaces."""

import base64
import re

import pytest
from playwright.sync_api import Page, expect

from tests.archive.suitcase import whole
from tests.browser.looks import check_looks
from tests.harness.client import Client
from tests.harness.making import make
from tests.harness.product import Product

DROP = """([name, data]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))], name));
  for (const type of ["dragenter", "dragover", "drop"]) {
    document.body.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }
}"""


@pytest.fixture
def vera(person) -> Client:
    return person("Vera")


def drop(page: Page, archive: bytes, name: str = "foxes.tar.gz") -> None:
    expect(page.locator(".rooms[aria-busy]")).to_have_count(0)
    page.evaluate(DROP, [name, base64.b64encode(archive).decode()])


def test_an_export_is_packed_and_its_file_fetched(product: Product, desk, vera):
    place = vera.workspace("Foxes")["id"]
    page = desk.page(vera, f"/w/{place}")
    page.get_by_role("button", name="Account: Vera").click()
    page.locator("#me-menu").get_by_role("button", name="Export").click()
    link = page.get_by_role("link", name="Download")
    expect(page.get_by_role("dialog", name="Export Foxes")).to_contain_text("The file is kept for a day.")
    with page.expect_download() as download:
        link.click()
    assert re.fullmatch(r"foxes-\d{4}-\d\d-\d\d\.tar\.gz", download.value.suggested_filename)
    assert download.value.path().read_bytes()[:2] == b"\x1f\x8b"
    check_looks(page, "export")


def test_a_dropped_export_shows_what_is_inside_and_becomes_a_workspace(desk, vera):
    page = desk.page(vera, "/workspaces")
    drop(page, whole(images=3))
    dialog = page.get_by_role("dialog", name="Import foxes.tar.gz")
    expect(dialog).to_contain_text("3 images, 1 style and 1 message. It becomes a new workspace of yours.")
    check_looks(page, "import")
    dialog.get_by_label("Name").fill("Foxes from afar")
    dialog.get_by_role("button", name="Import as new workspace").click()
    expect(page).to_have_url(re.compile(r"/w/[0-9a-f-]{36}$"))
    expect(page.get_by_role("heading", name="Foxes from afar")).to_have_count(1)
    expect(page.locator(".tile img")).to_have_count(3)


def test_a_workspace_is_duplicated_under_another_name(desk, vera, enter):
    place = vera.workspace("Foxes")["id"]
    make(vera, enter(vera, place), "a fox at dawn")
    page = desk.page(vera, "/workspaces")
    page.get_by_role("button", name="More for Foxes").click()
    page.get_by_role("button", name="Duplicate").click()
    dialog = page.get_by_role("dialog", name="Duplicate Foxes")
    expect(dialog.get_by_label("Name")).to_have_value("Foxes, copy")
    dialog.get_by_role("button", name="Make the copy").click()
    expect(page).to_have_url(re.compile(r"/w/[0-9a-f-]{36}$"))
    expect(page.get_by_role("heading", name="Foxes, copy")).to_have_count(1)
    expect(page.get_by_role("img", name="a fox at dawn")).to_have_count(1)


def test_an_import_that_is_not_confirmed_leaves_nothing(product: Product, desk, vera):
    page = desk.page(vera, "/workspaces")
    drop(page, whole())
    dialog = page.get_by_role("dialog", name="Import foxes.tar.gz")
    expect(dialog.get_by_role("button", name="Import as new workspace")).to_be_visible()
    with page.expect_response(lambda answer: answer.request.method == "DELETE") as dropped:
        dialog.get_by_role("button", name="Cancel").click()
    assert dropped.value.status == 204
    assert not vera.get("/api/workspaces")["items"]


def test_a_file_that_is_no_export_is_refused_in_words(desk, vera):
    page = desk.page(vera, "/workspaces")
    drop(page, b"hello", "notes.txt")
    expect(page.get_by_role("alert").filter(has_text="This file is not an Emulsion export.")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
