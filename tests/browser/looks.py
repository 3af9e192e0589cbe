"""What every screen must be: dark, accessible, no wider than its window."""

import io
from collections.abc import Iterator

import numpy as np
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page

DESKTOP = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
BLOCK, LIGHT, AMBER = 8, 200, 80
PICTURES_AND_HEADLINES = "img:not(.door-tile *), h1"
SETTLED = """() => Promise.allSettled(
    document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime < 1000).map((one) => one.finished)
).then(() => new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown))))"""

LOADED = """() => Promise.allSettled([...document.images].filter((one) => {
    const { top, bottom, width } = one.getBoundingClientRect();
    return width && one.src && bottom > 0 && top < innerHeight;
}).map((one) => one.decode()))"""

TOO_SMALL = """(least) => [...document.querySelectorAll('button, a[href], input:not([type=hidden]), select, summary')]
    .filter((el) => el.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !el.closest('[inert]'))
    .map((el) => [el, el.closest('label') ?? (el.type === 'checkbox' ? el.labels[0] : null) ?? el])
    .map(([el, pressed]) => [el, pressed.getBoundingClientRect()])
    .filter(([el, {width, height, right, bottom}]) => width > 1 && height > 1 && right > 0 && bottom > 0
        && (height < least || width < least))
    .map(([el, {width, height}]) => `${el.className || el.tagName} ${Math.round(width)} × ${Math.round(height)}`)"""
THUMB = 44


def check_looks(page: Page, screen: str) -> None:
    """Fail with the name of the screen and what is wrong with it, once whatever fades in has arrived."""
    page.evaluate(SETTLED)
    found = list(faults_of(page))
    assert not found, f"{screen} {'; '.join(found)}"


def faults_of(page: Page, scripted: bool = True) -> Iterator[str]:
    """What is wrong with the screen, in words."""
    if light_blocks(page):
        yield "shows a light surface"
    if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
        yield "is wider than its window"
    if found := scripted and violations(page):
        yield f"is not accessible: {found}"


def violations(page: Page) -> list[tuple[str, list]]:
    """Each broken rule of axe with the elements that break it."""
    broken = Axe().run(page).response["violations"]
    return [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in broken]


def light_blocks(page: Page) -> int:
    """How many squares of 8 × 8 pixels are light, and not by our accent; text does not fill one."""
    page.mouse.move(0, 0)  # the amber button under the pointer is lighter than any surface, and may be
    mask = [page.locator(PICTURES_AND_HEADLINES)]
    shot = page.screenshot(mask=mask, mask_color="#000000", animations="disabled")
    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    red, _, blue = np.asarray(picture, dtype=np.int16).transpose(2, 0, 1)
    light = np.where(red - blue > AMBER, 0, np.asarray(picture.convert("L")))
    rows, columns = (size // BLOCK for size in light.shape)
    blocks = light[: rows * BLOCK, : columns * BLOCK].reshape(rows, BLOCK, columns, BLOCK)
    return int((blocks.min(axis=(1, 3)) > LIGHT).sum())


def small_for_a_thumb(page: Page) -> list[str]:
    """What can be pressed and is smaller than a thumb's 44 px, with its size."""
    return page.evaluate(TOO_SMALL, THUMB)
