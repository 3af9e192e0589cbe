"""The live desk in a real browser: numbers that move, lists, and acts that ask first."""

import os
import re
import signal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import DESKTOP, PHONE
from tests.browser.reach import check_screen
from tests.harness.browser import Desk
from tests.harness.client import PASSWORD, Client, newcomers
from tests.harness.making import ask, make
from tests.harness.post_office import PostOffice
from tests.harness.product import Product
from tests.harness.room import Room

IS_SEEN_IN_ITS_BAR = """tab => {
    const [at, bar] = [tab, tab.parentElement].map((el) => el.getBoundingClientRect());
    return at.left >= bar.left && at.right <= bar.right;
}"""
LISTS = ["Jobs", "People", "Usage", "Payments", "Popular", "Tickets", "Outbox", "Workers", "Connections", "Audit log",
         "Settings"]


@pytest.fixture(scope="module")
def lab(tmp_path_factory, post):
    folder = tmp_path_factory.mktemp("lab")
    with Product(folder, SKETCH_PACE="0", BRAKE_SECONDS="0", BILLING_ENABLED="1", MAIL_URL=post.url).running() as own:
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
    expect(tile(page, "Month")).to_contain_text("0 paying, 2 images and 2 new today")
    expect(page.get_by_role("img", name="Images waiting in the last hour")).to_be_visible()
    page.get_by_role("button", name="Table of Images a minute").click()
    table = page.get_by_role("region", name="Images a minute, step by step")
    expect(table.get_by_role("columnheader")).to_have_text(["From", "ready", "failed", "cancelled"])
    expect(table.get_by_role("cell", name="2", exact=True)).to_be_visible()
    page.get_by_role("button", name="Table of Providers").click()
    times = page.get_by_role("region", name="Providers, step by step").get_by_role("row")
    expect(times).to_have_count(61)
    for span, count in {"15 min": 16, "24 h": 97, "7 d": 85, "30 d": 91, "1 h": 61}.items():
        page.get_by_role("button", name=span, exact=True).click()
        expect(times).to_have_count(count)
        expect(table.get_by_role("cell", name="2", exact=True)).to_be_visible()
    page.get_by_role("button", name="guide", exact=True).click()
    expect(page.get_by_role("region", name="Providers, step by step")).not_to_contain_text("0.")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Paused")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Live", exact=True)).to_be_visible()


def test_a_picture_that_ends_is_in_the_chart_at_once(desk, people):
    root, ada = people
    page = desk.page(root, "/admin")
    chart = page.locator('[data-chart="ended"] [data-plot]')
    expect(chart).to_have_attribute("aria-label", re.compile(r"\d+ ready, \d+ failed, \d+ cancelled"))
    failed = int(re.search(r"(\d+) failed", chart.get_attribute("aria-label"))[1])
    ask(ada, ada.get("/api/workspaces")["items"][0]["id"], "[fail:moderated] a fox")
    expect(chart).to_have_attribute("aria-label", re.compile(rf"{failed + 1} failed"))


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


def test_a_superuser_walks_through_everything(desk, people, lab, post):
    root, _ = people
    with newcomers(lab.base_url) as join:
        eva = join("Eva")
        place = eva.workspace()["id"]
        (failed,) = ask(eva, place, "[fail:moderated] a fox")["images"]
        subject = "My picture stays grey"
        root.post("/api/admin/confirm", {"password": PASSWORD})
        eva.post("/api/tickets", {"subject": subject, "body": "Look at it, please."})
        page = desk.page(root, "/admin#users")
        change_a_person(desk, page, lab, eva)
        work_on_images(page, lab, eva, place, failed["id"])
        send_a_letter_again(page, post, eva)
        answer_a_request(page, eva, subject)
        take_each_list_along(page)
        turn_to(page, "Settings")
        expect(page.get_by_role("row", name="secret_key •••••", exact=True)).to_be_visible()
        read_what_was_done(page, root, eva)


def do(page: Page, button: str, go: str) -> None:
    """Ask for an act, and mean it; the password was typed a moment ago."""
    page.get_by_role("button", name=button, exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=go, exact=True).click()
    expect(dialog).to_be_hidden()


def change_a_person(desk: Desk, page: Page, lab: Product, eva: Client) -> None:
    page.get_by_role("searchbox").fill(eva.user["email"])
    row = page.get_by_role("row").filter(has_text=eva.user["email"])
    expect(row).to_contain_text("Free")
    set_the_quota(page, row, eva)
    do(page, "All Inclusive for Eva", "Change plan")
    expect(row).to_contain_text("All Inclusive")
    do(page, "Promote Eva", "Promote")
    expect(row).to_contain_text("superuser")
    theirs = desk.page(eva, "/admin")
    expect(theirs.get_by_text("Live", exact=True)).to_be_visible()
    do(page, "Demote Eva", "Demote")
    expect(theirs).not_to_have_url(re.compile("/admin"), timeout=3000)
    theirs.close()
    do(page, "Sign out Eva", "Sign out")
    eva.get("/api/account", status=401)
    eva.login(eva.user["email"])
    eva.csrf_token = None


def set_the_quota(page: Page, row, eva: Client) -> None:
    for count, told in (("50", " of 50"), ("", " of 20")):
        page.get_by_role("button", name="Quota of Eva").click()
        page.get_by_label("Images a day").fill(count)
        page.get_by_role("dialog").get_by_role("button", name="Set quota").click()
        expect(page.get_by_role("dialog")).to_be_hidden()
        expect(row).to_contain_text(told)
        assert eva.get("/api/session")["quota"]["limit"] == int(told.removeprefix(" of "))


def work_on_images(page: Page, lab: Product, eva: Client, place: str, failed: str) -> None:
    turn_to(page, "Jobs")
    page.get_by_role("searchbox").fill("eva")
    page.get_by_role("button", name="Running", exact=True).click()
    expect(page.get_by_text("Nothing here.")).to_be_visible()
    page.get_by_role("button", name="Failed", exact=True).click()
    do(page, f"Retry {failed[-6:].upper()}", "Retry")
    lab.wait_until(lambda: how_it_is(lab, failed) == (2, "failed"), 10, "it was not tried again")
    worker = lab.kill("images", signal.SIGSTOP)
    try:
        (held,) = ask(eva, place)["images"]
        page.get_by_role("button", name="All", exact=True).click()
        do(page, f"Cancel {held['id'][-6:].upper()}", "Cancel image")
        assert how_it_is(lab, held["id"]) == (0, "cancelled")
    finally:
        os.kill(worker, signal.SIGCONT)


def how_it_is(lab: Product, image_id: str) -> tuple[int, str]:
    """(attempt, status) of an image."""
    return lab.rows("SELECT attempt, status FROM images WHERE id = :id", id=image_id)[0]


def send_a_letter_again(page: Page, post: PostOffice, eva: Client) -> None:
    turn_to(page, "Outbox")
    page.get_by_role("searchbox").fill(eva.user["email"])
    row = page.get_by_role("row").filter(has_text=eva.user["email"]).first
    expect(row).to_contain_text("sent")
    got = len(post.to(eva.user["email"]))
    row.get_by_role("button", name="Send again").click()
    page.get_by_role("dialog").get_by_role("button", name="Send again").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    post.wait_for(eva.user["email"], "", got + 1)
    with page.context.expect_page() as opened:
        row.get_by_role("link", name="Read").click()
    expect(opened.value.get_by_role("heading").first).to_be_visible()
    opened.value.close()


def answer_a_request(page: Page, eva: Client, subject: str) -> None:
    turn_to(page, "Tickets")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=f"Answer {subject}").click()
    page = opened.value
    expect(page.get_by_role("heading", name=subject)).to_be_visible()
    for who, words in (("Internal note", "Seen before"), ("Answer", "Try again, please.")):
        page.get_by_text(who, exact=True).click()
        page.locator("#thread-body").fill(words)
        page.locator("[data-send]").click()
        expect(page.get_by_role("list").filter(has_text=words).first).to_be_visible()
    ticket = eva.get("/api/tickets")["items"][0]["id"]
    said = [reply["body"] for reply in eva.get(f"/api/tickets/{ticket}")["ticket"]["replies"]]
    assert said == ["Look at it, please.", "Try again, please."]


def take_each_list_along(page: Page) -> None:
    page.goto("/admin")
    for name in LISTS:
        turn_to(page, name)
        page.get_by_role("button", name="CSV", exact=True).click()
        with page.expect_download() as download:
            page.get_by_role("button", name="Download CSV").click()
        expect(page.get_by_role("dialog")).to_be_hidden()
        shown = page.locator("[data-list-body] tbody tr").count()
        lines = download.value.path().read_text().splitlines()
        assert len(lines) > shown if shown else not lines, name
        assert download.value.suggested_filename == f"emulsion-{page.url.rpartition('#')[2]}.csv"


def read_what_was_done(page: Page, root: Client, eva: Client) -> None:
    """From a person to what they did and what was done to them, and from where."""
    turn_to(page, "People")
    page.get_by_role("searchbox").fill(eva.user["email"])
    page.get_by_role("link", name="Log of Eva").click()
    expect(page.get_by_role("heading", name="Audit log")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_value(eva.user["email"])
    line = page.get_by_role("row").filter(has_text="changed the plan of")
    expect(line).to_contain_text("Eva")
    expect(line).to_contain_text("127.0.0.1")
    expect(page.get_by_role("row").filter(has_text="changed the quota of")).to_have_count(2)


@pytest.mark.parametrize("window", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_list_is_dark_accessible_fits_and_needs_no_mouse(desk, people, window):
    root, _ = people
    page = desk.page(root, "/admin", **window)
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    for name in LISTS:
        turn_to(page, name)
        check_screen(page, f"the desk with {name}")
    for name in ("Queue and wait", "Images a minute", "Providers"):
        page.get_by_role("button", name=f"Table of {name}").click()
    check_screen(page, "the desk with its charts as tables")
    turn_to(page, "People")
    expect(page.get_by_role("row").filter(has_text="Ada")).to_contain_text("open")
    assert page.get_by_role("button", name="Close Root").count() == 0
    page.get_by_role("button", name="Close Ada").scroll_into_view_if_needed()
    expect(page.get_by_role("cell", name="Ada", exact=True)).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Close Ada").click()
    check_screen(page, "an act that asks first")
    page.get_by_role("button", name="Cancel").click()


def test_the_tab_of_a_list_is_seen_on_a_phone_wherever_one_comes_from(desk, people):
    page = desk.page(people[0], "/admin", **PHONE)
    for name in ("settings", "queue", "workers"):
        page.goto(f"/admin#{name}")
        tab = page.locator(f"[data-list={name}]")
        expect(tab).to_have_attribute("aria-current", "true")
        assert tab.evaluate(IS_SEEN_IN_ITS_BAR), name


def test_everybody_else_finds_nothing(desk, people):
    _, ada = people
    page = desk.page(ada, "/workspaces")
    expect(page.get_by_role("link", name="Admin")).to_have_count(0)
    desk.forgive("404")
    page.goto("/admin")
    expect(page.get_by_role("heading", name="There is nothing here")).to_be_visible()
