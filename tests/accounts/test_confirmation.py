"""Where addresses are confirmed by mail nobody learns who has an account."""

import re

import httpx
import pytest
from playwright.sync_api import expect

from tests.harness.browser import Desk
from tests.harness.client import PASSWORD, Client
from tests.harness.making import refusal
from tests.harness.post_office import PostOffice
from tests.harness.product import Product


@pytest.fixture(scope="module")
def strict(tmp_path_factory, post: PostOffice):
    settings = {"MAIL_URL": post.url, "CONFIRM_MAIL": "1", "BRAKE_SECONDS": "0"}
    with Product(tmp_path_factory.mktemp("strict"), **settings).running() as own:
        yield own


@pytest.fixture
def visitor(strict):
    client = Client(strict.base_url)
    yield client
    client.close()


def sign_up(visitor: Client, email: str, name: str = "Dee"):
    return visitor.raw("POST", "/api/auth/register", json={"email": email, "password": PASSWORD, "name": name})


def follow(visitor: Client, token: str):
    return visitor.raw("POST", "/api/auth/confirm", json={"token": token})


def test_signing_up_takes_the_mail_and_sounds_the_same_for_a_taken_address(visitor, post):
    email = "dee@example.com"
    first = sign_up(visitor, email)
    letter = post.wait_for(email, "Confirm your address")
    body = {"email": email, "password": PASSWORD}
    assert refusal(visitor, "POST", "/api/auth/login", json=body)[:2] == (403, "forbidden")
    letter = post.wait_for(email, "Confirm your address", 2)
    assert follow(visitor, letter.token).status_code == 204
    assert follow(visitor, letter.token).status_code == 410
    visitor.login(email)
    again = sign_up(visitor, email, "Somebody else")
    assert (first.status_code, first.content) == (again.status_code, again.content) == (202, b"{}\n")
    post.wait_for(email, "You already have an account")


def test_a_new_address_counts_once_its_link_was_followed(visitor, post):
    old, new = "eli@example.com", "eli.new@example.com"
    sign_up(visitor, old, "Eli")
    follow(visitor, post.wait_for(old, "Confirm").token)
    visitor.login(old)
    assert visitor.patch("/api/account", {"email": new, "current": PASSWORD})["user"]["email"] == old
    follow(visitor, post.wait_for(new, "Confirm").token)
    assert visitor.get("/api/account")["user"]["email"] == new
    post.wait_for(old, "Your address was changed")


def test_a_new_password_undoes_an_address_that_somebody_else_asked_for(visitor, strict, post):
    owner = "fay@example.com"
    sign_up(visitor, owner, "Fay")
    follow(visitor, post.wait_for(owner, "Confirm your address").token)
    visitor.login(owner)
    visitor.patch("/api/account", {"email": "thief@example.com", "current": PASSWORD})
    key = visitor.post("/api/keys", {"name": "Left behind", "scopes": ["admin"]})["secret"]
    post.wait_for(owner, "A new address for your account")
    taken = post.wait_for("thief@example.com", "Confirm your address").token
    fay = Client(strict.base_url)
    fay.raw("POST", "/api/auth/password-reset", json={"email": owner})
    chosen = {"token": post.wait_for(owner, "Choose a new password").token, "password": "a heron that nobody knows"}
    assert fay.raw("POST", "/api/auth/password-reset/confirm", json=chosen).status_code == 204
    assert follow(visitor, taken).status_code == 410
    assert fay.login(owner, chosen["password"])["email"] == owner
    program = {"Authorization": f"Bearer {key}"}
    assert httpx.get(f"{strict.base_url}/api/workspaces", headers=program).status_code == 401
    fay.close()


@pytest.fixture
def table(browser, strict):
    opened = Desk(browser, strict.base_url)
    yield opened
    opened.close()


def press_the_button_in(page, letter) -> None:
    page.goto(letter.link)
    page.get_by_role("button", name="Confirm this address").click()
    expect(page.get_by_role("heading", name="Address confirmed")).to_be_focused()


def test_who_signs_up_in_a_browser_comes_in_by_the_link(table, post):
    page = table.page(path="/register")
    for label, words in (("Name", "Gia"), ("Email", "gia@example.com"), ("Password", PASSWORD)):
        page.get_by_role("textbox", name=label, exact=True).fill(words)
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_focused()
    press_the_button_in(page, post.wait_for("gia@example.com", "Confirm your address"))
    page.get_by_role("link", name="Log in").click()
    page.get_by_label("Email").fill("gia@example.com")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page).not_to_have_url(re.compile("/login"))


def test_an_address_is_changed_in_a_browser_by_the_link(table, visitor, post):
    old, new = "hal@example.com", "hal.new@example.com"
    sign_up(visitor, old, "Hal")
    follow(visitor, post.wait_for(old, "Confirm your address").token)
    visitor.login(old)
    page = table.page(visitor, "/account")
    page.get_by_label("Email").fill(new)
    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_role("button", name="Change email").click()
    expect(page.get_by_text("Look into your mail: the link there makes the change.")).to_be_visible()
    press_the_button_in(page, post.wait_for(new, "Confirm your address"))
    page.goto("/account")
    expect(page.get_by_label("Email")).to_have_value(new)
