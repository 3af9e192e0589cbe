"""Pictures from elsewhere on the workspace's page: dropped, pasted or chosen, their recipe can be used."""

import base64
import io

import pytest
from PIL import Image, PngImagePlugin
from playwright.sync_api import Page, expect

from tests.browser.looks import check_looks
from tests.browser.wall import Wall

INFOTEXT = "a paper moon over {dunes|the sea}\nNegative prompt: text\nSteps: 12, CFG scale: 5, Seed: 77, Size: 512x512"
BRING = """([how, name, type, data]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], name, { type }));
  const event = how === "paste"
    ? new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true })
    : new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true });
  document.querySelector("#prompt").dispatchEvent(event);
}"""


def png(**texts: str) -> bytes:
    chunks, out = PngImagePlugin.PngInfo(), io.BytesIO()
    for name, text in texts.items():
        chunks.add_text(name, text)
    Image.new("RGB", (64, 64), "#7a3b2e").save(out, "PNG", pnginfo=chunks)
    return out.getvalue()


def bring(page: Page, how: str, data: bytes, name: str = "moon.png", type: str = "image/png") -> None:
    page.evaluate(BRING, [how, name, type, base64.b64encode(data).decode()])


@pytest.fixture
def wall(person) -> Wall:
    return Wall(person("Rena"), "Recipes")


@pytest.mark.parametrize("how", ["drop", "paste"])
def test_the_recipe_of_a_strangers_picture_is_offered_and_its_prompt_used(desk, wall, how):
    page = wall.look(desk)
    bring(page, how, png(parameters=INFOTEXT))
    offer = page.get_by_role("group", name="Recipe of a picture")
    expect(offer).to_contain_text("Made with AUTOMATIC1111, moon.png")
    expect(offer.get_by_role("button", name="Use this prompt")).to_be_focused()
    check_looks(page, "the recipe")
    page.keyboard.press("Enter")
    expect(page.locator("#prompt")).to_have_value("a paper moon over {dunes|the sea}")
    expect(page.locator("#negative")).to_have_value("text")
    expect(page.locator(".make .go")).to_contain_text("Generate 6")
    expect(offer).to_be_hidden()


def test_a_saved_picture_dropped_back_restores_everything_it_was_made_of(desk, wall):
    wall.hang("a fox in the snow", batch_size=1, seed=4711, steps=7)
    page = wall.look(desk)
    page.locator(".tile").first.hover()
    with page.expect_download() as saved:
        page.locator(".tile").first.get_by_role("link", name="Save").click()
    bring(page, "drop", saved.value.path().read_bytes(), saved.value.suggested_filename)
    offer = page.get_by_role("group", name="Recipe of a picture")
    expect(offer).to_contain_text("Made with Emulsion")
    offer.get_by_role("button", name="Use all").click()
    expect(page.locator("#prompt")).to_have_value("a fox in the snow")
    page.get_by_role("button", name="Seed, steps and negative prompt").click()
    expect(page.locator("#tune-seed")).to_have_value("4711")
    expect(page.locator("#tune-steps")).to_have_value("7")


def test_a_picture_is_chosen_from_the_menu(desk, wall):
    page = wall.look(desk)
    page.locator(".tablet-bar").get_by_role("button", name="More").click()
    with page.expect_file_chooser() as asked:
        page.get_by_role("button", name="Prompt from a picture").click()
    asked.value.set_files({"name": "moon.png", "mimeType": "image/png", "buffer": png(parameters=INFOTEXT)})
    expect(page.get_by_role("group", name="Recipe of a picture")).to_contain_text("a paper moon")
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.get_by_role("group", name="Recipe of a picture")).to_be_hidden()


@pytest.mark.parametrize(
    "name, type, data, words",
    [
        ("plain.png", "image/png", png(), "There is no recipe in plain.png."),
        ("broken.png", "image/png", b"no picture", "This is not a picture that can be read."),
        ("notes.txt", "text/plain", b"hello", "notes.txt is no picture, no export and no styles."),
        ("film.png", "image/png", b"x" * (25 * 1024**2 + 1), "film.png is larger than 25 MB."),
    ],
)
def test_what_has_no_recipe_is_said_and_the_page_stays(desk, wall, name, type, data, words):
    desk.forgive("422")
    page = wall.look(desk)
    bring(page, "drop", data, name, type)
    expect(page.locator("toast-stack")).to_contain_text(words)
    expect(page).to_have_url(f"{desk.base_url}{wall.path}")
