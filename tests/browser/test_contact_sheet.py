"""A batch read along its axes."""

import io

from PIL import Image
from playwright.sync_api import expect

from tests.browser.looks import check_looks
from tests.browser.wall import Wall, ready

LAKES = "a lake, {air: clear|misty}, {light: dawn|dusk|moon}"
STILL = {"reduced_motion": "reduce"}


def test_a_batch_with_axes_reads_as_a_table_that_can_be_turned_narrowed_and_saved(desk, person):
    wall = Wall(person("Vera"), "Lakes")
    wall.hang(LAKES)
    page = wall.look(desk, **STILL)
    page.get_by_role("button", name="Contact sheet").click()
    sheet = page.get_by_role("table", name="Contact sheet: air by light")
    columns = sheet.locator('[role="columnheader"] .axis-val')
    expect(columns).to_have_text(["dawn", "dusk", "moon"])
    expect(sheet.locator('[role="rowheader"]')).to_have_text(["clear", "misty"])
    misty_moon = sheet.get_by_role("row").nth(2).locator('[role="cell"]').nth(2)
    expect(misty_moon.get_by_role("img")).to_have_attribute("alt", "a lake, misty, moon")
    check_looks(page, "the contact sheet")

    dusk = sheet.get_by_role("button", name="dusk")
    dusk.press("Enter")
    expect(dusk).to_have_attribute("aria-pressed", "true")
    expect(dusk).to_be_focused()
    page.keyboard.press("Enter")
    expect(columns).to_have_text(["dawn", "moon"])
    expect(ready(page)).to_have_count(4)

    page.get_by_role("button", name="More for this batch").click()
    with page.expect_download() as file:
        page.get_by_role("button", name="Save as one picture").click()
    picture = Image.open(io.BytesIO(file.value.path().read_bytes()))
    assert picture.format == "PNG"
    assert picture.width > 2 * 480 and picture.height > 2 * 480

    page.get_by_role("group", name="Hidden").get_by_role("button", name="dusk").click()
    expect(ready(page)).to_have_count(6)
    page.get_by_role("button", name="Swap rows and columns").first.click()
    expect(page.get_by_role("table").locator('[role="rowheader"]')).to_have_text(["dawn", "dusk", "moon"])
    page.get_by_role("button", name="Grid").click()
    expect(page.get_by_role("table")).to_have_count(0)
    expect(page.locator(".batch .grid .tile")).to_have_count(6)
