"""The editors of styles and themes by either hand: made, edited, stacked, tried, imported, deleted and brought back."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, expect

from tests.browser.hands.hand import Hand
from tests.browser.hands.keys import Keys
from tests.browser.wall import DEVELOPED_MS

CSV = b'name,prompt,negative_prompt\nOil,oil on wood,\nGlass,"{prompt}, stained glass",matte\n'
TRAM = "a tram in the rain"  # the sample prompt of the editor


@contextmanager
def looking(hand: Hand, action: str) -> Iterator[None]:
    """One action of the editor, after which nothing may be wrong with the screen."""
    yield
    hand.look(action)


def open_editor(hand: Hand) -> None:
    hand.do("everywhere prompt")
    hand.do("panel pop-style")
    hand.use(hand.page.get_by_role("button", name="Manage styles"))
    expect(editor(hand)).to_be_visible()


def editor(hand: Hand) -> Locator:
    return hand.page.locator("dialog.styles-ask")


def press(hand: Hand, name: str) -> None:
    hand.use(editor(hand).get_by_role("button", name=name, exact=True))


def row(hand: Hand, name: str) -> Locator:
    return editor(hand).locator(".row-item", has_text=name)


def previews(hand: Hand, words: str) -> None:
    expect(editor(hand).locator(".desk-side .flat").first).to_have_text(words)


def write(hand: Hand, field: str, words: str) -> None:
    with looking(hand, f"writing into {field}"):
        hand.write(editor(hand).locator(field), words)


def make_style(hand: Hand, name: str, positive: str) -> None:
    with looking(hand, "New style"):
        press(hand, "New")
        expect(editor(hand).locator("#edit-name")).to_be_focused()
    write(hand, "#edit-name", name)
    write(hand, "#edit-positive", positive)
    previews(hand, positive.replace("{prompt}", TRAM))
    expect(row(hand, name)).to_be_visible()


def fine_tune(hand: Hand) -> None:
    """Every other field of a style, and another sample prompt."""
    write(hand, "#edit-negative", "colour")
    expect(editor(hand).locator(".flat.is-negative")).to_have_text("Without: colour")
    for field, words in (("#edit-cfg", "6.5"), ("#edit-steps", "2"), ("#edit-seed", "42")):
        write(hand, field, words)
    for field in ("#edit-size", "#edit-sampler"):
        with looking(hand, f"choosing in {field}"):
            choose_next(hand, editor(hand).locator(field))
    write(hand, "#edit-try", "a heron")
    previews(hand, "a heron at night")
    expect(editor(hand).locator(".sync")).to_have_text("Saved")


def choose_next(hand: Hand, select: Locator) -> None:
    """The arrow chooses; a thumb does it in the list that the phone itself shows."""
    if select.locator("option").count() < 2:
        return
    if isinstance(hand, Keys):
        hand.use(select, "ArrowDown")
    else:
        hand.use(select)
        select.select_option(index=1)


def find_one(hand: Hand, name: str) -> None:
    write(hand, ".find-in", name)
    expect(editor(hand).locator(".row-item")).to_have_count(1)
    write(hand, ".find-in", " ")
    hand.page.keyboard.press("Backspace")  # the keyboard on a phone's screen has it too
    with looking(hand, "choosing a style"):
        hand.use(row(hand, name))
        expect(editor(hand).locator("#edit-name")).to_have_value(name)


def wear(hand: Hand, name: str, worn: bool = True) -> None:
    with looking(hand, "putting it on"):
        hand.use(row(hand, name))
        press(hand, "Put it on my prompt" if worn else "Take it off my prompt")
        now = "Take it off my prompt" if worn else "Put it on my prompt"
        expect(editor(hand).get_by_role("button", name=now)).to_be_visible()


def try_out(hand: Hand) -> None:
    """Two pictures of it, and one of them at full size and back."""
    with looking(hand, "Test"):
        press(hand, "Test: 2 images")
        pictures = editor(hand).locator(".test-pic:enabled")
        expect(pictures).to_have_count(2, timeout=DEVELOPED_MS)
    with looking(hand, "opening a test picture"):
        hand.use(pictures.first)
        expect(hand.page.locator("dialog.lb")).to_be_visible()
    with looking(hand, "closing a test picture"):
        hand.leave()
        expect(hand.page.locator("dialog.lb")).to_be_hidden()
        expect(editor(hand)).to_be_visible()
    if isinstance(hand, Keys):
        expect(pictures.first).to_be_focused()


def delete_and_bring_back(hand: Hand, name: str) -> None:
    with looking(hand, "Delete"):
        hand.use(row(hand, name))
        expect(editor(hand).locator("#edit-name")).to_have_value(name)
        press(hand, "Delete")
        expect(row(hand, name)).to_have_count(0)
    with looking(hand, "Undo"):
        hand.use(hand.page.locator(".toast-act:visible").last)
        expect(row(hand, name)).to_have_count(1)


def import_styles(hand: Hand) -> None:
    with looking(hand, "Import"), hand.page.expect_file_chooser() as asked:
        press(hand, "Import")
    file = {"name": "styles.csv", "mimeType": "text/csv", "buffer": CSV}
    with looking(hand, "a style file"):
        asked.value.set_files(file)
        expect(editor(hand).get_by_text("2 styles", exact=True)).to_be_visible()
        press(hand, "Cancel")
        expect(editor(hand).locator(".style-import")).to_be_hidden()
    asked.value.set_files(file)
    with looking(hand, "Add"):
        press(hand, "Add 2")
        expect(row(hand, "Glass")).to_be_visible()
        expect(row(hand, "Oil")).to_be_visible()


def make_theme(hand: Hand) -> None:
    with looking(hand, "Themes"):
        hand.use(editor(hand).get_by_role("tab", name="Themes"))
    with looking(hand, "New theme"):
        press(hand, "New")
        expect(editor(hand).locator("#edit-name")).to_be_focused()
    write(hand, "#edit-name", "Quiet city")
    write(hand, "#edit-base", "a quiet city")
    write(hand, "#edit-about", "Nobody is about.")
    previews(hand, "a quiet city, a heron")
    for button in ("Use in this workspace", "Take it off this workspace"):
        with looking(hand, button):
            press(hand, button)
    expect(editor(hand).get_by_role("button", name="Use in this workspace")).to_be_visible()


def leave_editor(hand: Hand) -> None:
    with looking(hand, "Close"):
        hand.leave()
        expect(editor(hand)).to_be_hidden()
