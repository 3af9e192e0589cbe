"""The outbox: letters wait, are tried again, are given up, or are kept where no mail server is."""

import sqlite3

from tests.harness.client import PASSWORD
from tests.harness.operator import cli


def ask(guest, email: str) -> None:
    guest().post("/api/auth/password-reset", {"email": email})


def row(database, email: str) -> tuple:
    """(status, tries, text, error) of the newest letter to an address."""
    query = "SELECT status, tries, text, error FROM mails WHERE \"to\" = ? ORDER BY created_at DESC LIMIT 1"
    return database.execute(query, (email,)).fetchone()


def test_a_letter_that_is_put_off_comes_later_once(post, house, resident, guest, ledger):
    abe = resident("Abe").user["email"]
    post.say[:] = ["451 Come back later", "421 Not now"]
    ask(guest, abe)
    letter = post.wait_for(abe, "Choose")
    house.wait_until(lambda: row(ledger, abe)[0] == "sent", 5, "it was not marked")
    assert row(ledger, abe) == ("sent", 3, "", None)
    assert len(post.to(abe)) == 1
    assert letter.sender == "lab@example.com" and letter.id.endswith("@example.com>")


def test_a_letter_that_is_refused_for_good_is_not_tried_again(post, house, resident, guest, ledger):
    bo = resident("Bo").user["email"]
    tries = post.tries
    post.say[:] = ["550 No such mailbox"]
    ask(guest, bo)
    house.wait_until(lambda: (row(ledger, bo) or ["waiting"])[0] == "failed", 10, "it was not given up")
    assert row(ledger, bo)[3] == "550 No such mailbox"
    assert post.tries == tries + 1


def test_without_a_mail_server_letters_are_kept_to_be_read(product, person):
    asker = person("Cal")
    cal = asker.user["email"]
    asker.post("/api/auth/password-reset", {"email": cal})
    database = sqlite3.connect(product.data_dir / "emulsion.db", timeout=10)
    product.wait_until(lambda: (row(database, cal) or ["waiting"])[0] == "kept", 10, "it was not kept")
    assert f"{product.port}/reset#" in row(database, cal)[2]
    database.close()


def test_a_superuser_sends_a_letter_again_with_a_new_link(post, house, resident, guest, ledger):
    dee, root = resident("Dee").user["email"], resident("Root")
    cli(house, "create-superuser", root.user["email"])
    root.post("/api/admin/confirm", {"password": PASSWORD})
    ask(guest, dee)
    house.wait_until(lambda: (row(ledger, dee) or ["waiting"])[0] == "sent", 10, "it was not sent")
    (mail,) = [mail for mail in root.get("/api/admin/outbox", q=dee)["items"] if mail["kind"] == "reset"]
    root.post(f"/api/admin/outbox/{mail['id']}/send", status=202)
    house.wait_until(lambda: len(post.to(dee)) == 2, 10, "it did not come again")
    first, second = (letter.token for letter in post.to(dee))
    guest().post("/api/auth/password-reset/confirm", {"token": first, "password": "a slow grey heron"}, status=410)
    guest().post("/api/auth/password-reset/confirm", {"token": second, "password": "a slow grey heron"}, status=204)
    log = root.get("/api/admin/audit", q="mail.sent_again")["items"]
    assert log[0]["target_id"] == mail["id"]
