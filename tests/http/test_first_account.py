"""The first account of a fresh installation, and the second."""

import sqlite3

import pytest
from playwright.sync_api import expect

from tests.browser.looks import check_looks
from tests.harness.browser import Desk
from tests.harness.client import PASSWORD
from tests.harness.wire import Wire


@pytest.fixture(scope="module")
def sample(first) -> dict:
    return next(item for item in first.get("/api/workspaces")["items"] if item["is_sample"])


def test_the_first_account_is_the_superuser_and_owns_the_sample(first, sample):
    assert first.user["is_superuser"] is True
    assert (sample["name"], sample["role"], sample["owner_id"]) == ("Start here", "owner", first.user["id"])


def test_the_sample_shows_pictures_a_batch_with_axes_and_a_short_chat(first, sample):
    snapshot = first.get(f"/api/workspaces/{sample['id']}/snapshot")["snapshot"]
    assert snapshot["images"] and all(image["status"] == "ready" for image in snapshot["images"])
    assert len(snapshot["messages"]) == 4
    assert any(generation["axes"] and generation["count"] > 1 for generation in snapshot["generations"])
    assert first.raw("GET", snapshot["images"][0]["original_url"]).status_code == 200


def test_the_sample_has_one_hint_at_a_time_and_the_next_when_it_was_used_or_closed(till, first, sample, browser):
    desk = Desk(browser, till.base_url)
    page = desk.page(first, f"/w/{sample['id']}", reduced_motion="reduce")

    def hinted(words: str) -> None:
        expect(page.locator("[data-tip]:visible")).to_have_count(1)
        expect(page.locator("[data-tip]:visible")).to_contain_text(words)
        check_looks(page, f"the hint “{words}”")

    hinted("Press a picture to see it large")
    page.locator(".tile-open").first.click()
    page.keyboard.press("Escape")
    hinted("Alternatives in braces make one picture each")
    page.reload()
    page.locator("body[data-ready]").wait_for()
    hinted("Alternatives in braces make one picture each")
    page.locator("#prompt").press_sequentially("a fox at {")
    hinted("Say here what you want to see")
    page.locator("[data-tip=chat]").get_by_role("button", name="Close this hint").click()
    expect(page.locator("#say")).to_be_focused()
    expect(page.locator("[data-tip]:visible")).to_have_count(0)
    page.reload()
    page.locator("body[data-ready]").wait_for()
    expect(page.locator("[data-tip]:visible")).to_have_count(0)
    desk.close()


def test_the_second_account_is_an_ordinary_one_without_a_sample(free):
    second = free("Sam")
    assert second.user["is_superuser"] is False
    assert second.get("/api/workspaces")["items"] == []


def test_the_sample_never_counts_against_the_plan(first):
    workspace = first.workspace("My own")
    assert workspace["is_sample"] is False
    assert first.raw("POST", "/api/workspaces", json={"name": "One too many"}).json()["error"]["code"] == "plan_limit"


def test_passwords_are_kept_as_argon2id_only(till, first):
    with sqlite3.connect(till.data_dir / "emulsion.db") as database:
        hashes = [row[0] for row in database.execute("SELECT password_hash FROM users")]
    assert hashes and all(kept.startswith("$argon2id$") for kept in hashes)


def test_each_sign_in_is_a_row_that_logging_out_revokes(till, free):
    def alive(user: dict) -> int:
        with sqlite3.connect(till.data_dir / "emulsion.db") as database:
            query = "SELECT count(*) FROM sessions WHERE user_id = ? AND revoked_at IS NULL"
            return database.execute(query, (user["id"],)).fetchone()[0]

    tess = free("Tess")
    user = tess.user
    tess.login(user["email"])
    assert alive(user) == 2
    tess.post("/api/auth/logout", status=204)
    assert alive(user) == 1


def test_a_socket_outlives_its_sign_in_by_one_period_even_if_the_word_was_lost(till, free):
    ida = free("Ida")
    wire = Wire.of(ida)
    with sqlite3.connect(till.data_dir / "emulsion.db", timeout=10) as database:
        database.execute("UPDATE sessions SET revoked_at = '2026-01-01 00:00:00' WHERE user_id = ?", (ida.user["id"],))
    assert wire.hear("41")
    wire.close()


def test_a_disabled_person_is_out_at_every_door(till, free):
    ugo = free("Ugo")
    user, wire = ugo.user, Wire.of(ugo)
    with sqlite3.connect(till.data_dir / "emulsion.db", timeout=10) as database:
        database.execute("UPDATE users SET disabled_at = '2026-01-01 00:00:00' WHERE id = ?", (user["id"],))
    assert wire.hear("41")
    ugo.get("/api/account", status=401)
    ugo.csrf_token = None
    ugo.post("/api/auth/login", {"email": user["email"], "password": PASSWORD}, status=401)
    wire.close()
