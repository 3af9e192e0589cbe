"""The room under a thumb: everything by touch, nothing too small to hit."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.looks import PHONE, check_looks, small_for_a_thumb
from tests.browser.wall import Wall, ready


def press(page: Page, target: Locator) -> None:
    """Rest a finger on it until something comes up."""
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    finger = page.context.new_cdp_session(page)
    at = [{"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}]
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": at})
    expect(page.locator("#tile-menu")).to_be_visible()
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def choose(page: Page, name: str) -> None:
    page.locator(".menu:popover-open").get_by_role("button", name=name, exact=True).tap()


def test_a_thumb_stars_selects_compares_deletes_and_brings_back(desk, person):
    wall = Wall(person("Tess"), "Thumb")
    wall.hang("a {red|blue} fox", batch_size=2)
    page = wall.look(desk, **PHONE, reduced_motion="reduce")
    tiles = ready(page)
    assert small_for_a_thumb(page) == []

    page.locator("[data-show=starred]").tap()
    expect(page.get_by_text("Hold an image, and press Star.")).to_be_visible()
    page.locator("[data-show=all]").tap()
    press(page, tiles.first)
    check_looks(page, "the sheet of a tile")
    assert small_for_a_thumb(page) == []
    choose(page, "Star")
    expect(tiles.first.locator(".tile-star")).to_be_visible()

    press(page, tiles.first)
    choose(page, "Select")
    tiles.nth(1).tap()
    expect(page.get_by_text("2 selected")).to_be_visible()
    assert small_for_a_thumb(page) == []
    page.get_by_role("toolbar").get_by_role("button", name="Compare").tap()
    page.get_by_role("dialog", name="Compare").get_by_role("button", name="Flip").tap()
    assert small_for_a_thumb(page) == []
    page.get_by_role("dialog", name="Compare").get_by_role("button", name="Close").tap()
    page.get_by_role("toolbar").get_by_role("button", name="Delete").tap()
    expect(tiles).to_have_count(0)
    page.get_by_role("button", name="Undo").tap()
    expect(tiles).to_have_count(2)

    page.locator(".batch").get_by_role("button", name="More for this batch").tap()
    choose(page, "Show as contact sheet")
    expect(page.get_by_role("table")).to_be_visible()
    check_looks(page, "the contact sheet on a phone")

    page.get_by_role("button", name="More", exact=True).last.tap()
    choose(page, "Filter")
    page.get_by_label("State").select_option("Failed")
    expect(page.get_by_text("No images match this filter.")).to_be_visible()
    page.locator(".filter-pop").get_by_role("button", name="Clear filter").tap()
    page.locator(".filter-pop").get_by_role("button", name="Done").tap()
    tiles.first.locator(".tile-open").tap()
    lightbox = page.locator("dialog.lb")
    expect(lightbox).to_be_visible()
    with page.expect_download():
        lightbox.get_by_role("toolbar").get_by_role("link", name="Save").tap()
