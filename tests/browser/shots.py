"""`make shots`: pictures of the running product at 390, 1440 and 2560 px into `shots/`, and the README's picture.

Not a test: they are there to be looked at.
"""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.counter import Counter, counter
from tests.browser.looks import LOADED, SETTLED, faults_of
from tests.browser.moments import moments
from tests.browser.shop import open_shop, shoot_shop
from tests.browser.states import states
from tests.harness.browser import Desk, open_browser
from tests.harness.client import Client
from tests.harness.making import admit, ask, make
from tests.harness.product import ROOT, Product
from tests.harness.room import Room

SIZES = {
    1440: {"viewport": {"width": 1440, "height": 900}},
    390: {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    2560: {"viewport": {"width": 2560, "height": 1440}},
}
MACRO = "a paper boat on a {calm|stormy} lake, {dawn|dusk|moonlight}"
PAGES = {
    "landing": "/", "login": "/login", "register": "/register", "forgot": "/forgot", "help": "/help/guide",
    "ask": "/help", "nothing": "/nothing-here", "refused": "/confirm",
}  # fmt: skip
OWN_PAGES = {
    "home": "/workspaces", "account": "/account", "security": "/account/security", "account-keys": "/account/keys",
    "keyboard": "/account/keyboard", "notifications": "/account/notifications", "data": "/account/data",
    "billing": "/billing", "helpdesk": "/help", "desk": "/admin",
}  # fmt: skip
POPOVERS = ("pop-model", "pop-style", "pop-size", "pop-more")
STYLES = "name,prompt,negative_prompt\nInk,ink drawing,colour\nNight film,{prompt} at night,day\nOil,oil on wood,\n"
WISH = "([name, detail]) => document.dispatchEvent(new CustomEvent(name, { detail }))"
REPORT = """() => document.dispatchEvent(
    new CustomEvent("report:open", { detail: { image: document.querySelector(".tile[data-key]").image } })
)"""


class House:
    """Ana, who runs the place, her guest Ben, and what is shown: three rooms and a request for help."""

    def __init__(self, product: Product):
        self.product = product
        self.ana, self.ben = Client(product.base_url), Client(product.base_url)
        self.ana.register("Ana")
        self.ben.register("Ben")
        self.sample = self.ana.get("/api/workspaces")["items"][0]["id"]
        admit(self.ana, self.ben, self.sample, "editor")
        self.trouble = self.ana.workspace("Rough weather")["id"]
        self.empty = self.ana.workspace("Nothing yet")["id"]
        self.request = self.ask_for_help()
        self.make_trouble()

    def ask_for_help(self) -> str:
        words = "The second picture stays **grey** since this morning.\n\n- model: Sketch\n- six pictures"
        ticket = self.ben.post("/api/tickets", {"subject": "One picture stays grey", "body": words})["ticket"]["id"]
        replies = f"/api/tickets/{ticket}/replies"
        self.ana.post(replies, {"body": "Second one this week", "internal": True})
        self.ana.post(replies, {"body": "Which picture is it? Open its menu: Report a problem."})
        self.ben.post("/api/tickets", {"subject": "Can two people share a theme?", "body": "We would like to."})
        return ticket

    def make_trouble(self) -> None:
        """A refused picture, a cancelled batch, and one in the trash."""
        style = {"name": "Fine rain", "positive": "{prompt}, in fine rain", "negative": "sun", "steps": 24}
        self.ana.post(f"/api/workspaces/{self.trouble}/styles", style)
        shape = {"width": 768, "height": 512, "steps": 8}
        tab = Room(self.ana, self.trouble).enter()
        (deleted,) = make(self.ana, tab, "a fox in the reeds", **shape)
        tab.leave()
        self.ana.delete(f"/api/images/{deleted['id']}")
        ask(self.ana, self.trouble, "[fail:moderated] a fox in the reeds, {dawn|noon}", batch_size=2, **shape)
        stopped = ask(self.ana, self.trouble, "a lighthouse in heavy weather", batch_size=3, **shape)["generation"]
        self.ana.post(f"/api/generations/{stopped['id']}/cancel")


class Album:
    """Pages in one size of window, and the pictures taken of them."""

    def __init__(self, browser, house: House | None, product: Product, width: int):
        self.desk, self.house, self.width = Desk(browser, product.base_url), house, width
        self.phone = width == 390
        self.faults: list[str] = []

    def open(self, person: Client | None, path: str) -> Page:
        return self.desk.page(person, path, **SIZES[self.width])

    def keep(self, page: Page, name: str, *, still: bool = True, scripted: bool = True, **options) -> None:
        """Keep a picture, once all that comes is there unless it would pass, and note what is wrong with the screen.

        `scripted=False`: its policy lets no script run, so that axe cannot either.
        """
        if still:
            page.wait_for_load_state("networkidle")
            page.evaluate(LOADED)
            page.evaluate(SETTLED)
        page.screenshot(path=ROOT / "shots" / f"{name}-{self.width}.png", **options)
        for fault in faults_of(page, scripted):
            self.faults.append(f"{name} at {self.width} px {fault}")
            print(self.faults[-1], flush=True)

    def close(self) -> None:
        for refusal in ("404", "401", "500"):
            self.desk.forgive(refusal)
        self.desk.close()


def main() -> None:
    folder = ROOT / "shots"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place, open_browser() as browser, Product(Path(place)).running() as product:
        faults = shoot(product, browser) + shoot_everyday(browser)
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder.name}/, and docs/screenshot.webp")
    if faults:
        sys.exit(f"{len(faults)} faults")


def shoot(product: Product, browser) -> list[str]:
    """Take all pictures; what is wrong with the screens."""
    faults = []
    house = House(product)
    guest = Desk(browser, product.base_url)
    guest.page(house.ben, f"/w/{house.sample}")
    for width in SIZES:
        album = Album(browser, house, product, width)
        pages(album)
        room(album)
        trouble(album)
        states(album)
        moments(album)
        album.close()
        faults += album.faults
    guest.close()
    return faults


def shoot_everyday(browser) -> list[str]:
    """The same of accounts, money and the desk."""
    faults = []
    with open_shop() as shop:
        people = Counter(shop.product)
        for width in SIZES:
            album = Album(browser, None, shop.product, width)
            shoot_shop(album, shop)
            counter(album, people)
            album.close()
            faults += album.faults
    return faults


def pages(album: Album) -> None:
    """Whole pages, also below the fold."""
    ana = album.house.ana
    for name, path in PAGES.items():
        page = album.open(None, path)
        album.keep(page, name, full_page=True)
        page.close()
    for name, path in OWN_PAGES.items():
        page = album.open(ana, path)
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        album.keep(page, name, full_page=True)
        page.close()
    invite = ana.post(f"/api/workspaces/{album.house.sample}/invites", {"role": "editor"})["invite"]
    album.keep(album.open(None, f"/invite/{invite['token']}"), "invite")
    for name, person in {"thread": ana, "thread-asker": album.house.ben}.items():
        page = album.open(person, f"/help?ticket={album.house.request}")
        expect(page.get_by_role("heading", name="One picture stays grey")).to_be_visible()
        album.keep(page, name)
        page.close()


def room(album: Album) -> None:
    """The room at rest, the batch dialog, six pictures on their way, and what can be done with them."""
    page = album.open(album.house.ana, f"/w/{album.house.sample}")
    expect(page.locator('.tile[data-state="ready"]').first).to_be_visible()
    album.keep(page, "workspace")
    while page.locator("[data-tip]:visible").count():
        page.locator("[data-tip]:visible button").first.click()
    if album.width == 1440:
        readme(page)
    if album.phone:
        page.locator("[href='#panel']").first.click()
        album.keep(page, "panel")
    popovers(album, page)
    develop(album, page)
    page.locator('.tile[data-state="ready"] .tile-open').first.click()
    expect(page.locator("dialog.lb")).to_be_visible()
    album.keep(page, "full-size")
    page.keyboard.press("Escape")
    cull(album, page)
    page.close()


def popovers(album: Album, page: Page) -> None:
    for name in POPOVERS:
        page.locator(f"[popovertarget={name}]").click()
        album.keep(page, name)
        page.keyboard.press("Escape")


def develop(album: Album, page: Page) -> None:
    page.locator("#prompt").fill(MACRO)
    page.locator(".go:visible").click()
    expect(page.locator('[data-act="yes"]')).to_be_enabled()
    album.keep(page, "batch-dialog")
    page.locator('[data-act="yes"]').click()
    expect(page.locator('.batch:first-child .tile[data-state="ready"]').first).to_be_visible(timeout=60_000)
    album.keep(page, "developing")
    expect(page.locator('.tile[data-key]:not([data-state="ready"])')).to_have_count(0, timeout=120_000)


def cull(album: Album, page: Page) -> None:
    """The contact sheet, a selection with its dock, where it may move to, and two pictures compared."""
    read_as(page)
    expect(page.get_by_role("table")).to_be_visible()
    album.keep(page, "contact-sheet")
    read_as(page)
    expect(page.get_by_role("table")).to_have_count(0)
    page.locator(".batch .tile-open").first.focus()
    for key in ("x", "ArrowRight", "x"):
        page.keyboard.press(key)
    expect(page.get_by_text("2 selected")).to_be_visible()
    album.keep(page, "dock")
    page.get_by_role("toolbar").get_by_role("button", name="Move").click()
    expect(page.locator(".move-item").first).to_be_focused()
    album.keep(page, "move")
    page.keyboard.press("Escape")
    page.get_by_role("toolbar").get_by_role("button", name="Compare").click()
    for mode in ("slider", "side", "flip"):
        page.locator(f"[data-mode-of={mode}]").click()
        album.keep(page, f"compare-{mode}")
    page.keyboard.press("Escape")


def read_as(page: Page) -> None:
    """Turn the first batch from grid to contact sheet, or back."""
    page.get_by_role("button", name="More for this batch").first.click()
    page.locator("#batch-menu [data-do=sheet]").click()


def trouble(album: Album) -> None:
    """What did not come, every dialog, and a room in which nothing is yet."""
    page = album.open(album.house.ana, f"/w/{album.house.trouble}")
    expect(page.locator('.tile[data-state="failed"]')).to_have_count(2)
    album.keep(page, "failed")
    dialogs(album, page)
    page.locator("[data-do=bar-more]").click()
    album.keep(page, "menu")
    page.keyboard.press("Escape")
    page.close()
    album.keep(album.open(album.house.ana, f"/w/{album.house.empty}"), "empty")


def dialogs(album: Album, page: Page) -> None:
    page.locator(".tile").first.focus()
    for name in ("trash", "keys", "palette", "share", "export"):
        page.evaluate(WISH, [f"{name}:open", None])
        shown = page.locator("dialog[open]")
        expect(shown).to_be_visible()
        if name == "export":
            expect(shown.get_by_role("link", name="Download")).to_be_visible()
        album.keep(page, name)
        page.keyboard.press("Escape")
        expect(shown).to_have_count(0)
    page.evaluate(REPORT)
    expect(page.locator("dialog[open]")).to_be_visible()
    album.keep(page, "report")
    page.keyboard.press("Escape")
    page.evaluate(WISH, ["styles:open", None])
    expect(page.locator("dialog[open] .desk-main")).to_be_visible()
    album.keep(page, "styles")
    file = {"name": "styles.csv", "mimeType": "text/csv", "buffer": STYLES.encode()}
    page.locator(".style-import input").set_input_files(file)
    expect(page.get_by_role("button", name="Add 3")).to_be_visible()
    album.keep(page, "styles-import")
    page.keyboard.press("Escape")


def readme(page: Page) -> None:
    """The picture in the README, and the one that is shown beside a shared link; both small enough to commit."""
    page.wait_for_load_state("networkidle")
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    shot.save(ROOT / "docs" / "screenshot.webp", quality=82, method=6)
    card = shot.crop((0, 0, 1440, 756)).resize((1200, 630), Image.Resampling.LANCZOS)
    card.save(ROOT / "client" / "static" / "img" / "share.jpg", quality=82, optimize=True, progressive=True)


if __name__ == "__main__":
    main()
