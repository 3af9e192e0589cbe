"""The pages of one's account, and the ways back into it, in a browser."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.looks import DESKTOP, PHONE, check_looks
from tests.browser.reach import check_screen
from tests.harness.browser import Desk
from tests.harness.client import PASSWORD

NEW = "a slow grey heron at dusk"
SIZES = {"phone": PHONE, "desktop": DESKTOP, "wide": {"viewport": {"width": 2560, "height": 1440}}}


@pytest.fixture
def table(browser, house):
    opened = Desk(browser, house.base_url)
    yield opened
    opened.close()


def log_in(page, email: str, password: str) -> None:
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Log in").click()


def test_a_forgotten_password_is_chosen_anew_by_mail(table, post, resident):
    ina = resident("Ina")
    page = table.page(path="/login")
    page.get_by_role("link", name="Forgotten?").click()
    page.get_by_label("Email").fill(ina.user["email"])
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_focused()
    page.goto(post.wait_for(ina.user["email"], "Choose").link)
    page.get_by_label("New password", exact=True).fill(NEW)
    page.get_by_role("button", name="Save password").click()
    expect(page.get_by_role("heading", name="Password saved")).to_be_focused()
    page.get_by_role("link", name="Log in").click()
    log_in(page, ina.user["email"], NEW)
    expect(page).not_to_have_url(re.compile("/login"))


def test_a_used_link_says_so(table, post, resident, guest):
    table.forgive("410")
    jan = resident("Jan")
    guest().post("/api/auth/password-reset", {"email": jan.user["email"]})
    letter = post.wait_for(jan.user["email"], "Choose")
    guest().post("/api/auth/password-reset/confirm", {"token": letter.token, "password": NEW})
    page = table.page(path=letter.link)
    page.get_by_label("New password", exact=True).fill(NEW)
    page.get_by_role("button", name="Save password").click()
    expect(page.get_by_role("alert")).to_contain_text("This link was used")


def test_a_device_is_ended_from_the_list(table, resident, guest):
    kai, phone = resident("Kai"), guest()
    phone.http.headers["User-Agent"] = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Version/19.0 Safari/604.1"
    phone.login(kai.user["email"])
    page = table.page(kai, "/account/security")
    rows = page.get_by_role("list", name="Devices").get_by_role("listitem")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("This device")
    expect(rows.last).to_contain_text("Safari on iPhone")
    page.get_by_role("button", name="End Safari on iPhone").click()
    expect(rows).to_have_count(1)
    phone.get("/api/account", status=401)
    made = [kai.post("/api/keys", {"name": "Script", "scopes": ["read"]})["secret"] for _ in range(2)]
    page.get_by_label("Delete my API keys as well").check()
    page.get_by_role("button", name="Sign out everywhere").click()
    expect(page).to_have_url(re.compile("/login$"))
    kai.get("/api/account", status=401)
    for secret in made:
        assert guest().raw("GET", "/api/workspaces", headers={"Authorization": f"Bearer {secret}"}).status_code == 401


def test_a_changed_password_leaves_the_keys_and_the_page_says_so(table, resident, guest):
    ken = resident("Ken")
    program = {"Authorization": f"Bearer {ken.post('/api/keys', {'name': 'Script', 'scopes': ['read']})['secret']}"}
    page = table.page(ken, "/account/security")
    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_label("New password", exact=True).fill(NEW)
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_text("Every other device is signed out.").last).to_be_visible()
    assert guest().raw("GET", "/api/workspaces", headers=program).status_code == 200
    expect(page.get_by_text("API keys go on working.")).to_be_visible()
    page.get_by_role("link", name="delete it").click()
    expect(page.get_by_role("button", name="Delete Script")).to_be_visible()


def test_a_key_is_shown_once_and_deleted(table, resident, house):
    lou = resident("Lou")
    page = table.page(lou, "/account/keys")
    expect(page.get_by_text("There are none yet.")).to_be_visible()
    page.get_by_role("textbox", name="Name").fill("Nightly script")
    page.get_by_role("button", name="Make a key").click()
    expect(page.get_by_role("heading", name="Your key")).to_be_focused()
    secret = page.get_by_label("The new key").input_value()
    assert lou.get("/api/keys")["items"][0]["last4"] == secret[-4:]
    page.reload()
    expect(page.get_by_text("Nightly script")).to_be_visible()
    assert secret not in page.content()
    page.get_by_role("button", name="Delete Nightly script").click()
    page.get_by_role("button", name="Delete key").click()
    expect(page.get_by_text("There are none yet.")).to_be_visible()


def test_the_data_is_downloaded_and_the_account_deleted_and_kept_after_all(table, resident):
    table.forgive("409")
    mia = resident("Mia")
    page = table.page(mia, "/account/data")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download your data").click()
    assert json.loads(Path(download.value.path()).read_text())["account"]["email"] == mia.user["email"]
    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_role("button", name="Delete my account").click()
    expect(page).to_have_url(re.compile("/login$"))
    log_in(page, mia.user["email"], PASSWORD)
    expect(page.get_by_role("heading", name="Keep this account?")).to_be_focused()
    check_looks(page, "the question whether to keep the account")
    page.get_by_role("button", name="Keep it and log in").click()
    expect(page).not_to_have_url(re.compile("/login"))


def test_a_changed_address_is_the_one_to_log_in_with(table, post, resident, guest):
    nat = resident("Nat")
    old, new = nat.user["email"], f"new.{nat.user['email']}"
    page = table.page(nat, "/account")
    page.get_by_label("Email").fill(new)
    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_role("button", name="Change email").click()
    expect(page.get_by_text("Changed.")).to_be_visible()
    assert new in post.wait_for(old, "Your address was changed").text
    assert guest().login(new)["id"] == nat.user["id"]


@pytest.mark.parametrize("size", SIZES)
def test_the_tabs_are_dark_accessible_and_need_no_mouse(table, resident, size):
    oda = resident("Oda")
    oda.post("/api/keys", {"name": "A script with a rather long name that says what it is for", "scopes": ["read"]})
    page = table.page(oda, **SIZES[size])
    tabs = [f"/account/{tab}" for tab in ("security", "keys", "keyboard", "notifications", "data")]
    for path in ("/account", *tabs, "/confirm", "/confirm#a-token"):
        page.goto(path)
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        check_screen(page, path)


def test_a_letter_is_dark_accessible_and_no_wider_than_a_phone(browser, post, resident, guest):
    pia = resident("Pia")
    guest().post("/api/auth/password-reset", {"email": pia.user["email"]})
    letter = post.wait_for(pia.user["email"], "Choose")
    for size in ("phone", "desktop"):
        page = browser.new_page(viewport=SIZES[size]["viewport"], color_scheme="dark")
        page.set_content(letter.html)
        check_looks(page, f"a letter on a {size}")
        page.close()
