"""The first picture of a room: its newest images are there with the page, and nothing moves when the room follows."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.wall import Wall

SHIFTS = """() => new Promise((done) => new PerformanceObserver((list) => done(
    list.getEntries().map(({ value, sources }) => [value, sources.map(({ node }) => node?.outerHTML?.slice(0, 80))])
)).observe({ type: "layout-shift", buffered: true }) || setTimeout(() => done([]), 500))"""
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
