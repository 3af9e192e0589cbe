"""What the page says of its connection, and that it finds back to the room by itself from wherever it was."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.wall import Wall, ready
from tests.faults.proxy import Line, line
from tests.faults.rig import address_of
from tests.harness.browser import PATIENCE_MS, Desk
from tests.harness.making import make
from tests.harness.room import Room

UNANSWERED_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)

FALL_ASLEEP = """() => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""
WAKE_UP_LATER = """() => {
    const now = Date.now;
    Date.now = () => now() + 15_000;
    delete document.hidden;
    document.dispatchEvent(new Event("visibilitychange"));
}"""

NOTE_THE_DOT = """() => {
    const said = [], dot = document.querySelector("sync-state");
    new MutationObserver(() => said.push(dot.dataset.state)).observe(dot, { attributeFilter: ["data-state"] });
    return said;
}"""


@pytest.fixture
def bad_line(product) -> Iterator[Line]:
    with line(address_of(product.base_url)) as opened:
        yield opened


@pytest.fixture
def far_desk(browser, bad_line) -> Iterator[Desk]:
    """Pages at the other end of the line."""
    opened = Desk(browser, bad_line.base_url)
    for words in ("WebSocket", "Failed to load resource"):
        opened.forgive(words)
    yield opened
    opened.close()


@pytest.fixture
def wall(person) -> Wall:
    return Wall(person("Ada"), "Lines")


@pytest.fixture
def by_the_server(wall, enter) -> Room:
    """Ada's other tab, whose line is good."""
    return enter(wall.owner, wall.room["id"])


def dot(page: Page, state: str, word: str) -> None:
    expect(page.locator("sync-state")).to_have_attribute("data-state", state)
    expect(page.locator(".sync-word")).to_have_text(word)


def look_closer(page: Page) -> None:
    """Open the picture and close it again."""
    ready(page).locator(".tile-open").click()
    expect(page.locator(".lb")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".lb")).to_be_hidden()


def test_a_cut_line_is_said_in_words_and_so_is_what_came_meanwhile(far_desk, bad_line, wall, by_the_server):
    wall.hang("a red fox", batch_size=1)
    page = wall.look(far_desk)
    dot(page, "saved", "Saved")
    page.locator("#prompt").fill("a hare")
    look_closer(page)

    bad_line.cut()
    dot(page, "reconnecting", "Reconnecting…")
    dot(page, "offline", "Offline")
    expect(page.locator("room-notes")).to_have_text(
        "You're offline. Changes will be sent when the connection returns."
    )
    expect(page.locator(".go")).to_have_attribute("aria-disabled", "true")
    expect(page.locator(".go-note")).to_have_text("You're offline. Generate when the connection is back.")
    look_closer(page)

    make(wall.owner, by_the_server, "a {red|blue|green|grey} owl", batch_size=4)
    bad_line.heal()
    expect(page.locator("room-notes")).to_have_text("Back. 4 images arrived.")
    dot(page, "saved", "Saved")
    expect(ready(page)).to_have_count(5)
    expect(page.locator(".go")).not_to_have_attribute("aria-disabled", "true")
    expect(page.locator("room-notes")).to_be_empty()


def test_a_save_that_takes_its_time_is_seen(far_desk, bad_line, wall):
    page = wall.look(far_desk)
    page.locator(".top-name").click()
    page.locator(".top-name-in").fill("Lines at dusk")
    bad_line.stall()
    page.locator(".top-name-in").press("Enter")
    dot(page, "saving", "Saving…")
    bad_line.heal()
    dot(page, "saved", "Saved")
    assert wall.owner.get(f"/api/workspaces/{wall.room['id']}")["workspace"]["name"] == "Lines at dusk"


def test_a_tab_that_slept_through_news_heals_when_it_is_looked_at(desk, wall, by_the_server):
    page, asleep, slept_through = desk.page(wall.owner, "/workspaces"), [], []

    def pass_on(socket) -> None:
        server = socket.connect_to_server()
        server.on_message(lambda said: slept_through.append(said) if asleep and said != "2" else socket.send(said))

    page.route_web_socket("**/socket.io/**", pass_on)
    page.goto(wall.path)
    dot(page, "saved", "Saved")
    page.evaluate(FALL_ASLEEP)
    asleep.append(True)
    make(wall.owner, by_the_server, "a red fox")
    while not any('"ready"' in said for said in slept_through):
        page.wait_for_timeout(20)  # what the route was told is told us while we wait for the page
    asleep.clear()
    expect(ready(page)).to_have_count(0)
    page.evaluate(WAKE_UP_LATER)
    expect(ready(page)).to_have_count(1)
    expect(page.locator("room-notes")).to_have_text("Back. 1 image arrived.")
    dot(page, "saved", "Saved")


def test_a_tab_that_wakes_up_on_a_dead_connection_says_so_and_takes_another(far_desk, bad_line, wall, by_the_server):
    page = wall.look(far_desk)
    page.evaluate(FALL_ASLEEP)
    bad_line.forget()
    make(wall.owner, by_the_server, "a red fox")
    page.evaluate(WAKE_UP_LATER)
    dot(page, "reconnecting", "Reconnecting…")
    dot(page, "offline", "Offline")
    expect(page.locator("room-notes")).to_have_text("Back. 1 image arrived.", timeout=UNANSWERED_MS)
    dot(page, "saved", "Saved")
    expect(ready(page)).to_have_count(1)


def test_a_room_that_falls_silent_is_asked_whether_it_is_still_there(far_desk, bad_line, wall, by_the_server):
    page = far_desk.page(wall.owner, "/workspaces")
    page.clock.install()
    page.goto(wall.path)
    dot(page, "saved", "Saved")
    bad_line.forget()
    make(wall.owner, by_the_server, "a red fox")
    page.clock.fast_forward(21_000)
    dot(page, "reconnecting", "Reconnecting…")
    expect(page.locator("room-notes")).to_have_text("Back. 1 image arrived.", timeout=UNANSWERED_MS)


def test_a_browser_that_says_it_is_offline_is_not_believed_while_the_room_answers(desk, wall, by_the_server):
    page = wall.look(desk)
    said = page.evaluate_handle(NOTE_THE_DOT)
    page.evaluate("() => dispatchEvent(new Event('offline'))")
    page.wait_for_function("began => performance.now() - began > 3500", arg=page.evaluate("performance.now()"))
    assert "offline" not in said.json_value()
    dot(page, "saved", "Saved")
    wall.owner.patch(f"/api/workspaces/{wall.room['id']}", {"name": "Still here"})
    expect(page.locator(".top-name")).to_have_text("Still here")


ENDS = {
    "deleted": ("This workspace was deleted", lambda ada, ben, place: ada.delete(f"/api/workspaces/{place}")),
    "removed": (
        "You are no longer a member here",
        lambda ada, ben, place: ada.delete(f"/api/workspaces/{place}/members/{ben.user['id']}"),
    ),
    "signed out": ("You were signed out", lambda ada, ben, place: ben.post("/api/auth/logout")),
}


@pytest.mark.parametrize("end", ENDS)
def test_a_room_that_is_over_for_somebody_says_why_and_where_to_go(desk, wall, person, end):
    title, act = ENDS[end]
    desk.forgive("Failed to load resource")
    ben = person("Ben")
    page = wall.with_editor(ben).look(desk)
    act(wall.owner, ben, wall.room["id"])
    dialog = page.locator("room-ended dialog")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text(title)
    expect(dialog.get_by_role("link")).to_be_visible()
