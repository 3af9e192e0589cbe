"""What a picture that did not come says on a phone, in every shape: what happened, what it cost, and what to do."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.looks import PHONE, check_looks, small_for_a_thumb
from tests.browser.wall import Wall

SHAPES = {"square": (512, 512), "wide": (768, 512), "cinema": (1024, 576), "tall": (512, 768)}
OUTSIDE = """(tile) => {
    const frame = tile.getBoundingClientRect();
    return [...tile.querySelectorAll(".tile-fail > *, .tile-fail button")]
        .filter((one) => one.checkVisibility())
        .filter((one) => {
            const { left, right, top, bottom } = one.getBoundingClientRect();
            return left < frame.left || right > frame.right || top < frame.top || bottom > frame.bottom;
        })
        .map((one) => one.textContent.trim() || one.ariaLabel);
}"""


def says(tile: Locator, cost: str) -> None:
    expect(tile.get_by_text(cost)).to_be_visible()
    assert tile.evaluate(OUTSIDE) == []


@pytest.mark.parametrize("shape", SHAPES)
def test_a_failed_picture_on_a_phone_says_that_it_cost_nothing(desk, person, shape):
    width, height = SHAPES[shape]
    wall = Wall(person("Tess"), "Refused")
    wall.hang("[fail:moderated] a fox at {dawn|noon}", batch_size=2, width=width, height=height)
    page = wall.look(desk, shown=0, **PHONE)
    failed = page.locator('.tile[data-state="failed"]')
    expect(failed).to_have_count(2)
    for tile in failed.all():
        says(tile, "Nothing was charged.")
        expect(tile.get_by_role("button", name="Edit")).to_be_visible()
    assert small_for_a_thumb(page) == []
    check_looks(page, f"{shape} failed pictures on a phone")


def test_the_smallest_pictures_of_a_phone_say_so_too(desk, person):
    wall = Wall(person("Tess"), "Small")
    wall.hang("[fail:timeout] a fox at {dawn|noon|dusk}", batch_size=3, width=768, height=512)
    page = wall.look(desk, shown=0, **PHONE)
    page.locator("picture-tablet").evaluate("tablet => (tablet.dataset.size = 's')")
    failed = page.locator('.tile[data-state="failed"]')
    expect(failed).to_have_count(3, timeout=60_000)
    for tile in failed.all():
        says(tile, "Nothing was charged.")
