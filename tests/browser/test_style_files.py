"""Style files of other programs in the dialog of styles: chosen or dropped, looked through, then added."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import check_looks
from tests.browser.wall import Wall

CSV = 'name,prompt,negative_prompt\nInk,ink drawing,colour\nNight,"{prompt}, neon",day\nOil,oil on wood,\n'
DROP = """([name, text]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([text], name));
  const event = new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true });
  (document.querySelector("dialog[open] .desk-list") ?? document.body).dispatchEvent(event);
}"""


@pytest.fixture
def wall(person) -> Wall:
    return Wall(person("Sia"), "Styles from afar")


def styles_of(wall: Wall) -> list[str]:
    return sorted(style["name"] for style in wall.owner.get(f"/api/workspaces/{wall.room['id']}/styles")["items"])


def open_styles(page: Page) -> None:
    page.locator("[popovertarget=pop-style]").click()
    page.get_by_role("button", name="Manage styles").click()


def test_styles_of_a_file_are_counted_then_added_and_never_twice(desk, wall):
    wall.owner.post(f"/api/workspaces/{wall.room['id']}/styles", {"name": "ink", "positive": "mine"})
    page = wall.look(desk)
    open_styles(page)
    card = page.get_by_role("region", name="Import of styles")
    with page.expect_file_chooser() as asked:
        page.get_by_role("button", name="Import").click()
    asked.value.set_files({"name": "styles.csv", "mimeType": "text/csv", "buffer": CSV.encode()})
    expect(card).to_contain_text("3 styles, 1 already here")
    expect(card.get_by_role("button", name="Add 2")).to_be_focused()
    check_looks(page, "import of styles")
    assert styles_of(wall) == ["ink"]

    page.keyboard.press("Enter")
    expect(page.locator("toast-stack")).to_contain_text("2 styles added.")
    expect(page.locator("#edit-positive")).to_have_value("{prompt}, neon")
    expect(card).to_be_hidden()
    assert styles_of(wall) == ["Night", "Oil", "ink"]

    page.evaluate(DROP, ["styles.csv", CSV])
    expect(card).to_contain_text("3 styles, 3 already here")
    expect(card.get_by_role("button")).to_have_text(["Close"])
    page.evaluate(DROP, ["broken.json", '[{"name": "Ink"'])
    expect(card.get_by_role("alert")).to_have_text("broken.json cannot be read: its JSON is broken.")
    card.get_by_role("button", name="Close").click()
    expect(page.get_by_role("button", name="Import")).to_be_focused()


def test_a_style_file_dropped_anywhere_in_the_room_is_looked_through(desk, wall):
    page = wall.look(desk)
    page.evaluate(DROP, ["styles.csv", CSV])
    card = page.get_by_role("region", name="Import of styles")
    expect(card).to_contain_text("3 styles")
    expect(card.get_by_role("button", name="Add 3")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("toast-stack")).to_contain_text("3 styles added.")
    assert styles_of(wall) == ["Ink", "Night", "Oil"]
    page.keyboard.press("Escape")
    page.evaluate(DROP, ["notes.txt", "hello"])
    expect(page.locator("toast-stack")).to_contain_text("notes.txt is no picture, no export and no styles.")
