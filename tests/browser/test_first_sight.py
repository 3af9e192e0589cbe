"""The first picture of a room: its newest images are there with the page, and nothing moves when the room follows."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.wall import Wall

SHIFTS = """() => new Promise((done) => new PerformanceObserver((list) => done(
    list.getEntries().map(({ value, sources }) => [value, sources.map(({ node }) => node?.outerHTML?.slice(0, 80))])
)).observe({ type: "layout-shift", buffered: true }) || setTimeout(() => done([]), 500))"""
NOTE_MOVEMENTS = """() => {
    window.moved = 0;
    const start = document.startViewTransition.bind(document);
    document.startViewTransition = (change) => (window.moved++, start(change));
}"""
CALM = 0.01


@pytest.fixture
def wall(person) -> Wall:
    wall = Wall(person("Ida"), "First sight")
    wall.hang("a paper boat at {dawn|dusk}", batch_size=2)
    wall.hang("a lighthouse", batch_size=3, width=96, height=64)
    return wall


def without_scripts(page: Page, path: str) -> None:
    """Open the page as it is until main.js has come."""
    page.route("**/js/main.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(path)


def test_the_newest_pictures_hang_in_colour_before_the_room_is_there(desk, wall):
    page = wall.look(desk)
    bare = page.context.new_page()
    without_scripts(bare, wall.path)
    pictures = bare.locator("[data-part=first] img")
    expect(pictures).to_have_count(5)
    expect(bare.get_by_role("heading", name="a lighthouse")).to_be_visible()
    beds = "tiles => tiles.map(tile => getComputedStyle(tile).backgroundImage.slice(0, 15))"
    assert set(bare.locator("[data-part=first] .tile").evaluate_all(beds)) == {'url("data:image'}
    before, after = boxes(bare, "[data-part=first] .tile"), boxes(page, "[data-part=batches] .tile")
    for box, there in zip(before, after, strict=True):
        assert box == pytest.approx(there, abs=1), "a tile moves when the room takes over"


def test_the_room_takes_the_pictures_over_and_nothing_moves(desk, wall):
    page = wall.look(desk)
    page.reload()
    expect(page.locator(".tile-open img[data-of]")).to_have_count(5)
    expect(page.locator("[data-part=first]")).to_have_count(0)
    shifts = page.evaluate(SHIFTS)
    assert sum(value for value, _ in shifts) < CALM, shifts


def boxes(page: Page, selector: str) -> list[list[float]]:
    measure = "tiles => tiles.map(tile => { const { x, y, width, height } = tile.getBoundingClientRect();"
    return page.locator(selector).evaluate_all(f"{measure} return [x, y, width, height]; }})")


def test_a_picture_grows_out_of_its_tile_unless_one_wants_stillness(desk, wall):
    page = wall.look(desk)
    page.evaluate(NOTE_MOVEMENTS)
    page.locator(".tile-open").first.click()
    expect(page.locator("dialog.lb")).to_be_visible()
    assert page.evaluate("() => window.moved") == 1
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(page.locator("dialog.lb")).to_be_visible()
    page.keyboard.press("Escape")
    page.emulate_media(reduced_motion="reduce")
    page.locator(".tile-open").last.click()
    expect(page.locator("dialog.lb")).to_be_visible()
    assert page.evaluate("() => window.moved") == 1, "keys and those who want stillness do not wait"
