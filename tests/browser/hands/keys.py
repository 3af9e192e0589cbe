"""Keys alone; after each the focus must be somewhere."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.hands.hand import Hand
from tests.browser.hands.listed import keys_of

STAND_BEFORE = """(el) => {
    const inside = el.closest("dialog[open], :popover-open") ?? document.body;
    const stops = [...inside.querySelectorAll("a[href], button, input, select, textarea, [tabindex='0']")]
        .filter((stop) => stop === el || (stop.tabIndex >= 0 && !stop.disabled && stop.checkVisibility()));
    const at = stops.indexOf(el);
    if (el !== document.activeElement) stops[at ? at - 1 : 1].focus();
    return at ? "Tab" : "Shift+Tab";
}"""
IS_HERE = "el => el === document.activeElement"
IS_LOST = "() => document.activeElement === document.body"
# Keys that do where one stands what a button is there for.
AT_ONCE = {"panel Add the closing brace": "Tab", "panel New reply": "End"}
MOST_TABS, MOST_STEPS = 4, 12


class Keys(Hand):
    options = {"reduced_motion": "reduce"}

    def __init__(self, page: Page):
        super().__init__(page)
        self.keys = keys_of(page)

    def by_itself(self, action: str) -> bool:
        combo = self.keys.get(action, AT_ONCE.get(action))
        if not combo:
            return False
        if action.startswith("grid "):
            self.back()
        if action == "compare flip":
            self.hold(combo)
        else:
            self.press(combo)
        return True

    def button_of(self, action: str) -> str:
        return {"bar filter": "bar filter-pop"}.get(action, action)

    def press(self, combo: str) -> None:
        self.page.keyboard.press(combo.replace("Mod", "Control"))

    def hold(self, key: str) -> None:
        self.page.keyboard.down(key)
        expect(self.page.locator(".cmp.is-flipped")).to_be_visible()
        self.page.keyboard.up(key)

    def back(self) -> None:
        """Stand on the tile."""
        self.tile.locator(".tile-open").or_(self.tile).last.focus()

    def open(self, place: str) -> None:
        if place == "grid":
            self.do("grid more")
        else:
            super().open(place)

    def by_palette(self, name: str) -> None:
        self.press(self.keys["everywhere palette"])
        self.page.keyboard.type(name)
        self.page.keyboard.press("Enter")

    def use(self, target: Locator, key: str = "Enter") -> None:
        """Tab to the target from the stop before it, and press it; what Tab does not reach, nobody reaches."""
        expect(target).to_be_visible()
        tab = target.evaluate(STAND_BEFORE)
        for _ in range(MOST_TABS):
            if target.evaluate(IS_HERE):
                return self.page.keyboard.press(key)
            self.page.keyboard.press(tab)
        raise AssertionError(f"Tab does not reach {target}")

    def write(self, field: Locator, words: str) -> None:
        self.use(field, "Control+a")
        self.page.keyboard.type(words)

    def pick(self, option: Locator) -> None:
        """The arrows go through the rows of a list, from where the focus came to stand; and turn a radio button."""
        radio = option.locator("xpath=ancestor::fieldset").locator("input:checked")
        if radio.count():
            return self.use(radio, "ArrowRight")
        for _ in range(MOST_STEPS):
            if option.evaluate(IS_HERE):
                return self.page.keyboard.press("Enter")
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"The arrows do not reach {option}")

    def turn(self, switch: Locator) -> None:
        self.use(switch, "Space")

    def look_up(self, scroller: Locator) -> None:
        self.use(scroller, "Home")

    def leave(self) -> None:
        self.page.keyboard.press("Escape")

    def look(self, action: str) -> None:
        if self.page.evaluate(IS_LOST):
            self.complaints.append(f"after “{action}” the focus is nowhere")
