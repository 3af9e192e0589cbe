"""Finding pictures again: search, filters, stars, the trash, and a wall longer than a page."""

from playwright.sync_api import expect

from tests.browser.looks import check_looks
from tests.browser.wall import Wall, ready

STILL = {"reduced_motion": "reduce"}


def test_search_and_filters_leave_what_fits_and_say_so_when_nothing_does(desk, person):
    wall = Wall(person("Vera"), "Finding")
    wall.hang("a red fox", batch_size=1)
    wall.hang("a blue whale", batch_size=2)
    page = wall.look(desk, **STILL)
    page.get_by_label("Search images").fill("WHALE")
    expect(ready(page)).to_have_count(2)
    page.get_by_label("Search images").fill("walrus")
    expect(page.get_by_text("No images match “walrus”.")).to_be_visible()
    page.get_by_role("button", name="Clear filter").click()
    expect(ready(page)).to_have_count(3)

    page.get_by_role("button", name="Starred").click()
    expect(page.get_by_text("Press . on an image to star it.")).to_be_visible()
    check_looks(page, "no starred images")
    page.get_by_role("button", name="Clear filter").click()
    ready(page).first.locator(".tile-open").focus()
    page.keyboard.press(".")
    page.get_by_role("button", name="Starred").click()
    expect(ready(page)).to_have_count(1)

    page.locator("[data-show=all]").click()
    page.get_by_role("button", name="Filter", exact=True).click()
    check_looks(page, "the filters")
    page.get_by_label("Jump to a day").fill("2001-01-01")
    expect(page.get_by_text("There are no images from that day or before.")).to_be_visible()
    page.get_by_label("Jump to a day").fill("")
    page.get_by_label("Made by").select_option("Vera")
    expect(ready(page)).to_have_count(3)
    page.get_by_label("State").select_option("Failed")
    expect(page.get_by_text("No images match this filter.")).to_be_visible()


def test_a_wall_longer_than_a_page_grows_where_one_reads_and_keeps_its_place(desk, person):
    wall = Wall(person("Vera"), "Long")
    for row in range(12):
        wall.cancelled(f"row {row}")
    page = wall.look(desk, shown=0)
    tiles = page.locator(".batch .tile")
    expect(tiles).to_have_count(60)
    tiles.first.focus()
    page.keyboard.press("End")
    expect(tiles).to_have_count(72)

    reading = page.locator(".batch", has_text="row 3")
    reading.scroll_into_view_if_needed()
    stood = reading.bounding_box()["y"]
    ben = wall.with_editor(person("Ben"))
    ben.cancelled("one more")
    page.get_by_role("button", name="6 new from Ben").wait_for()
    assert abs(reading.bounding_box()["y"] - stood) < 4, "what one looks at stays where it is"
    page.get_by_role("button", name="6 new from Ben").click()
    expect(page.locator(".batch", has_text="one more")).to_be_in_viewport()


def test_what_was_deleted_lies_in_the_trash_with_a_name_and_comes_back_everywhere(desk, person):
    vera, ben = person("Vera"), person("Ben")
    wall = Wall(vera, "Trash")
    wall.with_editor(ben)
    image = wall.hang("a red fox", batch_size=1)[0]
    page = wall.look(desk, **STILL)
    ben.delete(f"/api/images/{image['id']}")
    expect(ready(page)).to_have_count(0)
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("button", name="Recently deleted").click()
    trash = page.get_by_role("dialog", name="Recently deleted")
    expect(trash.get_by_role("listitem")).to_contain_text("Ben deleted this just now. 30 days left.")
    check_looks(page, "the trash")
    trash.get_by_role("button", name="Restore: a red fox").click()
    expect(trash.get_by_text("1 image restored.")).to_be_visible()
    expect(ready(page)).to_have_count(1)
