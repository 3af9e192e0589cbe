"""A thumb alone on a phone; nothing it needs may be smaller than 44 px."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.hands.hand import Hand
from tests.browser.looks import PHONE, small_for_a_thumb

# Where a thumb does what a key does.
BUTTON_OF = {
    "everywhere palette": "bar palette", "everywhere keys": "bar keys", "everywhere others": "bar others",
    "grid size-s": "palette Small tiles", "grid size-m": "palette Medium tiles", "grid size-l": "palette Large tiles",
    "grid select-all": "bar all",
}  # fmt: skip
NEXT_FRAME = "() => new Promise(requestAnimationFrame)"


class Thumb(Hand):
    options = {**PHONE, "reduced_motion": "reduce"}

    def __init__(self, page: Page):
        super().__init__(page)
        self.touches = page.context.new_cdp_session(page)

    def by_itself(self, action: str) -> bool:
        gesture = {
            "everywhere prompt": self.to_the_panel,
            "everywhere panel": lambda: self.back() or self.to_the_panel(),
            "everywhere queue": lambda: self.use(self.page.locator(".queue")),
            "everywhere Generate": lambda: self.use(self.page.locator(".go:visible")),
            "everywhere Choose from the batch first": lambda: self.use(self.page.locator(".make-count")),
            "everywhere Earlier and later prompts": self.earlier,
            "everywhere Close, stop, clear": lambda: self.use(self.page.locator(".dock [data-do=clear]")),
            "everywhere undo": lambda: self.use(self.page.locator(".toast-act:visible").last),
            "grid Go through the pictures": lambda: self.drag((195, 600), -240),
            "grid more": lambda: self.open("grid"),
            "grid Open": lambda: self.use(self.tile.locator(".tile-open")),
            "grid Select on the way": lambda: self.use(self.batch.locator(".tile:not(.is-selected) .tile-open").first),
            "lightbox next": lambda: self.swipe(self.page.locator(".lb-stage"), -160),
            "lightbox previous": lambda: self.swipe(self.page.locator(".lb-stage"), 160),
            "lightbox larger": lambda: self.pinch(self.page.locator(".lb-img"), 1.6),
            "lightbox smaller": lambda: self.pinch(self.page.locator(".lb-img"), 0.6),
            "lightbox fit": lambda: self.use(self.page.locator("dialog.lb [data-do=zoom]")),
            "compare Next way to compare": lambda: self.use(self.page.locator("[data-mode-of=flip]")),
            "compare Move the slider": lambda: self.slide(self.page.locator(".cmp-range")),
        }.get(action)
        if gesture:
            gesture()
        return gesture is not None

    def button_of(self, action: str) -> str:
        return BUTTON_OF.get(action, action)

    def back(self) -> bool:
        """The panel slides away, where it is there."""
        close = self.page.locator(".panel.is-open .panel-close")
        if is_open := close.is_visible():
            self.use(close)
        return is_open

    def earlier(self) -> None:
        self.use(self.page.locator(".past"))
        self.use(self.page.locator("#pop-past .pop-item").first)

    def to_the_panel(self) -> None:
        opener = self.page.locator(".makebar-prompt")
        if opener.is_visible() and not self.page.locator("#prompt").is_visible():
            self.use(opener)

    def open(self, place: str) -> None:
        if place == "grid":
            self.back()
            self.rest_on(self.tile)
            self.done.add("grid more")
        else:
            super().open(place)

    def by_palette(self, name: str) -> None:
        self.by_button("bar", "palette")
        self.use(self.page.locator(".palette-list li", has_text=name).first)

    def use(self, target: Locator) -> None:
        target.tap()

    def pick(self, option: Locator) -> None:
        option.tap()

    def turn(self, switch: Locator) -> None:
        switch.tap()

    def look_up(self, scroller: Locator) -> None:
        self.drag(middle(scroller), 240)

    def write(self, field: Locator, words: str) -> None:
        field.tap()
        field.fill(words)

    def leave(self) -> None:
        """By its own button, or by a tap beside it."""
        if self.page.locator("dialog[open]").count():
            closes = "[data-do=close], [data-do=leave], [data-act=close], [data-act=no]"
            self.use(self.page.locator(f"dialog[open] :is({closes}):visible").last)
        else:
            self.use(self.page.locator(".panel.is-open #chat-h, body:not(:has(.panel.is-open)) sync-state"))

    def look(self, action: str) -> None:
        self.complaints += [f"after “{action}”: {what} px" for what in small_for_a_thumb(self.page)]

    def finger(self, kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(points)]
        self.touches.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": touches})

    def rest_on(self, tile: Locator) -> None:
        """Rest on it until its menu comes up."""
        self.finger("Start", middle(tile))
        expect(self.page.locator("#tile-menu")).to_be_visible()
        self.finger("End")

    def pinch(self, target: Locator, by: float) -> None:
        x, y = middle(target)
        for kind, apart in (("Start", 60), ("Move", 60 * by**0.5), *[("Move", 60 * by)] * 4):
            self.finger(kind, (x - apart, y), (x + apart, y))
            self.page.evaluate(NEXT_FRAME)
        self.finger("End")

    def swipe(self, target: Locator, by: float) -> None:
        x, y = middle(target)
        for kind, at in (("Start", x), ("Move", x + by / 2), ("Move", x + by)):
            self.finger(kind, (at, y))
        self.finger("End")

    def slide(self, target: Locator) -> None:
        box = target.bounding_box()
        self.page.touchscreen.tap(box["x"] + box["width"] * 0.25, box["y"] + box["height"] / 2)

    def drag(self, at: tuple[float, float], by: float) -> None:
        """Scroll what lies under the thumb, up for a positive distance."""
        x, y = at
        self.touches.send("Input.synthesizeScrollGesture", {"x": x, "y": y, "yDistance": by, "speed": 2400})


def middle(target: Locator) -> tuple[float, float]:
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
