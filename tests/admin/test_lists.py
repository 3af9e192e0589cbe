"""The lists of the desk: found, paged, taken along, and read by index however many images there are."""

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from server import create_app
from server.actions.desk import popularity, stats
from server.actions.desk.lately import Lately
from server.cli import NOWHERE
from server.config import Config
from server.extensions import db
from server.http.admin import LISTS
from tests.harness.client import Client
from tests.harness.making import make


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
    popular = root.get("/api/admin/popularity", days=7)["popularity"]
    assert popular["success"] == 1.0 and popular["wait"]["p95"] > 0
    assert popular["models"][0]["model"] == "sketch"


@pytest.mark.parametrize("name", LISTS)
def test_every_list_can_be_taken_along(root, name):
    items = root.get(f"/api/admin/{name}", limit=5)["items"]
    rows = rows_of(root, name)
    assert len(rows) >= len(items)
    if items and rows:
        assert set(rows[0]) == set(items[0])


def test_no_cell_is_a_formula(root, resident):
    names = ["=1+1", "+cmd", "-2", "@SUM(A1)", " =1", 'Plain, "quoted"']
    people = []
    for number, name in enumerate(names):
        person = resident(f"Formula{number}")
        person.patch("/api/account", {"name": name})
        people.append(person)
    rows = {row["email"]: row["name"] for row in rows_of(root, "users", q="formula")}
    told = [rows[person.user["email"]] for person in people]
    assert told == ["'=1+1", "'+cmd", "'-2", "'@SUM(A1)", "'=1", 'Plain, "quoted"']


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
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "forbidden")


def test_a_bad_question_is_refused_plainly(root):
    root.get("/api/admin/users", limit=0, status=422)
    root.get("/api/admin/users", before="nonsense", status=422)
    root.get("/api/admin/popularity", days=9, status=422)


def test_no_list_and_no_number_scans_the_images(lab, root, resident, enter):
    room = enter(person := resident("Jan"), person.workspace()["id"])
    make(person, room)
    plans = plans_of_everything(lab)
    assert sum("ix_images_finished_at" in plan for plan in plans) >= 6
    assert [plan for plan in plans if re.search(r"SCAN (images|messages|generations)\b", plan)] == []


def plans_of_everything(lab) -> list[str]:
    """How SQLite finds the rows of each query that the desk makes, in the lab's own database."""
    settings = Config(data_dir=lab.data_dir, secret_key="x", database_url=f"sqlite:///{lab.data_dir / 'emulsion.db'}")
    app = create_app(replace(settings, redis_url=NOWHERE), role="cli")
    plans: list[str] = []
    with app.app_context():

        @event.listens_for(db.engine, "before_cursor_execute")
        def explain(connection, cursor, statement, parameters, context, many):
            if statement.startswith("SELECT"):
                plans.extend(row[3] for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))

        for lines in LISTS.values():
            lines("fox", 60, (datetime.now(UTC), "ffffffff-ffff-7fff-bfff-ffffffffffff"))
            lines("", 60, None)
        stats.read()
        Lately().look().minutes()
        popularity.report(30)
        db.session.rollback()
        db.engine.dispose()
    return plans
