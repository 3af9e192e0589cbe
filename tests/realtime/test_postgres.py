"""What PostgreSQL lets happen side by side and SQLite never would."""

import signal

import psycopg
import pytest

from tests.harness.client import Client
from tests.harness.making import ask, finished
from tests.harness.postgres import postgres
from tests.harness.room import Room

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


@pytest.fixture
def house(start_product):
    with postgres() as database:
        product = start_product(DATABASE_URL=database.url)
        yield product, database
        product.discard()


def test_what_is_cancelled_while_a_worker_takes_it_stays_cancelled(house):
    product, database = house
    ada = Client(product.base_url)
    ada.register("Ada")
    room = Room(ada, ada.workspace()["id"]).enter()
    product.kill("images", signal.SIGSTOP)
    one = ask(ada, room.workspace_id)["images"][0]
    with psycopg.connect(database.url) as cancelling, psycopg.connect(database.url, autocommit=True) as looking:
        cancelling.execute("UPDATE images SET status = 'cancelled' WHERE id = %s", [one["id"]])
        product.kill("images", signal.SIGCONT)
        two = ask(ada, room.workspace_id)["images"][0]
        product.wait_until(
            lambda: looking.execute(WAITING).fetchone()[0] or any(room.found("image.updated", {"id": two["id"]})),
            20, "the worker took nothing",
        )  # fmt: skip
        cancelling.commit()
    finished(room, two["id"])
    assert product.rows("SELECT status FROM images WHERE id = :id", id=one["id"]) == [("cancelled",)]
    assert ada.raw("POST", "/api/invites/%00/accept", json={}).status_code == 404
    room.leave()
