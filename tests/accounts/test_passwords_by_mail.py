"""Choosing a new password by mail: one link, once, and nobody learns who has an account."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor

from tests.harness.client import PASSWORD, Client
from tests.harness.making import refusal

NEW = "a slow grey heron at dusk"


def ask(client: Client, email: str) -> None:
    assert client.raw("POST", "/api/auth/password-reset", json={"email": email}).status_code == 202


def confirm(client: Client, token: str, password: str = NEW):
    return client.raw("POST", "/api/auth/password-reset/confirm", json={"token": token, "password": password})


def test_a_link_sets_a_new_password_ends_every_sign_in_and_says_so_by_mail(post, resident, guest):
    ada, phone = resident("Ada"), guest()
    email = ada.user["email"]
    ask(phone, email.upper())
    letter = post.wait_for(email, "Choose a new password")
    assert letter.link.startswith("/reset#") and len(letter.token) >= 43
    assert letter.html.count(letter.token) == 3 and "color-scheme" in letter.html
    assert confirm(phone, letter.token).status_code == 204
    assert refusal(ada, "GET", "/api/account")[:2] == (401, "signed_out")
    assert refusal(phone, "POST", "/api/auth/login", json={"email": email, "password": PASSWORD})[0] == 401
    assert phone.login(email, NEW)["id"] == ada.user["id"]
    post.wait_for(email, "Your password was changed")


def test_of_fifty_tries_at_once_one_succeeds(post, resident, guest, house):
    bea = resident("Bea")
    ask(guest(), bea.user["email"])
    token = post.wait_for(bea.user["email"], "Choose").token
    clients = [guest() for _ in range(50)]
    for client in clients:
        client.token()
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda pair: confirm(pair[1], token, f"{NEW} {pair[0]}"), enumerate(clients)))
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [204] + [410] * 49
    winner = next(number for number, answer in enumerate(answers) if answer.status_code == 204)
    assert guest().login(bea.user["email"], f"{NEW} {winner}")


def test_a_new_link_a_changed_password_and_a_changed_address_kill_the_old_one(post, resident, guest):
    cy, phone = resident("Cy"), guest()
    email = cy.user["email"]
    ask(phone, email)
    first = post.wait_for(email, "Choose").token
    ask(phone, email)
    second = post.wait_for(email, "Choose", 2).token
    assert confirm(phone, first).status_code == 410
    cy.post("/api/auth/password", {"current": PASSWORD, "password": NEW}, status=204)
    assert confirm(phone, second).status_code == 410
    ask(phone, email)
    third = post.wait_for(email, "Choose", 3).token
    cy.patch("/api/account", {"email": f"new.{email}", "current": NEW})
    assert confirm(phone, third).status_code == 410
    assert "is older" in confirm(phone, "never-was").json()["error"]["message"]


def test_a_known_and_an_unknown_address_are_answered_alike(post, resident, house):
    """200 calls each, one after the other; the product has three web processes and its worker at work beside it."""
    dot = resident("Dot")
    askers = [Client(house.base_url) for _ in range(20)]
    times: dict[str, list[float]] = {dot.user["email"]: [], "nobody.here@example.com": []}
    answers = set()
    for number in range(200):
        asker = askers[number % len(askers)]
        asker.token()
        for email, spent in times.items():
            began = time.perf_counter()
            answer = asker.raw("POST", "/api/auth/password-reset", json={"email": email})
            spent.append(time.perf_counter() - began)
            answers.add((answer.status_code, answer.content))
    for asker in askers:
        asker.close()
    assert answers == {(202, b"{}\n")}
    known, unknown = (statistics.median(spent) * 1000 for spent in times.values())
    print(f"reset, medians: {known:.1f} ms known, {unknown:.1f} ms unknown")
    assert abs(known - unknown) < 3
    assert not post.to("nobody.here@example.com")


def test_the_page_of_a_link_tells_no_other_site_its_address(house, guest):
    for path in ("/reset", "/confirm"):
        assert guest().raw("GET", path).headers["Referrer-Policy"] == "no-referrer"
