"""Whether each control of a screen is reached by Tab and shows it, or is large enough for a finger."""

from pathlib import Path

from playwright.sync_api import Page

from tests.browser.looks import check_looks

SCRIPT = Path(__file__).with_suffix(".js").read_text()
LEAST_PX, ACTS_PX, MOST_TABS, AT_ONCE = 24, 44, 600, 20
HAS_FINGERS = "() => matchMedia('(pointer: coarse)').matches"


def check_screen(page: Page, screen: str) -> None:
    """Fail with the name of the screen and what is wrong with how it looks, or out of reach without a mouse."""
    check_looks(page, screen)
    check_reach(page, screen)


def check_reach(page: Page, screen: str) -> None:
    """Fail with the name of the screen and the controls that neither keys nor a finger can operate."""
    found = out_of_reach(page)
    assert not found, f"{screen}: {'; '.join(found)}"


def out_of_reach(page: Page) -> list[str]:
    """What a person without a mouse cannot operate here; the focus is afterwards where it was."""
    page.evaluate(SCRIPT)
    if page.evaluate(HAS_FINGERS):
        return page.evaluate("([least, acts]) => reach.untouchable(least, acts)", [LEAST_PX, ACTS_PX])
    page.evaluate("() => reach.start()")
    for _ in range(0, MOST_TABS, AT_ONCE):
        for _ in range(AT_ONCE):
            page.keyboard.press("Tab")
        if page.evaluate("() => reach.isRound()"):
            break
    return page.evaluate("() => reach.end()")
