"""The lists of the desk: found, paged, taken along, and read by index however many images there are."""

import csv
import io
from datetime import UTC, datetime

import pytest

from server.http.admin import LISTS
from tests.admin.known import write_invoice
from tests.admin.plans import Plans
from tests.admin.truth import check_known
from tests.harness.client import Client
from tests.harness.making import ask, finished, make, refusal


def rows_of(root: Client, name: str, **query) -> list[dict]:
    answer = root.raw("GET", f"/api/admin/{name}", params={"format": "csv", **query})
    assert answer.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_people_are_found_and_paged(root, resident):
    people = [resident(f"Quentin {number}") for number in range(3)]
    found, cursor = [], None
    while cursor or not found:
        answer = root.get("/api/admin/users", q="QUENTIN", limit=1, **({"before": cursor} if cursor else {}))
        found += answer["items"]
        cursor = answer["next"]
    assert [line["id"] for line in found] == [person.user["id"] for person in reversed(people)]
    assert found[0]["plan"] == "free" and found[0]["limit"] == 20 and found[0]["last_seen_at"]
    assert root.get("/api/admin/users", q="100%_nobody")["items"] == []


def test_use_is_told_by_day_person_and_model(root, resident, enter):
    ines = resident("Ines")
    make(ines, enter(ines, ines.workspace()["id"]), batch_size=2)
    (line,) = root.get("/api/admin/usage", q="ines")["items"]
    assert line["day"] == datetime.now(UTC).date().isoformat()
    assert (line["model"], line["ready"], line["failed"]) == ("sketch", 2, 0)


def test_payments_are_those_of_the_keys_that_are_set(lab, root, resident):
    uma = resident("Uma")
    write_invoice(lab, uma.user["id"], "in_test", livemode=False)
    write_invoice(lab, uma.user["id"], "in_live", livemode=True)
    (line,) = root.get("/api/admin/payments", q="uma")["items"]
    assert (line["number"], line["name"], line["paid"], line["refunded"]) == ("N-in_live", "Uma", 899, 300)
    assert [row["number"] for row in rows_of(root, "payments", q="N-in_")] == ["N-in_live"]


def test_jobs_are_told_apart_by_their_state(root, resident, enter):
    tab = enter(kai := resident("Kai"), (place := kai.workspace()["id"]))
    (failed,) = ask(kai, place, "[fail:moderated] a fox")["images"]
    finished(tab, failed["id"], "failed")
    states = {}
    for state in ("", "failed", "queued", "running"):
        told = root.raw("GET", f"/api/admin/queue?q=kai&status={state}").json()["items"]
        states[state] = [line["id"] for line in told]
    assert states == {"": [failed["id"]], "failed": [failed["id"]], "queued": [], "running": []}


def test_the_numbers_are_true_to_the_rows(lab, root, resident, enter):
    check_known(lab, root, resident("Ute"), enter)


@pytest.mark.parametrize("name", [*LISTS, "settings"])
def test_every_list_can_be_taken_along(root, name):
    items = root.get(f"/api/admin/{name}", limit=5)["items"]
    rows = rows_of(root, name)
    assert len(rows) >= len(items)
    if items and rows:
        assert set(rows[0]) == set(items[0])


def test_what_is_popular_can_be_taken_along(root):
    rows = rows_of(root, "popularity", days=7)
    assert rows[0]["kind"] == "all" and float(rows[0]["wait_p95"]) > 0
    assert {row["kind"] for row in rows} >= {"all", "model"}


def test_a_long_list_is_taken_along_to_its_end(root, ledger):
    ledger.execute(
        "WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < 10500) "
        "INSERT INTO mails SELECT printf('%036d', k), 'crowd' || k || '@example.com', 'welcome', '{}', '', '', '', "
        "'sent', 1, NULL, NULL, '2026-01-01 00:00:00.000000', NULL, NULL FROM n"
    )
    addresses = [row["to"] for row in rows_of(root, "outbox", q="crowd")]
    assert len(addresses) == len(set(addresses)) == 10_500
    ledger.execute("DELETE FROM mails WHERE kind = 'welcome' AND \"to\" LIKE 'crowd%'")


def test_the_log_is_searched_by_person_and_by_act(root, resident):
    wim = resident("Wim Searched")
    root.patch(f"/api/admin/users/{wim.user['id']}", {"plan": "all_inclusive"})
    acts = {line["act"] for line in root.get("/api/admin/audit", q="wim SEARCHED")["items"]}
    assert acts == {"registered", "signed_in", "user.plan"}
    assert acts == {line["act"] for line in root.get("/api/admin/audit", q=wim.user["email"])["items"]}
    assert {line["act"] for line in root.get("/api/admin/audit", q="user.plan")["items"]} == {"user.plan"}
    assert root.get("/api/admin/audit", q="nobody and nothing")["items"] == []


def test_no_cell_is_a_formula(root, resident):
    names = ["=1+1", "+cmd", "-2", "@SUM(A1)", " =1", "\u00a0=1", 'Plain, "quoted"']
    people = []
    for number, name in enumerate(names):
        person = resident(f"Formula{number}")
        person.patch("/api/account", {"name": name})
        people.append(person)
    rows = {row["email"]: row["name"] for row in rows_of(root, "users", q="formula")}
    told = [rows[person.user["email"]] for person in people]
    assert told == ["'=1+1", "'+cmd", "'-2", "'@SUM(A1)", "'=1", "'=1", 'Plain, "quoted"']


def test_secrets_among_the_settings_are_masked(lab, root):
    settings = {line["name"]: line for line in root.get("/api/admin/settings")["items"]}
    secret = (lab.data_dir / "secret_key").read_text().strip()
    assert settings["secret_key"]["value"] == "•••••"
    assert settings["redis_url"]["secret"] and settings["billing_enabled"]["value"] == "True"
    assert settings["image_api.url"]["value"] == "http://•••••@10.0.0.1"
    assert secret not in root.raw("GET", "/api/admin/settings").text


def test_no_key_opens_the_desk(root):
    key = root.post("/api/keys", {"name": "All", "scopes": ["read", "generate", "admin"]})["secret"]
    answer = root.http.get("/api/admin/users", headers={"Authorization": f"Bearer {key}"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


def test_a_bad_question_is_refused_plainly(root):
    root.get("/api/admin/users", limit=0, status=422)
    root.get("/api/admin/users", before="nonsense", status=422)
    root.get("/api/admin/popularity", days=9, status=422)
    root.get("/api/admin/history", span="1y", status=422)
    assert refusal(root, "GET", "/api/admin/queue?status=ready") == (422, "invalid", "status")


def test_no_list_and_no_number_scans_the_images(lab, root, resident, enter):
    room = enter(person := resident("Jan"), person.workspace()["id"])
    make(person, room)
    plans = Plans(lab)
    assert sum("ix_images_finished_at" in line for line in plans.lines) >= 6
    assert plans.scans == []
