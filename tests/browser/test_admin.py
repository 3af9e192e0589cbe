"""The live desk in a real browser: numbers that move, lists, and acts that ask first."""

import os
import re
import signal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import check_looks
from tests.harness.browser import Desk
from tests.harness.client import PASSWORD, newcomers
from tests.harness.making import make
from tests.harness.product import Product
from tests.harness.room import Room

SIZES = [{"width": 390, "height": 844}, {"width": 1440, "height": 900}]
LISTS = ["Jobs", "People", "Usage", "Payments", "Popular", "Tickets", "Outbox", "Workers", "Connections", "Audit log",
         "Settings"]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    with Product(tmp_path_factory.mktemp("lab"), SKETCH_PACE="0", BRAKE_SECONDS="0").running() as own:
        yield own


@pytest.fixture(scope="module")
def people(lab):
    """(the superuser, somebody who made two pictures)."""
    with newcomers(lab.base_url) as join:
        root, ada = join("Root"), join("Ada")
        room = Room(ada, ada.workspace()["id"]).enter()
        make(ada, room, batch_size=2)
        yield root, ada
        room.leave()


@pytest.fixture
def desk(browser, lab):
    opened = Desk(browser, lab.base_url)
    yield opened
    opened.close()


def turn_to(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Lists").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    expect(page.locator("[data-list-body][aria-busy]")).to_have_count(0)


def tile(page: Page, name: str):
    return page.locator(".stat").filter(has_text=name)


def test_the_numbers_are_live_and_can_be_paused(desk, people):
    root, ada = people
    page = desk.page(root, "/admin")
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    expect(tile(page, "Online")).to_contain_text("tab")
    expect(page.get_by_role("img", name="Images waiting in the last hour")).to_be_visible()
    page.get_by_role("button", name="Table of Images a minute").click()
    table = page.get_by_role("region", name="Images a minute, each minute")
    expect(table.get_by_role("cell", name="2", exact=True)).to_be_visible()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Paused")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Live", exact=True)).to_be_visible()


def test_numbers_that_stand_still_say_so(desk, people, lab):
    page = desk.page(people[0], "/admin")
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    web = lab.kill("web", signal.SIGSTOP)
    try:
        expect(page.get_by_text(re.compile(r"Last update \d+ s ago"))).to_be_visible(timeout=12_000)
    finally:
        os.kill(web, signal.SIGCONT)
    expect(page.get_by_text("Live", exact=True)).to_be_visible(timeout=12_000)


def test_somebody_is_closed_out_before_ones_eyes(desk, people, lab):
    root, _ = people
    with newcomers(lab.base_url) as join:
        zoe = join("Zoe")
        theirs = desk.page(zoe, f"/w/{zoe.workspace()['id']}")
        page = desk.page(root, "/admin#users")
        page.get_by_role("searchbox", name="Search in the list").fill("zoe")
        page.get_by_role("button", name="Close Zoe").click()
        page.get_by_role("button", name="Close account").click()
        desk.forgive("403")
        page.get_by_label("Your password").fill(PASSWORD)
        page.get_by_role("button", name="Close account").click()
        expect(page.get_by_role("row").filter(has_text="Zoe")).to_contain_text("closed")
        expect(theirs.get_by_text("signed out").first).to_be_visible()
        expect(page.locator("[data-events]")).to_contain_text("Root closed the account of Zoe")
        page.get_by_role("button", name="Open Zoe").click()
        page.get_by_role("button", name="Open account").click()
        expect(page.get_by_role("button", name="Close Zoe")).to_be_visible()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size["width"]))
def test_every_list_is_dark_accessible_and_fits(desk, people, size):
    root, _ = people
    page = desk.page(root, "/admin", viewport=size)
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    for name in LISTS:
        turn_to(page, name)
    check_looks(page, "the desk")
    turn_to(page, "People")
    expect(page.get_by_role("row").filter(has_text="Ada")).to_contain_text("open")
    assert page.get_by_role("button", name="Close Root").count() == 0
    page.get_by_role("button", name="Close Ada").click()
    check_looks(page, "an act that asks first")
    page.get_by_role("button", name="Cancel").click()


def test_everybody_else_finds_nothing(desk, people):
    _, ada = people
    page = desk.page(ada, "/workspaces")
    expect(page.get_by_role("link", name="Admin")).to_have_count(0)
    desk.forgive("404")
    page.goto("/admin")
    expect(page.get_by_role("heading", name="There is nothing here")).to_be_visible()
