"""The desk on PostgreSQL: every list, every number, and a log that only grows."""

import psycopg
import pytest

from server.http.admin import LISTS
from tests.admin.known import write_many
from tests.admin.plans import Plans
from tests.admin.seat import Seat
from tests.admin.truth import check_known
from tests.harness.client import PASSWORD, newcomers
from tests.harness.making import make
from tests.harness.postgres import postgres
from tests.harness.product import Product
from tests.harness.room import Room

MANY = 40_000
LINE = """INSERT INTO audit (id, act, facts, created_at, address)
VALUES (%s, 'old', '{}', now() - %s * interval '1 day', '10.0.0.1')"""
TAMPERING = (
    "UPDATE audit SET act = 'nothing'",
    "UPDATE audit SET address = NULL WHERE id = 'young'",
    "UPDATE audit SET address = '10.0.0.2' WHERE id = 'old'",
    "UPDATE audit SET address = NULL, facts = '{\"a\": 1}' WHERE id = 'old'",
    "INSERT INTO audit (id, act, facts, created_at) VALUES ('old', 'nothing', '{}', now()) "
    "ON CONFLICT (id) DO UPDATE SET act = 'nothing'",
    "DELETE FROM audit",
    "TRUNCATE audit",
)


def test_everything_is_there_on_postgresql_too(tmp_path):
    with postgres() as database:
        with Product(tmp_path, DATABASE_URL=database.url, SKETCH_PACE="0").running() as own:
            look_around(own)
        with psycopg.connect(database.url) as connection:
            for id, days in (("old", 91), ("young", 89)):
                connection.execute(LINE, (id, days))
            for statement in TAMPERING:
                with pytest.raises(psycopg.errors.RaiseException, match="audit only grows"), connection.transaction():
                    connection.execute(statement)
            assert connection.execute("UPDATE audit SET address = NULL WHERE id = 'old'").rowcount == 1


def look_around(product: Product) -> None:
    with newcomers(product.base_url) as join:
        root, ada = join("Root"), join("Ada")
        room = Room(ada, ada.workspace()["id"]).enter()
        sample = make(ada, room)[0]["id"]
        root.post("/api/admin/confirm", {"password": PASSWORD})
        check_known(product, root, ada, lambda *_: room)
        for name in LISTS:
            root.get(f"/api/admin/{name}", q="a")
            assert root.raw("GET", f"/api/admin/{name}", params={"format": "csv"}).is_success
        root.patch(f"/api/admin/users/{ada.user['id']}", {"disabled": True})
        seat = Seat(root).sit()
        seat.watch("stats")
        assert seat.wait_for(lambda seat: seat.stats)[0]["images_per_min"] >= 1
        seat.socket.disconnect()
        room.leave()
        write_many(product, sample, MANY)
        plans = Plans(product)
        assert sum("ix_images_finished_at" in line for line in plans.lines) >= 6
        assert plans.scans == []
