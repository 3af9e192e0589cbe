"""`make shots`: pictures of the running product at 390, 1440 and 2560 px into `shots/`, and the README's picture.

Not a test: they are there to be looked at.
"""

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests.harness.browser import Desk, open_browser
from tests.harness.client import Client
from tests.harness.product import ROOT, Product

SIZES = {390: (390, 844), 1440: (1440, 900), 2560: (2560, 1440)}
MACRO = "a paper boat on a {calm|stormy} lake, {dawn|dusk|moonlight}"
PAGES = {"landing": "/", "login": "/login", "register": "/register", "help": "/help/guide", "nothing": "/nothing-here"}
OWN_PAGES = {"home": "/workspaces", "account": "/account", "helpdesk": "/help", "desk": "/admin"}


def main() -> None:
    folder = ROOT / "shots"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place, open_browser() as browser:
        product = Product(Path(place)).start()
        try:
            shoot(product, browser, folder)
        finally:
            product.discard()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder.name}/, and docs/screenshot.webp")


def shoot(product: Product, browser, folder: Path) -> None:
    ana, ben = Client(product.base_url), Client(product.base_url)
    ana.register("Ana")
    ben.register("Ben")
    sample = ana.get("/api/workspaces")["items"][0]["id"]
    invite = ana.post(f"/api/workspaces/{sample}/invites", {"role": "editor"})["invite"]
    ben.post(f"/api/invites/{invite['token']}/accept")
    guest = Desk(browser, product.base_url)
    guest.page(ben, f"/w/{sample}")
    for width, (wide, high) in SIZES.items():
        desk = Desk(browser, product.base_url)
        view = {"width": wide, "height": high}
        for name, path in PAGES.items():
            keep(desk.page(None, path, view), folder / f"{name}-{width}.png")
        for name, path in OWN_PAGES.items():
            keep(desk.page(ana, path, view), folder / f"{name}-{width}.png")
        workspace(desk, ana, sample, view, folder, width)
        desk.forgive("404")
        desk.close()
    guest.close()


def workspace(desk: Desk, ana: Client, sample: str, view: dict, folder: Path, width: int) -> None:
    """The room at rest, the batch dialog, six pictures on their way, and the full-size view."""
    page = desk.page(ana, f"/w/{sample}", view)
    expect(page.locator('.tile[data-state="ready"]').first).to_be_visible()
    keep(page, folder / f"workspace-{width}.png")
    if width == 1440:
        readme(page)
    if width == 390:
        page.locator("[href='#panel']").first.click()
        keep(page, folder / "panel-390.png")
    page.locator("#prompt").fill(MACRO)
    page.locator(".go:visible").click()
    expect(page.locator('[data-act="yes"]')).to_be_enabled()
    keep(page, folder / f"batch-dialog-{width}.png")
    page.locator('[data-act="yes"]').click()
    expect(page.locator('.tile[data-state="running"] .tile-preview').nth(2)).to_be_attached(timeout=60_000)
    keep(page, folder / f"developing-{width}.png")
    expect(page.locator('.tile[data-key]:not([data-state="ready"])')).to_have_count(0, timeout=120_000)
    page.locator('.tile[data-state="ready"] .tile-open').first.click()
    keep(page, folder / f"full-size-{width}.png")


def keep(page: Page, path: Path) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path)


def readme(page: Page) -> None:
    """The picture in the README, and the one that is shown beside a shared link; both small enough to commit."""
    page.wait_for_load_state("networkidle")
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    shot.save(ROOT / "docs" / "screenshot.webp", quality=82, method=6)
    card = shot.crop((0, 0, 1440, 756)).resize((1200, 630), Image.Resampling.LANCZOS)
    card.save(ROOT / "client" / "static" / "img" / "share.jpg", quality=82, optimize=True, progressive=True)


if __name__ == "__main__":
    main()
