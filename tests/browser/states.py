"""The states of a room for `make shots`: what comes, what waits, what went wrong, and what is not allowed."""

import base64

from playwright.sync_api import expect

from tests.archive.suitcase import whole
from tests.harness.making import admit, ask, make
from tests.harness.room import Room

SLOW = {"width": 768, "height": 512, "steps": 24, "batch_size": 6}
SAY = """async (change) => {
    const { app } = await import(document.querySelector('script[src$="main.js"]').src.replace("main.js", "app.js"));
    app.store.change(Object.keys(change), (state) => Object.assign(state, change));
}"""
TROUBLES = {
    "reconnecting": {"connection": "reconnecting"},
    "offline": {"connection": "offline"},
    "ended": {"ended": "signed_out"},
}
BACK = """async () => {
    const { app } = await import(document.querySelector('script[src$="main.js"]').src.replace("main.js", "app.js"));
    const known = [...app.store.state.images.keys()].slice(4);
    app.store.change(["back"], (state) => (state.back = new Set(known)));
}"""
DROP = """([name, data]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))], name));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
}"""


def states(album) -> None:
    """Each as somebody meets it; what another person does is done by Ben."""
    under_way(album)
    found_and_lost(album)
    troubles(album)
    looking_only(album)
    imported(album)


def under_way(album) -> None:
    """Six pictures that take their time: before the room is there, waiting, rendering, and why in the queue."""
    ana, place = album.house.ana, album.house.ana.workspace("Under way")["id"]
    batch = ask(ana, place, "[slow:30] a harbour, {fog|rain|snow}, {dawn|dusk}", **SLOW)["generation"]
    page = album.open(ana, f"/w/{place}")
    expect(page.locator('.tile[data-state="running"]').first).to_be_visible(timeout=30_000)
    album.keep(page, "rendering")
    if not album.phone:
        page.locator("[popovertarget=queue-drawer]").click()
        expect(page.locator(".queue-list li").first).to_be_visible()
        album.keep(page, "queue")
    page.close()
    ana.post(f"/api/generations/{batch['id']}/cancel")
    ana.delete(f"/api/workspaces/{place}")


def found_and_lost(album) -> None:
    """A filter without a result, the menus, and what Ben deletes under Ana's eyes."""
    ana, ben = album.house.ana, album.house.ben
    place = ana.workspace("Found and lost")["id"]
    admit(ana, ben, place, "editor")
    room = Room(ana, place).enter()
    first, *_ = (make(ana, room, "a fox in the reeds", width=768, height=512, steps=8)[0] for _ in range(2))
    room.leave()
    page = album.open(ana, f"/w/{place}")
    expect(page.locator('.tile[data-state="ready"]')).to_have_count(2)
    page.locator("[data-show=starred]").click()
    album.keep(page, "no-stars")
    page.locator("[data-show=all]").click()
    page.locator("[popovertarget=me-menu]:visible").click()
    album.keep(page, "account-menu")
    page.keyboard.press("Escape")
    page.locator(".tile-open").last.focus()
    page.keyboard.press("ContextMenu")
    album.keep(page, "tile-menu")
    page.keyboard.press("Escape")
    page.locator(".tile-open").last.click()
    expect(page.locator("dialog.lb")).to_be_visible()
    ben.delete(f"/api/images/{first['id']}")
    expect(page.get_by_text("Ben deleted this.")).to_be_visible()
    album.keep(page, "deleted-by-another")
    page.keyboard.press("Escape")
    expect(page.locator(".toast")).to_be_visible()
    album.keep(page, "toast")
    page.close()
    ana.delete(f"/api/workspaces/{place}")


def troubles(album) -> None:
    """No connection, signed out, and back again after four pictures."""
    for name, change in TROUBLES.items():
        page = album.open(album.house.ana, f"/w/{album.house.sample}")
        expect(page.locator('.tile[data-state="ready"]').first).to_be_visible()
        page.evaluate(SAY, change)
        album.keep(page, name)
        page.close()
    page = album.open(album.house.ana, f"/w/{album.house.sample}")
    expect(page.locator('.tile[data-state="ready"]').first).to_be_visible()
    page.evaluate(BACK)
    expect(page.get_by_text("Back. 4 images arrived.")).to_be_visible()
    album.keep(page, "back", still=False)
    page.close()


def looking_only(album) -> None:
    place = album.house.ana.workspace("Only to look at")["id"]
    admit(album.house.ana, album.house.ben, place, "viewer")
    page = album.open(album.house.ben, f"/w/{place}")
    if album.phone:
        page.locator("[href='#panel']").first.click()
    expect(page.get_by_text("You can look but not generate here.")).to_be_visible()
    album.keep(page, "viewer")
    page.close()
    album.house.ana.delete(f"/api/workspaces/{place}")


def imported(album) -> None:
    page = album.open(album.house.ana, "/workspaces")
    expect(page.locator(".rooms[aria-busy]")).to_have_count(0)
    page.evaluate(DROP, ["foxes.tar.gz", base64.b64encode(whole(images=3)).decode()])
    expect(page.get_by_role("button", name="Import as new workspace")).to_be_visible()
    album.keep(page, "import")
    page.close()
