"""Every part of the workspace, opened once: dark and accessible on a phone and on a desk."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import DESKTOP, PHONE, check_looks, light_blocks

POPOVERS = ("pop-model", "pop-past", "pop-each", "pop-more")
STILL = {"reduced_motion": "reduce"}
TEMPLATE = "a paper moon over {dunes|the sea}, {dusk|noon}"


@pytest.fixture
def room(person) -> tuple:
    """A person and a workspace of theirs with one picture."""
    lena = person("Lena")
    workspace = lena.workspace("Looks")
    wish = {"workspace_id": workspace["id"], "model": "sketch", "prompt": "a red fox", "batch_size": 1}
    lena.post("/api/generate", wish)
    return lena, workspace


def to_the_panel(page: Page) -> None:
    opener = page.locator(".makebar-prompt")
    if opener.is_visible():
        opener.click()


def test_a_light_surface_is_noticed(desk):
    page = desk.page(path="/login")
    assert light_blocks(page) == 0
    page.locator(".door-card").evaluate("card => card.style.setProperty('background', '#f4f4f4')")
    assert light_blocks(page) > 100


@pytest.mark.parametrize("window", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_workspace_is_dark_and_accessible_whatever_is_open(desk, room, window):
    lena, workspace = room
    page = desk.page(lena, f"/w/{workspace['id']}", **window, **STILL)
    expect(page.locator(".tile[data-state=ready]")).to_have_count(1, timeout=60_000)
    check_looks(page, "the workspace")

    page.locator(".tile-open").click()
    expect(page.locator("dialog.lb")).to_be_visible()
    check_looks(page, "the lightbox")
    page.keyboard.press("Escape")

    to_the_panel(page)
    page.locator("#prompt").fill(TEMPLATE)
    for name in POPOVERS:
        page.locator(f"[popovertarget={name}]").click()
        expect(page.locator(f"#{name}")).to_be_visible()
        check_looks(page, name)
        page.keyboard.press("Escape")

    page.locator(".make .go").click()
    expect(page.locator(".batch-ask .final")).to_have_count(4)
    check_looks(page, "the batch dialog")
    page.keyboard.press("Escape")

    page.locator("[popovertarget=pop-style]").click()
    page.get_by_role("button", name="Manage styles").click()
    expect(page.locator("dialog.styles-ask")).to_be_visible()
    check_looks(page, "styles and themes")


@pytest.mark.parametrize("window", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_an_empty_workspace_is_dark_and_accessible(desk, person, window):
    mo = person("Mo")
    page = desk.page(mo, f"/w/{mo.workspace('Nothing yet')['id']}", **window, **STILL)
    expect(page.get_by_text("Nothing here yet.")).to_be_visible()
    to_the_panel(page)
    expect(page.get_by_text("Say what you want to see")).to_be_visible()
    check_looks(page, "the empty workspace")
