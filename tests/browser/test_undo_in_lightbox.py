"""Deleting while the lightbox is open."""

from playwright.sync_api import expect


def test_what_is_deleted_in_the_lightbox_can_be_brought_back_there(desk, person):
    nils = person("Nils")
    workspace = nils.workspace("Two foxes")
    wish = {"workspace_id": workspace["id"], "model": "sketch", "prompt": "a red fox", "batch_size": 2}
    nils.post("/api/generate", wish)
    page = desk.page(nils, f"/w/{workspace['id']}")
    expect(page.locator(".tile[data-state=ready]")).to_have_count(2, timeout=60_000)
    page.locator(".tile-open").first.click()
    page.get_by_role("toolbar", name="This image").get_by_role("button", name="Delete").click()
    expect(page.locator(".batch .tile")).to_have_count(1)
    expect(page.locator("dialog.lb")).to_be_visible()
    page.locator("dialog.lb .toast-act").click()
    expect(page.locator(".batch .tile")).to_have_count(2)
    page.locator("dialog.lb [data-do=close]").click()
    expect(page.locator("body > toast-stack")).to_have_count(1)
