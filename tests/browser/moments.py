"""What passes quickly in a room, for `make shots`: what opens for a moment, what another does, what is just coming."""

import re
import sqlite3

from playwright.sync_api import Page, Route, expect

from tests.harness.client import Client
from tests.harness.making import admit, make
from tests.harness.product import ROOT
from tests.harness.room import Room

AWAY = ROOT / "client" / "away"
SMALL = {"width": 96, "height": 64}
POPS = ("pop-theme", "pop-past", "pop-each", "pop-chat-model")
MANY = ", ".join("{" + "|".join(f"{colour} {thing}" for colour in ("red", "pale", "dark", "wet")) + "}"
                 for thing in ("sky", "sand", "grass", "stone", "smoke", "glass"))  # fmt: skip


def moments(album) -> None:
    coming(album)
    opened(album)
    written(album)
    shared_room(album)
    asked(album)
    alone(album)
    broken(album)
    away(album)


def coming(album) -> None:
    """A room before its first word has come: the newest pictures in colour, and a line that something is on its way."""
    page = album.open(album.house.ana, f"/w/{album.house.sample}")
    page.route_web_socket(re.compile("socket.io"), lambda socket: None)
    page.goto(f"/w/{album.house.sample}", wait_until="commit")
    expect(page.locator("[data-part=loading]")).to_be_visible()
    album.keep(page, "coming")
    page.close()
    page = album.open(album.house.ana, f"/w/{album.house.trouble}")
    page.route_web_socket(re.compile("socket.io"), lambda socket: None)
    page.goto(f"/w/{album.house.empty}", wait_until="commit")
    expect(page.locator("[data-part=loading]")).to_be_visible()
    album.keep(page, "coming-empty")
    page.close()


def opened(album) -> None:
    """Menus and popovers that no other picture shows."""
    page = album.open(album.house.ana, f"/w/{album.house.sample}")
    expect(page.locator('.tile[data-state="ready"]').first).to_be_visible()
    if album.phone:
        page.locator("[data-do=bar-more]").click()
        page.locator("#bar-menu [data-do=filter]").click()
    else:
        page.locator("[popovertarget=filter-pop]").click()
    album.keep(page, "filter")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="More for this batch").first.click()
    album.keep(page, "batch-menu")
    page.keyboard.press("Escape")
    if not album.phone:
        page.locator(".tile").nth(1).hover()
        album.keep(page, "hover", still=False)
        page.locator("[data-size-of=s]").click()
        album.keep(page, "small-tiles")
        page.locator("[data-size-of=l]").click()
        album.keep(page, "large-tiles")
        page.locator("[data-size-of=m]").click()
    else:
        page.locator("[href='#panel']").first.click()
    for name in POPS:
        page.locator(f"[popovertarget={name}]").click()
        album.keep(page, name)
        page.keyboard.press("Escape")
    page.close()


def written(album) -> None:
    """A fault in the prompt, a negative prompt, more combinations than can be listed, and a reply as it is written."""
    place = album.house.ana.workspace("Written")["id"]
    page = album.open(album.house.ana, f"/w/{place}")
    if album.phone:
        page.locator("[href='#panel']").first.click()
    page.locator("#prompt").fill("a paper boat on a {calm|stormy lake")
    expect(page.locator("#prompt-hint")).to_be_visible()
    album.keep(page, "prompt-fault")
    page.locator("[popovertarget=pop-more]").click()
    page.locator("#tune-negative").check()
    page.keyboard.press("Escape")
    page.locator("#prompt").fill(f"a coast with {MANY}")
    album.keep(page, "negative")
    page.locator(".go:visible").click()
    expect(page.locator(".batch-ask")).to_be_visible()
    album.keep(page, "batch-sample")
    page.keyboard.press("Escape")
    page.locator("#say").fill("Three moods of the same harbour, and say why each of them works.")
    page.locator("#say").press("Enter")
    expect(page.locator(".msg-words .caret")).to_be_visible()
    album.keep(page, "reply-coming", still=False)
    expect(page.locator(".offer").first).to_be_visible(timeout=30_000)
    album.keep(page, "reply")
    page.close()
    album.house.ana.delete(f"/api/workspaces/{place}")


def shared_room(album) -> None:
    """Ben looks at a picture, is followed, and makes six more while Ana is further down; a contact sheet is marked."""
    ana, ben = album.house.ana, album.house.ben
    place = ana.workspace("Shared")["id"]
    admit(ana, ben, place, "editor")
    room = Room(ben, place).enter()
    for prompt in ("a fern at {dawn|noon}, {oil|ink}", "a stair in the rain", "a red door", "low tide"):
        first, *_ = make(ben, room, prompt, batch_size=6 if "{" not in prompt else 4, **SMALL)
    page = album.open(ana, f"/w/{place}")
    expect(page.locator('.tile[data-state="ready"]')).to_have_count(22)
    page.locator(".tile-open").first.focus()
    page.keyboard.press(".")
    expect(page.locator(".tile-star:visible")).to_have_count(1)
    room.call("focus", {"workspace_id": place, "image_id": first["id"]})
    expect(page.locator(".tile-who:visible")).to_be_visible()
    album.keep(page, "someone-looks")
    page.locator("room-people .people button").first.click()
    expect(page.locator(".follow-tag")).to_be_visible()
    album.keep(page, "following")
    page.locator(".follow-tag").click()
    marked_sheet(album, page)
    page.locator("picture-tablet").evaluate("tablet => tablet.scrollTo(0, 700)")
    make(ben, room, "a boat under a bridge", batch_size=6, **SMALL)
    expect(page.locator(".tablet-pill")).to_be_visible()
    album.keep(page, "arrivals")
    room.leave()
    page.close()
    ana.delete(f"/api/workspaces/{place}")


def marked_sheet(album, page: Page) -> None:
    """One value pinned, another hidden."""
    batch = page.locator(".batch").filter(has_text="a fern at")
    batch.get_by_role("button", name="More for this batch").click()
    page.locator("#batch-menu [data-do=sheet]").click()
    batch.get_by_role("button", name="dawn", exact=True).click()
    for _ in range(2):
        batch.get_by_role("button", name="ink", exact=True).click()
    batch.scroll_into_view_if_needed()
    album.keep(page, "contact-sheet-marked")


def asked(album) -> None:
    """What is asked before a workspace ends, and a search that finds none."""
    page = album.open(album.house.ana, "/workspaces")
    expect(page.locator(".rooms[aria-busy]")).to_have_count(0)
    page.get_by_role("button", name="More for Nothing yet").click()
    album.keep(page, "room-menu")
    page.get_by_role("button", name="Delete", exact=True).click()
    album.keep(page, "room-delete")
    page.keyboard.press("Escape")
    page.get_by_label("Search workspaces").fill("nothing like it")
    album.keep(page, "home-none")
    page.close()


def alone(album) -> None:
    """Whoever has no workspace yet, and then one with nowhere else to move a picture to."""
    nora = Client(album.house.product.base_url)
    nora.register(f"Nora {album.width}")
    page = album.open(nora, "/workspaces")
    expect(page.get_by_text("Make your first one, or follow a link")).to_be_visible()
    album.keep(page, "home-first")
    place = nora.workspace("Harbour")["id"]
    tab = Room(nora, place).enter()
    make(nora, tab, "a red kayak at dawn", width=768, height=512, steps=8)
    tab.leave()
    page.goto(f"/w/{place}")
    page.locator('.tile[data-state="ready"] .tile-open').focus()
    page.keyboard.press("m")
    expect(page.get_by_text("There is no other workspace in which you may change things.")).to_be_visible()
    album.keep(page, "move-nowhere")
    page.close()


def broken(album) -> None:
    """The page of an error on our side: a row that nobody can read."""
    iris = Client(album.house.product.base_url)
    iris.register("Iris")
    place = iris.workspace("Unreadable")["id"]
    spoil(album.house.product, place)
    page = album.open(iris, f"/w/{place}")
    expect(page.get_by_role("heading", name="Something broke on our side.")).to_be_visible()
    album.keep(page, "broken")
    page.close()


def spoil(product, place: str) -> None:
    with sqlite3.connect(product.data_dir / "emulsion.db", timeout=10) as database:
        database.execute("UPDATE workspaces SET created_at = 'never' WHERE id = ?", (place,))


def away(album) -> None:
    """What nginx shows while no process of ours answers."""
    page = album.open(None, "/login")
    page.route("**/away/**", from_the_disk)
    page.route("**/api/health/live", lambda route: route.fulfill(status=503))
    page.goto("/away/page.html")
    expect(page.get_by_role("heading", name="Back in a moment")).to_be_visible()
    album.keep(page, "away")
    album.desk.forgive("503")
    page.close()


def from_the_disk(route: Route) -> None:
    route.fulfill(path=AWAY / route.request.url.rpartition("/")[2])
