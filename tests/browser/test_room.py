"""The room in a real browser: two people, three tabs, one truth on every screen."""

import pytest
from playwright.sync_api import Page, expect

from tests.harness.browser import PATIENCE_MS, Desk
from tests.harness.client import Client

MACRO = "a {red|blue|green} fox in {rain|snow}"
DEVELOPED_MS = 90_000

expect.set_options(timeout=PATIENCE_MS)

NOTE_WHAT_IS_SEEN = """() => {
    window.seen = {tiles: {}, previews: {}, replies: []};
    const look = () => {
        for (const tile of document.querySelectorAll('.tile[data-key]')) {
            const states = window.seen.tiles[tile.dataset.key] ??= [];
            if (tile.dataset.state !== states.at(-1)) states.push(tile.dataset.state);
            if (tile.querySelector('.tile-preview')) window.seen.previews[tile.dataset.key] = true;
        }
        const reply = [...document.querySelectorAll('.msg-ai .msg-words')].at(-1)?.textContent ?? '';
        if (reply && reply !== window.seen.replies.at(-1)) window.seen.replies.push(reply);
    };
    const everything = {subtree: true, childList: true, attributes: true, characterData: true};
    new MutationObserver(look).observe(document.body, everything);
}"""

WHAT_STANDS = """() => ({
    tiles: [...document.querySelectorAll('.tile[data-key]')]
        .map((tile) => [tile.dataset.state, tile.querySelector('.tile-open img')?.src ?? '']),
    chat: [...document.querySelectorAll('.msg-words, .bubble')].map((el) => el.textContent),
    name: document.querySelector('.top-name').textContent,
})"""


class Three:
    """Ada in two tabs and Ben in one, in one workspace."""

    def __init__(self, desk: Desk, ada: Client, ben: Client):
        self.owner, self.room = ada, ada.workspace("Foxes")
        invite = ada.post(f"/api/workspaces/{self.room['id']}/invites", {"role": "editor"})["invite"]
        ben.post(f"/api/invites/{invite['token']}/accept", {})
        draft = {"text": "", "negative": "", "settings": {"width": 512, "height": 512}}
        ada.put(f"/api/workspaces/{self.room['id']}/draft", draft)
        path = f"/w/{self.room['id']}"
        self.ada, self.second, self.ben = (desk.page(who, path) for who in (ada, ada, ben))
        self.tabs = [self.ada, self.second, self.ben]
        for tab in self.tabs:
            in_step(tab)


@pytest.fixture
def three(desk: Desk, person) -> Three:
    return Three(desk, person("Ada"), person("Ben"))


def in_step(tab: Page) -> None:
    expect(tab.locator("sync-state")).to_have_attribute("data-state", "saved")
    expect(tab.locator("#prompt")).to_be_editable()


def tiles(tab: Page, state: str | None = None):
    return tab.locator(f'.tile[data-key][data-state="{state}"]' if state else ".tile[data-key]")


def generate(tab: Page, prompt: str) -> None:
    tab.locator("#prompt").fill(prompt)
    tab.locator(".go").click()


def test_two_people_in_three_tabs_see_one_batch_develop_and_keep_one_truth(three: Three):
    for tab in three.tabs:
        tab.evaluate(NOTE_WHAT_IS_SEEN)

    generate(three.ada, MACRO)
    expect(three.ada.locator("#ask-h")).to_contain_text("Generate batch of 6 images?")
    three.ada.locator('[data-act="yes"]').click()

    for tab in three.tabs:
        expect(tiles(tab)).to_have_count(6)
    for tab in three.tabs:
        expect(tiles(tab, "ready")).to_have_count(6, timeout=DEVELOPED_MS)
        expect(tab.locator(".tile-preview")).to_have_count(0)
        seen = tab.evaluate("() => window.seen")
        assert all(states[-2:] == ["running", "ready"] for states in seen["tiles"].values()), seen
        queued = sum(states[0] == "queued" for states in seen["tiles"].values())
        assert queued >= 3, "those that have to wait say so"
        assert len(seen["previews"]) == 6, "every tile shows how it develops"

    three.ben.locator("#say").fill("Make the fox small against a large sky")
    three.ben.locator("#say").press("Enter")
    for tab in three.tabs:
        expect(tab.locator(".msg-ai .ai-mark:not(.is-writing)")).to_have_count(1, timeout=DEVELOPED_MS)
        replies = tab.evaluate("() => window.seen.replies")
        assert len(replies) > 1, "tokens arrive one after the other"
        assert replies == sorted(replies, key=len), "and only ever add"

    tiles(three.ben).first.hover()
    tiles(three.ben).first.locator('[data-do="delete"]').click()
    for tab in three.tabs:
        expect(tiles(tab)).to_have_count(5)
    toast = three.ada.locator(".toast", has_text="Ben deleted 1 image.")
    toast.get_by_role("button", name="Restore").click()
    for tab in three.tabs:
        expect(tiles(tab)).to_have_count(6)

    stood = three.ada.evaluate(WHAT_STANDS)
    for tab in three.tabs:
        tab.reload()
        in_step(tab)
        expect(tiles(tab, "ready")).to_have_count(6)
        expect(tab.locator(".msg-ai")).to_have_count(1)
        assert tab.evaluate(WHAT_STANDS) == stood


def test_a_new_name_shows_in_every_tab(three: Three):
    three.ada.locator(".top-name").click()
    three.ada.locator(".top-name-in").fill("Foxes at dusk")
    three.ada.locator(".top-name-in").press("Enter")
    for tab in three.tabs:
        expect(tab.locator(".top-name")).to_have_text("Foxes at dusk")
        expect(tab).to_have_title("Foxes at dusk")


def test_open_tabs_find_back_by_themselves_after_the_server_was_killed(three: Three, desk: Desk, product):
    desk.forgive("WebSocket")
    desk.forgive("Failed to load resource")
    web = product.kill("web")
    expect(three.ada.locator("sync-state")).not_to_have_attribute("data-state", "saved")
    product.wait_for_successor("web", web)
    product.wait_until(product.is_whole, 20, "the server did not come back")
    three.owner.patch(f"/api/workspaces/{three.room['id']}", {"name": "Foxes again"})
    for tab in three.tabs:
        in_step(tab)
        expect(tab.locator(".top-name")).to_have_text("Foxes again")


def test_what_one_looks_at_carries_ones_name_for_the_others(three: Three):
    generate(three.ada, "a lighthouse in fog")
    expect(tiles(three.ben, "ready")).to_have_count(1, timeout=DEVELOPED_MS)
    tiles(three.ben).first.locator(".tile-open").click()
    expect(tiles(three.ada).first.locator(".tile-who")).to_contain_text("Ben")
    three.ben.keyboard.press("Escape")
    expect(tiles(three.ada).first.locator(".tile-who")).to_be_hidden()
    expect(tiles(three.ben).first.locator(".tile-open")).to_be_focused()


def test_a_picture_deleted_by_another_while_open_stays_and_can_be_restored(three: Three):
    generate(three.ada, "a lighthouse in fog")
    expect(tiles(three.ben, "ready")).to_have_count(1, timeout=DEVELOPED_MS)
    tiles(three.ben).first.locator(".tile-open").click()
    tiles(three.ada).first.hover()
    tiles(three.ada).first.locator('[data-do="delete"]').click()
    gone = three.ben.locator(".lb-gone")
    expect(gone).to_contain_text("Ada deleted this.")
    gone.get_by_role("button", name="Restore").click()
    expect(gone).to_be_hidden()
    expect(tiles(three.ada, "ready")).to_have_count(1)


def test_undo_is_one_key_away_and_a_star_is_mine_alone(three: Three):
    generate(three.ada, "a lighthouse in fog")
    expect(tiles(three.ada, "ready")).to_have_count(1, timeout=DEVELOPED_MS)
    tiles(three.ada).first.locator(".tile-open").focus()
    three.ada.keyboard.press(".")
    expect(tiles(three.second).first.locator(".tile-star")).to_be_visible()
    expect(tiles(three.ben).first.locator(".tile-star")).to_be_hidden()
    three.ada.keyboard.press("Delete")
    expect(tiles(three.ben)).to_have_count(0)
    three.ada.keyboard.press("Control+z")
    expect(three.ada.get_by_text("1 image deleted.")).to_have_count(0)
    expect(tiles(three.ben, "ready")).to_have_count(1)


def test_undo_is_heard_before_the_delete_is_answered(three: Three):
    generate(three.ada, "a lighthouse in fog")
    expect(tiles(three.ada, "ready")).to_have_count(1, timeout=DEVELOPED_MS)
    held = []
    three.ada.route("**/api/images/*", lambda route: held.append((route, route.fetch())))
    tiles(three.ada).first.locator(".tile-open").focus()
    three.ada.keyboard.press("Delete")
    expect(tiles(three.ben)).to_have_count(0)
    three.ada.keyboard.press("Control+z")
    ((route, answer),) = held
    route.fulfill(response=answer)
    expect(tiles(three.ben, "ready")).to_have_count(1)
