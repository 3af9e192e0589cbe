"""Help in a real browser: a visitor's form, one's own requests live, and the staff's view of them."""

import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import DESKTOP, PHONE, check_looks
from tests.browser.reach import check_screen
from tests.harness.making import ask

sizes = pytest.mark.parametrize("window", [PHONE, DESKTOP], ids=["phone", "desktop"])


BESIDE = """(part) => {  // how far from the middle of the pane
    const [one, pane] = [part, document.querySelector(".help-pane")].map((el) => el.getBoundingClientRect());
    return Math.abs(one.left + one.right - pane.left - pane.right) / 2;
}"""
PASTE = """async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 8, height: 8 });
    canvas.getContext("2d").fillRect(0, 0, 8, 8);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([blob], "shot.png", { type: "image/png" }));
    const happens = { clipboardData, bubbles: true, cancelable: true };
    document.querySelector("#thread-body").dispatchEvent(new ClipboardEvent("paste", happens));
}"""


def fill(page: Page, subject: str, body: str) -> None:
    page.get_by_label("In a few words").fill(subject)
    page.get_by_label("What happened").fill(body)
    page.get_by_role("button", name="Send request").click()


def row(page: Page, subject: str):
    return page.locator(".ticket-row").filter(has_text=subject)


def say(page: Page, words: str, button: str) -> None:
    page.locator("#thread-body").fill(words)
    page.get_by_role("button", name=button).click()
    expect(page.locator("#thread-body")).to_have_value("")


@sizes
def test_a_visitor_asks_and_is_told_where_the_answer_comes(desk, post, window):
    desk.forgive("422")
    page = desk.page(path="/help", **window)
    address = f"{uuid.uuid4().hex[:8]}@example.com"
    fill(page, "Prices", "What does it cost?")
    expect(page.get_by_role("alert")).to_contain_text("Give an address")
    check_screen(page, "a visitor's form")
    page.get_by_label("Your email").fill(address)
    page.get_by_role("button", name="Send request").click()
    expect(page.get_by_role("heading", name="We have your request")).to_be_focused()
    expect(page.get_by_text(address)).to_be_visible()
    check_screen(page, "a request that was sent")
    post.wait_for(address, "We have your request")


def test_a_person_asks_and_the_answer_comes_before_their_eyes(desk, pat, sue):
    page = desk.page(pat, "/help")
    fill(page, "No picture comes", "It stays **grey**.")
    expect(page.get_by_role("heading", name="No picture comes")).to_be_focused()
    expect(page.locator(".reply-words strong")).to_have_text("grey")
    expect(row(page, "No picture comes")).to_contain_text("Open")
    expect(row(page, "No picture comes")).to_contain_text("It stays grey.")

    staff = desk.page(sue, "/help")
    row(staff, "No picture comes").first.click()
    staff.get_by_role("button", name="Take", exact=True).click()
    expect(staff.get_by_text("Taken by you", exact=True)).to_be_visible()
    expect(row(staff, "No picture comes").first).to_contain_text("Pat · taken by you")
    staff.get_by_text("Internal note").click()
    say(staff, "Third one this week", "Add note")
    expect(staff.locator(".reply.is-note")).to_contain_text("Third one this week")
    staff.get_by_text("Answer", exact=True).click()
    say(staff, "Reload, please", "Send answer")
    expect(page.locator(".reply")).to_have_count(2)
    expect(page.get_by_text("Reload, please").last).to_be_visible()
    expect(row(page, "No picture comes")).to_contain_text("Waiting for you")
    expect(page.get_by_role("status").filter(has_text="Sue wrote: Reload")).to_have_count(1)
    assert "Third one" not in page.content() and "taken" not in page.content().lower()

    say(page, "It helped", "Send reply")
    expect(staff.get_by_text("It helped").last).to_be_visible()
    page.locator("#thread-body").fill("And this is left")
    page.evaluate(PASTE)
    expect(page.get_by_alt_text("The picture that goes along")).to_be_visible()
    check_looks(page, "a reply with a picture")
    page.get_by_role("button", name="Send reply").click()
    expect(staff.locator(".reply-picture:not([hidden]) img")).to_have_js_property("naturalWidth", 8)
    expect(page.get_by_alt_text("The picture that goes along")).to_be_hidden()
    page.get_by_role("button", name="Mark as solved").click()
    expect(staff.get_by_label("Status")).to_have_value("solved")
    page.reload()
    expect(page.get_by_role("heading", name="No picture comes")).to_be_visible()
    expect(page.get_by_role("button", name="Open again")).to_be_visible()


def test_the_staff_keeps_words_that_it_often_needs(desk, pat, sue):
    pat.post("/api/tickets", {"subject": "Canned", "body": "Hello"})
    page = desk.page(sue, "/help")
    page.get_by_role("button", name="Canned replies").click()
    page.get_by_label("Name").fill("Reload")
    page.get_by_label("Words", exact=True).fill("Please reload the page.")
    page.get_by_role("button", name="Add canned reply").click()
    expect(page.locator(".canned-item")).to_have_count(1)
    check_looks(page, "canned replies")
    page.keyboard.press("Escape")
    row(page, "Canned").first.click()
    page.get_by_label("Insert a canned reply").select_option("Reload")
    expect(page.locator("#thread-body")).to_have_value("Please reload the page.")
    page.get_by_role("button", name="Canned replies").click()
    page.get_by_role("button", name="Delete Reload").click()
    expect(page.locator(".canned-item")).to_have_count(0)


@sizes
def test_help_is_dark_accessible_and_needs_no_mouse_in_every_state(desk, resident, sue, window):
    asker = resident("Lin")
    page = desk.page(asker, "/help", **window)
    expect(page.get_by_role("heading", name="New request")).to_be_visible()
    check_screen(page, "a new request")
    subject = f"Grey {uuid.uuid4().hex[:6]}"
    ticket = asker.post("/api/tickets", {"subject": subject, "body": "It stays grey.\n\n- twice\n- today"})["ticket"]
    replies = f"/api/tickets/{ticket['id']}/replies"
    sue.post(replies, {"body": "He wrote last week too", "internal": True})
    sue.post(replies, {"body": "Which model was it? You see its name under the picture."})
    for person, name in ((asker, "Lin"), (sue, "staff")):
        page = desk.page(person, "/help?status", **window)
        expect(row(page, subject)).to_be_visible()
        check_screen(page, f"the list for {name}")
        row(page, subject).click()
        expect(page.get_by_role("heading", name=subject)).to_be_visible()
        check_screen(page, f"the thread for {name}")
        if window is PHONE:
            page.get_by_role("button", name="All requests").click()
            expect(row(page, subject)).to_be_visible()


def test_on_a_wide_screen_a_request_stands_in_the_middle(desk, resident):
    asker = resident("Lin")
    ticket = asker.post("/api/tickets", {"subject": "Wide", "body": "It stays grey."})["ticket"]
    page = desk.page(asker, f"/help?ticket={ticket['id']}", viewport={"width": 2560, "height": 1440})
    expect(page.get_by_role("heading", name="Wide")).to_be_visible()
    for part in (".reply", "#thread-body"):
        assert page.locator(part).first.evaluate(BESIDE) < 2, part


def test_a_failed_picture_is_reported_where_it_stands_and_the_answer_comes_there(desk, pat, sue):
    workspace = pat.workspace("Trouble")["id"]
    ask(pat, workspace, "[fail:moderated] a fox")
    page = desk.page(pat, f"/w/{workspace}")
    page.locator(".tile[data-state=failed]").get_by_role("button", name="Report a problem").click()
    dialog = page.get_by_role("dialog", name="Report a problem")
    check_looks(page, "a report")
    dialog.get_by_label("What is wrong?").fill("It is only a fox.")
    dialog.get_by_role("button", name="Send report").click()
    expect(page.get_by_text("Reported. The answer comes to Help and by mail.")).to_be_visible()

    ticket = pat.get("/api/tickets")["items"][0]
    assert ticket["subject"].endswith("The model declined this prompt")
    assert ticket["trace"]["error"]["kind"] == "moderated"
    sue.post(f"/api/tickets/{ticket['id']}/replies", {"body": "We look into it"})
    toast = page.locator(".toast").filter(has_text="The helpdesk answered")
    toast.get_by_role("button", name="Open").click()
    expect(page.get_by_text("We look into it").last).to_be_visible()
    page.locator(".trace summary").click()
    expect(page.locator(".trace dl")).to_contain_text("moderated")


def test_a_ready_picture_is_reported_from_its_menu(desk, pat):
    workspace = pat.workspace("Foxes")["id"]
    ask(pat, workspace)
    page = desk.page(pat, f"/w/{workspace}")
    page.locator(".tile[data-state=ready]").hover()
    page.locator(".tile-more").click()
    page.locator("#tile-menu").get_by_role("button", name="Report a problem").click()
    page.get_by_label("What is wrong?").fill("Its ears are wrong.")
    page.get_by_role("button", name="Send report").click()
    expect(page.get_by_text("Reported.")).to_be_visible()
    assert pat.get("/api/tickets")["items"][0]["trace"]["status"] == "ready"
