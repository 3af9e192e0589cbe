"""Everything by keyboard alone, with keys that one may change."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.looks import check_looks
from tests.browser.wall import DEVELOPED_MS, Wall, ready

STILL = {"reduced_motion": "reduce"}
MOST_TABS = 60


@pytest.fixture
def wall(person) -> Wall:
    wall = Wall(person("Kim"), "Keys")
    settings = {"width": 64, "height": 64, "steps": 1}
    wall.owner.put(f"/api/workspaces/{wall.room['id']}/draft", {"text": "", "negative": "", "settings": settings})
    return wall


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus; what Tab does not reach, nobody reaches."""
    for _ in range(MOST_TABS):
        if target.evaluate("el => el === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {target}")


def test_a_batch_is_made_culled_compared_and_downloaded_without_a_mouse(desk, wall):
    page = wall.look(desk, **STILL)
    page.keyboard.press("Shift+Escape")
    expect(page.locator("#prompt")).to_be_focused()
    page.keyboard.type("a {red|blue|green} fox in {rain|snow}")
    page.keyboard.press("Control+Enter")
    tab_to(page, page.get_by_role("button", name="Yes, generate 6"))
    page.keyboard.press("Enter")
    expect(ready(page)).to_have_count(6, timeout=DEVELOPED_MS)

    pictures = page.locator(".batch .tile-open")
    tab_to(page, pictures.first)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Delete")
    expect(pictures).to_have_count(5)
    expect(pictures.nth(1)).to_be_focused()
    page.keyboard.press(".")
    expect(ready(page).nth(1).locator(".tile-star")).to_be_visible()

    page.keyboard.press("x")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("c")
    compare = page.get_by_role("dialog", name="Compare")
    expect(compare).to_be_visible()
    check_looks(page, "compare")
    page.keyboard.press("m")
    expect(compare.get_by_role("button", name="Side by side")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(pictures.nth(2)).to_be_focused()

    with page.expect_download() as file:
        page.keyboard.press("d")
    assert file.value.path().read_bytes().startswith(b"\x89PNG")
    page.keyboard.press("Control+z")
    expect(pictures).to_have_count(6)
    page.keyboard.press("Control+a")
    expect(page.get_by_text("6 selected")).to_be_visible()
    tab_to(page, page.get_by_role("toolbar").get_by_role("button", name="Delete"))
    page.keyboard.press("Enter")
    expect(pictures).to_have_count(0)


def test_a_key_can_be_changed_and_single_letters_turned_off(desk, wall):
    wall.hang("a red fox", batch_size=1)
    page = wall.look(desk, **STILL)
    picture, star = page.locator(".batch .tile-open"), page.locator(".batch .tile-star")
    picture.focus()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keyboard")
    check_looks(page, "the keys")
    keys.get_by_role("button", name="Change the key for Star: .").first.press("Enter")
    page.keyboard.press("j")
    expect(keys.get_by_text("“Star” is J now.")).to_be_visible()
    page.keyboard.press("Escape")
    picture.focus()
    page.keyboard.press("j")
    expect(star).to_be_visible()

    page.reload()
    picture.focus()
    page.keyboard.press("Control+/")
    keys.get_by_role("switch").press("Space")
    page.keyboard.press("Escape")
    picture.focus()
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator(".tile.is-selected")).to_have_count(0)
    expect(star).to_be_visible()


def test_the_palette_finds_commands_workspaces_and_earlier_prompts(desk, wall):
    other = wall.owner.workspace("Whales at dusk")
    wall.hang("a lighthouse in fog", batch_size=1)
    page = wall.look(desk, **STILL)
    found = page.get_by_role("option")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog", name="Commands")).to_be_visible()
    page.keyboard.type("lighthouse")
    expect(found).to_have_count(1)
    check_looks(page, "the palette")
    page.keyboard.press("Enter")
    expect(page.locator("#prompt")).to_have_value("a lighthouse in fog")

    page.keyboard.press("Control+k")
    page.keyboard.type("recently")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Recently deleted")).to_be_visible()
    page.keyboard.press("Escape")

    page.keyboard.press("Control+k")
    page.keyboard.type("whales")
    expect(found).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{desk.base_url}/w/{other['id']}")
