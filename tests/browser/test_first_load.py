"""What a tab fetches before anybody touches it, in each kind of room: at most 130 kB of script as it travels."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Response, expect

from tests.benchmarks.lighthouse import PICTURES, hang
from tests.harness.making import admit, make
from tests.harness.room import Room

MOST_BYTES = 130_000
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}


class Meter:
    """Adds up the scripts that a page fetches; one that is asked for twice comes from the browser's cache."""

    def __init__(self, page: Page):
        self.bytes: dict[str, int] = {}
        page.on("response", self.note)

    def note(self, response: Response) -> None:
        name = urlsplit(response.url).path
        if name.endswith(".js"):
            assert response.headers["content-encoding"] == "gzip", name
            self.bytes[name] = int(response.headers["content-length"])

    def fetched(self, name: str) -> bool:
        return any(path.endswith(name) for path in self.bytes)


@pytest.fixture(scope="module")
def full(someone, product) -> tuple:
    """A room with more than 200 pictures, a reply of the assistant and its proposal, and its owner."""
    ida = someone("Ida")
    room = Room(ida, ida.workspace("Full")["id"]).enter()
    make(ida, room, "a paper boat at {dawn|dusk}", batch_size=3)
    ida.post(f"/api/workspaces/{room.workspace_id}/messages", {"content": "Propose a lighthouse in the rain"})
    room.wait_for(lambda room: any(one["status"] == "complete" and one["proposals"] for one in replies(room)))
    room.leave()
    hang(room.workspace_id, product)
    return ida, room.workspace_id


def replies(room: Room) -> list[dict]:
    return [message for message in room.state.things["messages"].values() if message["role"] == "assistant"]


def load(desk, who, place: str, viewport: dict) -> tuple[Page, Meter]:
    """Open the room in a fresh browser, the pointer at rest where the pictures come; all that it fetches is there."""
    page = desk.page(path="/login", viewport=viewport)
    page.context.add_cookies(who.browser_cookies())
    page.mouse.move(viewport["width"] * 0.7, viewport["height"] / 2)
    meter = Meter(page)
    page.goto(f"/w/{place}")
    page.locator("body[data-ready]").wait_for()
    page.wait_for_load_state("networkidle")
    return page, meter


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_room_of_200_pictures_and_replies_needs_130_kb_of_script(desk, full, viewport):
    ida, place = full
    page, meter = load(desk, ida, place, viewport)
    assert next(room["images"] for room in ida.get("/api/workspaces")["items"] if room["id"] == place) > PICTURES
    assert page.locator(".msg-words > *").count() > 0 and page.locator(".offer").count() > 0
    assert meter.fetched("marked.esm.js") and meter.fetched("socket.io.esm.min.js") and all(meter.bytes.values())
    assert sum(meter.bytes.values()) <= MOST_BYTES, meter.bytes
    page.locator(".tile-open").first.focus()
    expect(page.locator(".tile-open").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("dialog.lb")).to_be_visible()
    assert meter.fetched("lightbox.js"), "what is fetched later is not measured"


def test_so_do_a_room_to_look_at_and_a_new_one(desk, full, person):
    ida, place = full
    guest = admit(ida, person("Gus"), place, "viewer")
    for who, room in ((guest, place), (ida, ida.workspace("New")["id"])):
        _, meter = load(desk, who, room, DESK)
        assert 0 < sum(meter.bytes.values()) <= MOST_BYTES, meter.bytes
