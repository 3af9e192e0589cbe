"""A tab that loses its connection before anything was opened in it still shows the pictures that hang there."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.wall import Wall, ready
from tests.harness.browser import PATIENCE_MS

NEEDED_ALONE = ("lightbox", "bar-menu", "compare", "command-palette", "key-sheet", "sheet", "sheet-picture")
STILL = {"reduced_motion": "reduce"}
THUMB = {"has_touch": True, "is_mobile": True, "viewport": {"width": 390, "height": 844}}
IS_SHOWN = "img => img.complete && img.naturalWidth > 0"
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture
def wall(person) -> Wall:
    wall = Wall(person("Ada"), "Far away")
    wall.hang("a {red|blue} fox in {rain|snow}", batch_size=4)
    return wall


def come_near(page: Page, touch: bool = False) -> None:
    """A first sign of a person, and all that it fetches."""
    last = re.compile(rf"/views/{NEEDED_ALONE[-1]}\.js")
    with page.expect_response(last) as fetched:
        if touch:
            page.touchscreen.tap(195, 30)
        else:
            page.keyboard.press("Shift")
    fetched.value.finished()


def cut(desk, page: Page) -> None:
    for words in ("Failed to load resource", "WebSocket", "ERR_INTERNET_DISCONNECTED"):
        desk.forgive(words)
    page.context.set_offline(True)
    expect(page.locator("sync-state")).to_have_attribute("data-state", "offline", timeout=60_000)


def shown(page: Page, picture: str) -> None:
    page.wait_for_function(IS_SHOWN, arg=page.locator(picture).element_handle())


def originals(wall: Wall) -> list[str]:
    snapshot = wall.owner.get(f"/api/workspaces/{wall.room['id']}/snapshot")["snapshot"]
    return [re.escape(image["original_url"]) for image in snapshot["images"]]


def test_a_tab_that_nobody_touches_fetches_nothing_ahead(desk, wall):
    page = wall.look(desk)
    page.wait_for_load_state("networkidle")
    fetched = page.evaluate("() => performance.getEntriesByType('resource').map((one) => one.name)")
    assert not [name for name in fetched if name.endswith(tuple(f"/views/{part}.js" for part in NEEDED_ALONE))]


@pytest.mark.parametrize("touch", [False, True], ids=["keys", "thumb"])
def test_pictures_are_opened_and_compared_for_the_first_time_without_a_connection(desk, wall, touch):
    page = wall.look(desk, **STILL, **(THUMB if touch else {}))
    for at in range(wall.made):
        shown(page, f".tile img >> nth={at}")
    come_near(page, touch)
    cut(desk, page)

    first = ready(page).first.locator(".tile-open")
    first.tap() if touch else first.press("Enter")
    view = page.locator("dialog.lb")
    expect(view).to_be_visible()
    expect(view.locator(".lb-acts [data-do=star]")).to_be_visible()
    shown(page, ".lb-img")
    view.locator("[data-do=compare]").first.click()
    expect(page.locator("dialog.cmp")).to_be_visible()
    for side in (0, 1):
        shown(page, f".cmp-img[data-side='{side}']")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.cmp")).to_be_hidden()

    page.context.set_offline(False)
    expect(page.locator("sync-state")).to_have_attribute("data-state", "saved", timeout=60_000)
    expect(page.locator(".lb-img")).to_have_attribute("src", re.compile(f"({'|'.join(originals(wall))})$"))


def test_a_contact_sheet_the_palette_and_the_keys_open_for_the_first_time_without_a_connection(desk, wall):
    page = wall.look(desk, **STILL)
    come_near(page)
    cut(desk, page)
    page.get_by_role("button", name="More for this batch").click()
    page.locator("#batch-menu [data-do=sheet]").click()
    expect(page.get_by_role("table")).to_be_visible()
    for combo, dialog in (("Control+k", "palette"), ("Control+/", "keys")):
        page.keyboard.press(combo)
        expect(page.locator(f"dialog.{dialog}")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(f"dialog.{dialog}")).to_be_hidden()
