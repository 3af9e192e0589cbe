"""What both hands share: which button an action has, and where its menu opens."""

import re

from playwright.sync_api import Locator, Page, expect

MENUS = {"grid": "#tile-menu", "bar": "#bar-menu", "batch": "#batch-menu", "me": "#me-menu", "proposal": "#offer-menu"}
BARS = {"bar": ".tablet-bar", "dock": ".dock", "lightbox": "dialog.lb", "compare": "dialog.cmp", "proposal": ".offer",
        "recipe": ".recipe", "me": "header.top", "top": "header.top", "panel": "control-panel"}  # fmt: skip
OPENERS = {"bar": "[data-do=bar-more]", "me": "[popovertarget=me-menu]:visible",
           "proposal": ".offer:not(.is-used) [data-act=more]"}  # fmt: skip
LAST = "me log-out"  # then the room is gone
KINDS = {"show": "show", "mode": "mode-of", "size": "size-of", "file": "file"}


class Hand:
    """`tile` and `batch` are what the next action is done to; `done` and `complaints` are what came of it."""

    options: dict = {}

    def __init__(self, page: Page):
        self.page = page
        self.done: set[str] = set()
        self.complaints: list[str] = []
        self.tile = page.locator('.tile[data-state="ready"]').first
        self.batch = page.locator(".batch").first

    def do(self, action: str) -> None:
        """Do it the way this hand does; whoever calls looks at what came of it."""
        if not self.by_itself(action):
            place, verb = self.button_of(action).split(" ", 1)
            self.by_button(place, verb)
        self.done.add(action)
        if action != LAST:
            self.look(action)

    def by_itself(self, action: str) -> bool:
        """Do an action that needs no button; False when it needs one."""
        raise NotImplementedError

    def button_of(self, action: str) -> str:
        return action

    def by_button(self, place: str, verb: str) -> None:
        if place == "palette":
            return self.by_palette(verb)
        shown = button(self.page.locator(BARS.get(place, MENUS.get(place))), verb)
        if place in MENUS and not shown.count():
            self.open(place)
            shown = button(self.page.locator(MENUS[place]), verb)
        self.use(shown.first)

    def by_palette(self, name: str) -> None:
        raise NotImplementedError

    def open(self, place: str) -> None:
        """Open the menu of a place."""
        opener = self.batch.locator("[data-do=more]") if place == "batch" else self.page.locator(OPENERS[place])
        self.use(opener.first)
        self.done.add(f"{place} more")
        expect(self.page.locator(MENUS[place])).to_be_visible()

    def use(self, target: Locator) -> None:
        """Press a button, follow a link."""
        raise NotImplementedError

    def write(self, field: Locator, words: str) -> None:
        raise NotImplementedError

    def pick(self, option: Locator) -> None:
        """Choose one of several: a row of a list, or the next of the radio buttons."""
        raise NotImplementedError

    def turn(self, switch: Locator) -> None:
        raise NotImplementedError

    def look_up(self, scroller: Locator) -> None:
        """Scroll to what is further up."""
        raise NotImplementedError

    def back(self) -> None:
        """To the pictures."""
        raise NotImplementedError

    def leave(self) -> None:
        """Out of whatever is open."""
        raise NotImplementedError

    def look(self, action: str) -> None:
        """Note what is wrong on the screen after an action."""
        raise NotImplementedError


def button(root: Locator, verb: str) -> Locator:
    """The buttons of an action that are to be seen in a place: by what they are marked with, or by their name."""
    kind, _, value = verb.partition("-")
    if kind in KINDS and value:
        return root.locator(f'[data-{KINDS[kind]}="{value}"]:visible')
    marks = ", ".join(f'[{mark}="{verb}"]' for mark in ("data-do", "data-act", "data-opens", "popovertarget"))
    named = root.locator(f':is(button, a):is([aria-label="{verb}"], [title="{verb}"]):visible')
    spelled = root.locator(":is(button, a):visible").filter(has_text=re.compile(rf"^\s*{re.escape(verb)}\s*$"))
    return root.locator(f":is({marks}):visible").or_(named).or_(spelled)
