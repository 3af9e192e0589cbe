"""The pages around the workspace: the door, the list of workspaces, the account, invitations."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import DESKTOP, PHONE, check_looks
from tests.browser.reach import check_screen
from tests.harness.client import PASSWORD, Client

OPEN = ("/", "/login", "/register", "/forgot", "/reset", "/reset#a-token", "/help", "/help/guide", "/nowhere")
SIGNED_IN = ("/workspaces", "/account", "/account/security", "/account/keys", "/account/keyboard",
             "/account/notifications", "/account/data", "/help", "/help/guide")  # fmt: skip


def sign_up(page: Page, name: str, email: str, password: str = PASSWORD) -> None:
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Create account").click()


def card(page: Page, name: str):
    return page.locator(".room").filter(has=page.get_by_role("link", name=name, exact=True))


def visit(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.locator(".rooms[aria-busy]")).to_have_count(0)
    check_screen(page, path)


@pytest.mark.parametrize(("kind", "export"), [(DESKTOP, "or drop an export here"), (PHONE, "or open an export")])
def test_whoever_has_no_workspace_yet_reads_what_one_is(desk, person, kind, export):
    person("Ada")  # the first account of all has a sample
    nora = person("Nora")
    page = desk.page(nora, "/workspaces", **kind)
    words, search = page.get_by_text("Make your first one, or follow a link"), page.locator("input[type=search]")
    expect(words).to_be_visible()
    expect(search).to_be_hidden()
    expect(page.get_by_role("button", name=export)).to_be_visible()
    nora.workspace("Moss study")
    page.reload()
    expect(search).to_be_visible()
    expect(words).to_be_hidden()


def test_one_signs_up_and_creates_renames_and_deletes_a_workspace(desk):
    page = desk.page(path="/register?next=/workspaces")
    sign_up(page, "Vera", "vera.pages@example.com")
    expect(page.get_by_role("heading", name="Workspaces")).to_be_visible()
    expect(page.locator(".rooms[aria-busy]")).to_have_count(0)

    page.locator("main").press("n")
    page.get_by_role("textbox", name="Name").fill("Moss study")
    page.get_by_role("button", name="Create workspace").click()
    expect(page).to_have_url(re.compile(r"/w/[0-9a-f-]{36}$"))

    page.goto("/workspaces")
    card(page, "Moss study").get_by_role("button", name="More for Moss study").click()
    page.get_by_role("button", name="Rename").click()
    page.get_by_role("textbox", name="Name").fill("Fern study")
    page.get_by_role("dialog").get_by_role("button", name="Rename").click()
    expect(card(page, "Fern study")).to_be_visible()
    expect(card(page, "Moss study")).to_have_count(0)

    card(page, "Fern study").get_by_role("button", name="More for Fern study").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    delete = page.get_by_role("button", name="Delete workspace")
    expect(delete).to_be_disabled()
    page.get_by_label("Workspace name").fill("Fern study")
    delete.click()
    expect(card(page, "Fern study")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_list_of_workspaces_follows_what_happens_elsewhere(desk, person):
    una = person("Una")
    page = desk.page(una, "/workspaces")
    expect(page.locator(".rooms[aria-busy]")).to_have_count(0)
    made = una.workspace("Salt and tide")
    expect(card(page, "Salt and tide")).to_be_visible()
    una.patch(f"/api/workspaces/{made['id']}", {"name": "Salt"})
    expect(card(page, "Salt")).to_be_visible()
    una.delete(f"/api/workspaces/{made['id']}")
    expect(card(page, "Salt")).to_have_count(0)


def test_the_search_shows_only_the_workspaces_that_match(desk, person):
    ida = person("Ida")
    for name in ("Harbour", "Hills", "Dahlias"):
        ida.workspace(name)
    page = desk.page(ida, "/workspaces")
    page.get_by_label("Search workspaces").fill("dah")
    expect(card(page, "Harbour")).to_have_count(0)
    expect(card(page, "Dahlias")).to_be_visible()
    page.get_by_label("Search workspaces").fill("nothing like it")
    expect(page.get_by_text("No workspace is called “nothing like it”.")).to_be_visible()


def test_a_guest_may_not_delete_but_may_leave(desk, person):
    ada, ben = person("Ada"), person("Ben")
    shared = ada.workspace("Arcades")
    invite = ada.post(f"/api/workspaces/{shared['id']}/invites", {"role": "viewer"})["invite"]
    ben.post(f"/api/invites/{invite['token']}/accept")
    page = desk.page(ben, "/workspaces")
    page.get_by_role("button", name="More for Arcades").click()
    expect(page.get_by_role("button", name="Delete", exact=True)).to_be_hidden()
    page.get_by_role("button", name="Leave", exact=True).click()
    page.get_by_role("button", name="Leave workspace").click()
    expect(card(page, "Arcades")).to_have_count(0)
    ben.get(f"/api/workspaces/{shared['id']}", status=404)


def test_a_wrong_password_is_said_in_words_and_keeps_the_address(desk, person):
    desk.forgive("401")
    cleo = person("Cleo")
    page = desk.page(path="/login")
    page.get_by_label("Email").fill(cleo.user["email"])
    page.get_by_label("Password", exact=True).fill("not it at all")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_have_text("That email and password do not match.")
    expect(page.get_by_label("Email")).to_have_value(cleo.user["email"])
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page).not_to_have_url(re.compile("/login"))


def test_an_address_that_is_taken_is_marked(desk, person):
    desk.forgive("409")
    page = desk.page(path="/register")
    sign_up(page, "Somebody", person("Dora").user["email"])
    expect(page.get_by_role("alert")).to_contain_text("already an account")
    expect(page.get_by_label("Email")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Email")).to_be_focused()


def test_the_door_leads_to_places_of_this_site_only(desk, person):
    page = desk.page(path="/login?next=https://elsewhere.example/")
    page.get_by_label("Email").fill(person("Eva").user["email"])
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page).to_have_url(re.compile(r"/(workspaces|w/[0-9a-f-]{36})$"))


def test_the_eye_shows_the_password(desk):
    page = desk.page(path="/login")
    field = page.get_by_label("Password", exact=True)
    page.get_by_role("button", name="Show password").click()
    expect(field).to_have_attribute("type", "text")
    page.get_by_role("button", name="Hide password").click()
    expect(field).to_have_attribute("type", "password")


def test_a_stranger_with_an_invitation_signs_up_and_is_in(desk, person):
    finn = person("Finn")
    shared = finn.workspace("North")
    invite = finn.post(f"/api/workspaces/{shared['id']}/invites", {"role": "editor"})["invite"]
    page = desk.page(path=f"/invite/{invite['token']}")
    page.get_by_role("link", name="Sign up").click()
    sign_up(page, "Gina", "gina.pages@example.com")
    page.get_by_role("button", name="Join").click()
    expect(page).to_have_url(re.compile(f"/w/{shared['id']}$"))
    assert "Gina" in [member["name"] for member in finn.get(f"/api/workspaces/{shared['id']}/members")["items"]]


def test_a_room_whose_sign_in_ends_while_it_opens_asks_for_nothing_more(desk, person):
    desk.forgive("401")
    page = desk.page(ada := person("Ada"), "/workspaces")
    refused, asked = {"error": {"code": "signed_out", "message": "Sign in to go on."}}, []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/api/models") else None)
    page.route("**/api/models", lambda route: route.fulfill(status=401, json=refused))
    page.clock.install()
    page.goto(f"/w/{ada.workspace()['id']}")
    expect(page.get_by_text("You were signed out")).to_be_visible()
    page.clock.run_for(10_000)
    page.evaluate("fetch('/api/session').then((answer) => answer.json())")
    assert len(asked) == 1


def test_an_invitation_that_was_taken_back_says_so(desk, person):
    desk.forgive("404")
    hana = person("Hana")
    shared = hana.workspace("Gone")
    invite = hana.post(f"/api/workspaces/{shared['id']}/invites", {"role": "editor"})["invite"]
    hana.delete(f"/api/invites/{invite['id']}")
    page = desk.page(path=f"/invite/{invite['token']}")
    expect(page.get_by_role("heading", name="This invitation does not open")).to_be_visible()


def test_a_reset_link_without_its_token_says_so(desk):
    page = desk.page(path="/reset")
    expect(page.get_by_role("heading", name="This link is not whole")).to_be_focused()


def test_the_account_changes_name_and_password_and_logs_out(desk, product, person):
    jo = person("Jo")
    page = desk.page(jo, "/account")
    page.get_by_label("Name").fill("Joanna")
    page.get_by_role("button", name="Save name").click()
    expect(page.get_by_text("Saved. Everyone sees it now.")).to_be_visible()
    page.get_by_role("link", name="Security").click()
    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_label("New password").fill("another quiet fox")
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_text("Changed. Every other device is signed out.")).to_be_visible()
    page.get_by_role("button", name="Log out").click()
    expect(page).to_have_url(re.compile("/login$"))
    again = Client(product.base_url)
    assert again.login(jo.user["email"], "another quiet fox")["name"] == "Joanna"
    again.close()


@pytest.mark.parametrize("window", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_open_pages_are_dark_and_accessible(desk, window):
    desk.forgive("404")
    page = desk.page(**window)
    for path in OPEN:
        visit(page, path)


@pytest.mark.parametrize("window", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_pages_of_a_signed_in_person_are_dark_and_accessible(desk, person, window):
    kim = person("Kim")
    kim.workspace("Dark rooms")
    page = desk.page(kim, **window)
    for path in SIGNED_IN:
        visit(page, path)
    page.goto("/workspaces")
    page.get_by_role("button", name="More for Dark rooms").click()
    check_looks(page, "the menu of a workspace")
    page.get_by_role("button", name="Delete", exact=True).click()
    check_looks(page, "the question before deleting")
