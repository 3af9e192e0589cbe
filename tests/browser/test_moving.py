"""Moving pictures to another workspace, as a person sees it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import PHONE, check_looks, small_for_a_thumb
from tests.browser.wall import Wall, ready
from tests.harness.making import admit

SIZES = {"phone": PHONE, "desk": {"viewport": {"width": 1440, "height": 900}}}


@pytest.fixture
def wall(person) -> Wall:
    wall = Wall(person("Mia"), "Drafts")
    wall.hang("a {red|blue} fox", batch_size=2)
    return wall


def select(page: Page, number: int) -> None:
    page.locator(".tile-open").first.focus()
    for _ in range(number):
        page.keyboard.press("x")
        page.keyboard.press("ArrowRight")
    expect(page.get_by_text(f"{number} selected")).to_be_visible()


def dock(page: Page, name: str):
    return page.get_by_role("toolbar").get_by_role("button", name=name, exact=True)


@pytest.mark.parametrize("size", SIZES)
def test_pictures_move_and_one_goes_after_them(desk, wall, size):
    harbour = wall.owner.workspace("Harbour")
    page, there = wall.look(desk, **SIZES[size]), desk.page(wall.owner, f"/w/{harbour['id']}")
    select(page, 2)
    if size == "phone":
        assert small_for_a_thumb(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    dock(page, "Move").click()
    dialog = page.get_by_role("dialog", name="Move 2 images to")
    expect(dialog.get_by_role("button", name="Harbour")).to_be_focused()
    check_looks(page, "where to move")
    if size == "phone":
        assert small_for_a_thumb(page) == []
    page.keyboard.press("Escape")
    expect(dock(page, "Move")).to_be_focused()
    dock(page, "Move").click()
    dialog.get_by_role("button", name="Harbour").click()
    expect(dialog).to_be_hidden()
    expect(page.locator(".batch .tile")).to_have_count(0)
    expect(page.locator(".dock")).to_be_hidden()
    expect(ready(there)).to_have_count(2)
    check_looks(page, "what was moved")
    page.locator(".toast").get_by_role("link", name="Open").click()
    expect(page).to_have_url(f"{desk.base_url}/w/{harbour['id']}")
    expect(ready(page)).to_have_count(2)


def test_taking_it_back_empties_the_other_workspace(desk, wall):
    harbour = wall.owner.workspace("Harbour")
    page, there = wall.look(desk), desk.page(wall.owner, f"/w/{harbour['id']}")
    page.locator(".tile-open").first.focus()
    page.keyboard.press("m")
    page.get_by_role("button", name="Harbour").click()
    expect(ready(there)).to_have_count(1)
    expect(ready(page)).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(ready(page)).to_have_count(2)
    expect(there.locator(".batch .tile")).to_have_count(0)


def test_the_arrows_go_through_the_workspaces_that_one_may_change(desk, person, wall):
    other = person("Otto")
    for name, role in (("Only to look at", "viewer"), ("Of both", "editor")):
        admit(other, wall.owner, other.workspace(name)["id"], role)
    wall.owner.workspace("Harbour")
    page = wall.look(desk)
    select(page, 1)
    dock(page, "Move").click()
    rooms = page.locator(".move-item")
    expect(rooms.locator(".pop-name")).to_have_text(["Harbour", "Of both"])
    page.keyboard.press("ArrowDown")
    expect(rooms.nth(1)).to_be_focused()
    page.keyboard.press("Home")
    expect(rooms.first).to_be_focused()


def test_who_has_no_other_workspace_is_told_so(desk, wall):
    mine = wall.owner.get("/api/workspaces")["items"]
    for room in mine:
        if room["id"] != wall.room["id"]:
            wall.owner.delete(f"/api/workspaces/{room['id']}")
    page = wall.look(desk)
    select(page, 1)
    dock(page, "Move").click()
    expect(page.get_by_text("There is no other workspace in which you may change things.")).to_be_visible()
    page.get_by_role("button", name="Cancel").press("Enter")
    expect(dock(page, "Move")).to_be_focused()


def test_more_than_one_move_can_take_are_refused_in_words(desk, wall):
    page = wall.look(desk)
    select(page, 1)
    many = "({ detail: { images: Array.from({ length: 201 }, (_, n) => ({ id: `i${n}` })) } })"
    page.evaluate(f"document.dispatchEvent(new CustomEvent('move:open', {many}))")  # as from a wall scrolled far down
    expect(page.get_by_text("At most 200 images can be moved at once.")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_viewer_is_not_offered_it(desk, person, wall):
    viewer = admit(wall.owner, person("Vic"), wall.room["id"], "viewer")
    page = Wall(viewer, "", wall.room).look(desk, shown=2)
    select(page, 1)
    expect(dock(page, "Download")).to_be_visible()
    expect(dock(page, "Move")).to_be_hidden()
    page.keyboard.press("Escape")
    page.locator(".tile-open").first.focus()
    page.keyboard.press("m")
    page.keyboard.press("ContextMenu")
    expect(page.locator("#tile-menu")).to_be_visible()
    expect(page.locator("#tile-menu [data-do=move]")).to_be_hidden()
    expect(page.locator("dialog.move-ask[open]")).to_have_count(0)
