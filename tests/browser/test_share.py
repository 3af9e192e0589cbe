"""Sharing in the page: links that are made and ended, roles that change, members who are removed."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import check_looks
from tests.harness.client import Client
from tests.harness.making import admit


@pytest.fixture
def host(person) -> tuple[Client, str]:
    ina = person("Ina")
    return ina, f"/w/{ina.workspace('Harbours')['id']}"


def open_share(page: Page):
    page.locator("header").get_by_role("button", name="Share", exact=True).click()
    return page.get_by_role("dialog", name="Share this workspace")


def make_link(dialog, role: str) -> str:
    dialog.get_by_text(role, exact=True).first.click()
    dialog.get_by_role("button", name="Make a link").click()
    field = dialog.get_by_label("Invite link")
    expect(field).to_be_visible()
    return field.input_value()


def test_a_link_lets_somebody_in_whose_role_changes_and_who_is_removed_before_their_eyes(desk, host, person):
    ina, path = host
    page = desk.page(ina, path)
    dialog = open_share(page)
    link = make_link(dialog, "May generate")
    expect(dialog.locator(".links li")).to_have_count(1)
    expect(dialog.locator(".members li")).to_contain_text("Ina (you)")
    check_looks(page, "sharing")

    other = desk.page(person("Gil"), link)
    other.get_by_role("button", name="Join").click()
    expect(other.locator("#prompt")).to_be_visible()
    dialog.get_by_label("What Gil may do").select_option("May look")
    expect(other.get_by_text("You can look but not generate here.")).to_be_visible()

    remove = dialog.get_by_role("button", name="Remove Gil")
    remove.click()
    expect(remove).to_have_text("Remove")
    expect(dialog.get_by_text("Gil", exact=True)).to_be_visible()
    desk.forgive("404")
    remove.click()
    expect(dialog.get_by_text("Gil", exact=True)).to_have_count(0)
    expect(other.get_by_role("dialog")).to_be_visible()


def test_an_ended_link_opens_nothing_any_more(desk, host, person):
    ina, path = host
    page = desk.page(ina, path)
    dialog = open_share(page)
    link = make_link(dialog, "May look")
    expect(dialog.locator(".links li")).to_contain_text("May look not used yet")
    dialog.get_by_role("button", name="End this link").click()
    expect(dialog.locator(".links li")).to_have_count(0)
    desk.forgive("404")
    late = desk.page(person("Lea"), link)
    expect(late.get_by_text("This invitation was taken back.")).to_be_visible()


def test_an_editor_invites_too_and_a_viewer_does_not(desk, host, person):
    ina, path = host
    for role, may in (("editor", True), ("viewer", False)):
        guest = person(role.capitalize())
        invite = ina.post(f"/api/workspaces/{path.removeprefix('/w/')}/invites", {"role": role})["invite"]
        guest.post(f"/api/invites/{invite['token']}/accept", {})
        dialog = open_share(desk.page(guest, path))
        expect(dialog.get_by_role("button", name="Make a link")).to_be_visible(visible=may)
        expect(dialog.locator(".links li")).to_have_count(1 if may else 0)


def test_a_viewer_asks_and_the_owner_lets_them_make_pictures_by_one_press(desk, host, person):
    ina, path = host
    viewer = admit(ina, person("Vic"), path.removeprefix("/w/"), "viewer")
    page, theirs = desk.page(ina, path), desk.page(viewer, path)
    expect(page.locator("sync-state")).to_have_attribute("data-state", "saved")
    theirs.get_by_role("button", name="Ask for access").click()
    expect(theirs.get_by_text("Asked. The owner hears of it here and by mail.")).to_be_visible()
    expect(page.get_by_text("Vic asks to make pictures here.")).to_be_visible()
    page.get_by_role("button", name="Let them").click()
    expect(theirs.locator("#prompt")).to_be_visible()
    expect(theirs.get_by_text("You can look but not generate here.")).to_be_hidden()


def test_the_letter_s_way_leads_to_who_may_do_what(desk, host):
    ina, path = host
    page = desk.page(ina, f"{path}#share")
    expect(page.get_by_role("dialog", name="Share this workspace")).to_be_visible()
