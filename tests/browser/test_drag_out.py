"""A tile dragged out of the window is a file; dragged onto the prompt it is still a picture of the workspace."""

from playwright.sync_api import expect

from tests.browser.wall import Wall, ready

NOTE = """() => document.addEventListener("dragstart", ({ dataTransfer }) => {
  window.carried = ["DownloadURL", "text/uri-list"].map((type) => dataTransfer.getData(type));
})"""


def test_a_tile_leaves_the_window_as_a_picture_with_its_recipe(desk, person):
    wall = Wall(person("Dora"), "Dragging")
    (image,) = wall.hang("a fox in a boat", batch_size=1)
    page = wall.look(desk)
    page.evaluate(NOTE)
    ready(page).locator(".tile-open").drag_to(page.locator("#prompt"))
    expect(page.locator("#prompt")).to_have_value("a fox in a boat")

    file, address = page.evaluate("window.carried")
    media_type, name, url = file.split(":", 2)
    assert (media_type, name) == ("image/png", f"emulsion-{image['id'][-8:]}.png")
    saved = page.request.get(url)
    assert saved.headers["content-type"] == media_type
    assert name in saved.headers["content-disposition"]
    assert b"a fox in a boat" in saved.body()
    assert page.request.get(address).headers["content-type"].startswith("image/")
