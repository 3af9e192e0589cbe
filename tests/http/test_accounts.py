"""Registering, signing in and out, and the guards against other sites."""

from tests.harness.client import PASSWORD, Client
from tests.harness.making import refusal

FOREIGN = {"Origin": "https://elsewhere.example"}


def test_registering_signs_in(nobody):
    answer = nobody.raw("POST", "/api/auth/register", json=account("rea@example.com", "Rea"))
    assert answer.status_code == 201
    assert set(answer.json()["user"]) == {"id", "name", "email", "color", "is_superuser"}
    nobody.become(answer.json()["user"])
    session = nobody.get("/api/session")
    assert session["user"] == answer.json()["user"]
    assert (session["plan"], session["quota"]["limit"]) == ("all_inclusive", None)


def account(email: str, name: str) -> dict:
    return {"email": email, "password": PASSWORD, "name": name}


def test_a_stranger_has_a_session_with_a_token_and_nothing_else(nobody):
    session = nobody.get("/api/session")
    assert session.pop("csrf_token")
    assert session == {"user": None, "plan": None, "quota": None}


def test_an_email_is_taken_whatever_its_case(nobody, ana):
    body = account(ana.user["email"].upper(), "Other")
    assert refusal(nobody, "POST", "/api/auth/register", json=body) == (409, "email_taken", "email")


def test_a_wrong_password_and_an_unknown_email_sound_the_same(nobody, ana):
    wrong = nobody.raw("POST", "/api/auth/login", json={"email": ana.user["email"], "password": "wrong"})
    unknown = nobody.raw("POST", "/api/auth/login", json={"email": "no@example.com", "password": "wrong"})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()


def test_logging_in_needs_no_right_case_of_the_email(nobody, ana):
    assert nobody.login(ana.user["email"].upper())["id"] == ana.user["id"]


def test_logging_out_ends_the_sign_in_even_for_a_kept_cookie(someone, product):
    leo = someone("Leo")
    thief = Client(product.base_url)
    thief.http.cookies = leo.http.cookies
    kept = {"Cookie": leo.cookie()}
    leo.post("/api/auth/logout", status=204)
    assert refusal(leo, "GET", "/api/account")[:2] == (401, "signed_out")
    thief.http.cookies.clear()
    assert refusal(thief, "GET", "/api/account", headers=kept)[:2] == (401, "signed_out")
    thief.close()


def test_logging_out_everywhere_ends_every_sign_in(someone, product):
    mia = someone("Mia")
    phone = Client(product.base_url)
    phone.login(mia.user["email"])
    mia.post("/api/auth/logout-everywhere", status=204)
    assert refusal(phone, "GET", "/api/account")[:2] == (401, "signed_out")
    phone.close()


def test_a_changed_password_ends_the_other_sign_ins_only(someone, product):
    nia = someone("Nia")
    phone = Client(product.base_url)
    phone.login(nia.user["email"])
    body = {"current": "not it", "password": "another quiet fox"}
    assert refusal(nia, "POST", "/api/auth/password", json=body) == (422, "invalid", "current")
    nia.post("/api/auth/password", {"current": PASSWORD, "password": "another quiet fox"}, status=204)
    assert refusal(phone, "GET", "/api/account")[:2] == (401, "signed_out")
    assert nia.get("/api/account")["user"] == nia.user
    phone.login(nia.user["email"], "another quiet fox")
    phone.close()


def test_a_write_without_the_token_is_refused(ana):
    for token in ("", "wrong"):
        refused = refusal(ana, "POST", "/api/workspaces", json={"name": "X"}, headers={"X-CSRFToken": token})
        assert refused[:2] == (400, "csrf_failed")


def test_a_token_of_another_person_is_refused(ana, stranger):
    headers = {"X-CSRFToken": stranger.token()}
    assert refusal(ana, "POST", "/api/workspaces", json={"name": "X"}, headers=headers)[:2] == (400, "csrf_failed")


def test_a_write_from_another_origin_is_refused_whatever_its_token(ana):
    for origin in ("https://elsewhere.example", "null", ana.base_url.replace("http:", "https:"), "http://127.0.0.1"):
        refused = refusal(ana, "POST", "/api/workspaces", json={"name": "X"}, headers={"Origin": origin})
        assert refused[:2] == (400, "csrf_failed"), origin


def test_signing_in_from_another_origin_is_refused(nobody, ana):
    body = {"email": ana.user["email"], "password": PASSWORD}
    assert refusal(nobody, "POST", "/api/auth/login", json=body, headers=FOREIGN)[:2] == (400, "csrf_failed")


def test_forwarded_headers_of_a_stranger_are_not_believed(ana, place):
    lies = {"X-Forwarded-Host": "elsewhere.example", "X-Forwarded-Proto": "https"}
    refused = refusal(ana, "POST", "/api/workspaces", json={"name": "X"}, headers={**lies, **FOREIGN})
    assert refused[:2] == (400, "csrf_failed")
    path = f"/api/workspaces/{place}/invites"
    made = ana.raw("POST", path, json={"role": "viewer"}, headers=lies).json()["invite"]
    assert made["url"] == f"{ana.base_url}/invite/{made['token']}"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(nobody, ana):
    answer = nobody.raw("POST", "/api/auth/login", json={"email": ana.user["email"], "password": PASSWORD})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie


def test_every_answer_carries_the_guards_of_the_browser(ana):
    for path in ("/", "/api/session", "/api/nothing", "/media/nothing/original"):
        headers = ana.raw("GET", path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in headers["Content-Security-Policy"], path


def test_renaming_shows_in_every_answer(someone):
    ora = someone("Ora")
    assert ora.patch("/api/account", {"name": "Orla"})["user"]["name"] == "Orla"
    assert ora.get("/api/session")["user"]["name"] == "Orla"
