"""All that is done with pictures, one after the other, by either hand."""

import re

from playwright.sync_api import expect

from tests.browser.hands.hand import Hand
from tests.browser.hands.keys import Keys
from tests.browser.hands.outcomes import asks_the_server, copied, opens, saves
from tests.browser.wall import Wall

FOXES = "a {red|blue} fox in {rain|snow}"
DRAFT = """async () => {
    const main = document.querySelector('script[src$="main.js"]').src;
    const { app } = await import(main.replace("main.js", "app.js"));
    return [app.draft.current.text, app.draft.current.settings.seed ?? null];
}"""


def on_the_wall(hand: Hand) -> None:
    wall = hand.page.locator("picture-tablet")
    for size in "slm":
        hand.do(f"grid size-{size}")
        expect(wall).to_have_attribute("data-size", size)
    for show in ("starred", "mine", "all"):
        hand.do(f"bar show-{show}")
        expect(hand.page.locator(f"[data-show={show}]")).to_have_attribute("aria-pressed", "true")


def on_a_tile(hand: Hand) -> None:
    page, tiles = hand.page, hand.batch.locator(".tile")
    hand.do("grid star")
    expect(hand.tile.locator(".tile-star")).to_be_visible()
    hand.do("grid copy")
    expect(page.get_by_text("Prompt copied")).to_be_visible()
    words = copied(hand)
    assert re.fullmatch("a (red|blue) fox in (rain|snow)", words)
    saves(hand, "grid save")
    opens(hand, "grid more", "#tile-menu")
    for action, seeded in (("grid use", False), ("grid all", True), ("grid remix", False)):
        hand.do(action)
        expect(page.locator("#prompt")).to_have_value(FOXES)
        text, seed = page.evaluate(DRAFT)
        assert (text, seed is not None) == (FOXES, seeded), action
    for action in ("grid retry", "grid vary"):
        before = page.locator(".batch").count()
        hand.do(action)
        expect(page.locator(".batch")).to_have_count(before + 1)
    hand.do("grid delete")
    expect(tiles).to_have_count(3)
    hand.do("everywhere undo")
    expect(tiles).to_have_count(4)
    hand.do("grid report")
    hand.write(page.locator("#report-body"), "Its tail is missing")
    hand.use(page.get_by_role("button", name="Send report"))
    expect(page.get_by_text("Reported.")).to_be_visible()
    hand.do("grid ask")
    hand.use(page.locator(".attached-off"))
    expect(page.locator(".attached-pic")).to_have_count(0)
    hand.back()


def selected(hand: Hand) -> None:
    page = hand.page
    hand.do("grid select-all")
    expect(page.get_by_text(re.compile(r"^\d+ selected"))).to_be_visible()
    hand.do("everywhere Close, stop, clear")
    expect(page.locator(".dock")).to_be_hidden()
    hand.do("grid select")
    expect(page.get_by_text("1 selected", exact=True)).to_be_visible()
    expect(hand.batch.locator(".tile.is-selected")).to_have_count(1)
    hand.do("grid Select on the way")
    expect(page.get_by_text("2 selected")).to_be_visible()
    hand.do("dock star")
    expect(page.locator(".tile.is-selected .tile-star:visible")).to_have_count(2)
    saves(hand, "dock save")
    opens(hand, "dock compare", "dialog.cmp")
    hand.do("dock delete")
    expect(hand.batch.locator(".tile")).to_have_count(2)
    hand.do("everywhere undo")
    expect(hand.batch.locator(".tile")).to_have_count(4)
    hand.do("grid select")
    hand.do("dock clear")
    expect(page.locator(".dock")).to_be_hidden()


def moved(hand: Hand) -> None:
    """To another workspace, and taken back."""
    page = hand.page
    hand.do("grid select")
    for action in ("dock move", "grid move"):
        hand.do(action)
        hand.pick(page.locator(".move-item", has_text="Harbour"))
        expect(page.get_by_text("Moved 1 image to Harbour").last).to_be_visible()
        expect(hand.batch.locator(".tile")).to_have_count(3)
        expect(page.locator(".dock")).to_be_hidden()
        hand.do("everywhere undo")
        expect(hand.batch.locator(".tile")).to_have_count(4)


def compared(hand: Hand) -> None:
    page = hand.page
    compare, first = page.locator("dialog.cmp"), page.locator(".cmp-img[data-side='0']")
    hand.do("grid compare")
    while compare.get_attribute("data-mode") != "flip":
        hand.do("compare Next way to compare")
    hand.do("compare flip")
    for mode in ("side", "flip", "slider"):
        hand.do(f"compare mode-{mode}")
        expect(compare).to_have_attribute("data-mode", mode)
    hand.do("compare Move the slider")
    expect(page.locator(".cmp-range")).not_to_have_value("50")
    before = first.get_attribute("src")
    hand.do("compare swap")
    expect(first).not_to_have_attribute("src", before)
    hand.do("compare zoom")
    expect(compare.locator("[data-text=zoom]")).to_have_text("100 %")
    star = compare.locator("[data-do=star]").first
    pressed = star.get_attribute("aria-pressed")
    hand.do("compare star")
    expect(star).not_to_have_attribute("aria-pressed", pressed)
    saves(hand, "compare save")
    hand.do("compare close")
    expect(compare).to_be_hidden()
    hand.do("grid compare")
    hand.do("compare delete")
    expect(compare).to_be_hidden()
    hand.do("everywhere undo")
    expect(hand.batch.locator(".tile")).to_have_count(4)


def at_full_size(hand: Hand, ben: Wall) -> None:
    page = hand.page
    view, place = page.locator("dialog.lb"), page.locator("dialog.lb [data-text=place]")
    hand.do("grid Open")
    hand.do("lightbox next")
    expect(place).to_have_text("2")
    hand.do("lightbox previous")
    expect(place).to_have_text("1")
    zoomed(hand)
    hand.do("lightbox copy")
    expect(page.get_by_text("Prompt copied")).to_be_visible()
    hand.do("lightbox copy-image")
    expect(page.get_by_text("Image copied")).to_be_visible()
    star = view.locator(".lb-acts [data-do=star]")
    pressed = star.get_attribute("aria-pressed")
    hand.do("lightbox star")
    expect(star).not_to_have_attribute("aria-pressed", pressed)
    for file in ("save", "file-original", "file-png", "file-webp", "file-recipe"):
        saves(hand, f"lightbox {file}")
    opens(hand, "lightbox compare", "dialog.cmp")
    for action in ("retry", "vary"):
        asks_the_server(hand, f"lightbox {action}", f"/{action}")
    for action, seeded in (("use", False), ("all", True), ("remix", False)):
        hand.do(f"lightbox {action}")
        expect(view).to_be_hidden()
        assert (page.evaluate(DRAFT)[1] is not None) == seeded, action
        hand.back()
        hand.do("grid Open")
    gone(hand, ben)
    hand.do("lightbox close")
    expect(view).to_be_hidden()


def zoomed(hand: Hand) -> None:
    view = hand.page.locator("dialog.lb")
    scale, fit = view.locator("[data-text=zoom]"), re.compile("^Fit")
    for action, expected in (("larger", False), ("fit", True), ("zoom", False)):
        hand.do(f"lightbox {action}")
        (expect(scale).to_have_text if expected else expect(scale).not_to_have_text)(fit)
    before = scale.inner_text()
    hand.do("lightbox smaller")
    expect(scale).not_to_have_text(before)
    hand.do("lightbox details")
    expect(view).to_have_class(re.compile("is-bare"))
    hand.do("lightbox details")


def gone(hand: Hand, ben: Wall) -> None:
    """Deleted by oneself and taken back; deleted by another and restored."""
    page = hand.page
    hand.do("lightbox delete")
    expect(hand.batch.locator(".tile")).to_have_count(3)
    hand.do("everywhere undo")
    expect(hand.batch.locator(".tile")).to_have_count(4)
    shown = page.evaluate("() => document.querySelector('.lb-img').src.match(/[0-9a-f-]{36}/)[0]")
    ben.owner.delete(f"/api/images/{shown}")
    expect(page.locator(".lb-gone")).to_contain_text("Ben deleted this.")
    hand.do("lightbox restore")
    expect(page.locator(".lb-gone")).to_be_hidden()


def of_a_batch(hand: Hand) -> None:
    page, table = hand.page, hand.page.get_by_role("table")
    hand.do("batch copy")
    expect(page.get_by_text("Prompt copied")).to_be_visible()
    assert copied(hand) == FOXES
    hand.do("batch use")
    expect(page.locator("#prompt")).to_have_value(FOXES)
    hand.back()
    hand.do("batch sheet")
    rows = table.locator('[role="rowheader"]')
    expect(rows).to_have_text(["red", "blue"])
    hand.do("batch swap")
    expect(rows).to_have_text(["rain", "snow"])
    saves(hand, "batch picture")
    hand.do("batch sheet")
    expect(table).to_have_count(0)
    second = hand.batch.locator(".tile-open").nth(1)
    if isinstance(hand, Keys):
        hand.tile = hand.batch.locator(".tile").nth(1)
    hand.do("grid Go through the pictures")
    hand.tile = hand.batch.locator(".tile").first
    if isinstance(hand, Keys):
        expect(hand.tile.locator(".tile-open")).to_be_focused()
    else:
        assert second is not None and page.locator("picture-tablet").evaluate("el => el.scrollTop") > 0


def under_way(hand: Hand, wall: Wall) -> None:
    page, foxes, fox = hand.page, hand.batch, hand.tile
    (slow, *_) = wall.hang("a slow heron", batch_size=3, steps=40, width=1024, height=1024)
    hand.batch = page.locator(f'.batch[aria-labelledby="batch-{slow["generation_id"]}"]')
    hand.tile = hand.batch.locator(".tile").last
    opens(hand, "everywhere queue", "#queue-drawer")
    hand.do("grid cancel")
    expect(hand.tile).to_have_attribute("data-state", "cancelled")
    hand.do("batch cancel")
    expect(hand.batch.locator('.tile[data-state="cancelled"]')).to_have_count(3)
    asks_the_server(hand, "batch retry", "/retry")
    wall.owner.post(f"/api/generations/{slow['generation_id']}/cancel")
    hand.batch, hand.tile = foxes, fox
