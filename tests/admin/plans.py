"""How a database finds the rows of every query that the desk makes."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import event

from server import create_app
from server.actions.desk import popularity, stats
from server.actions.desk.history import SPANS, History
from server.actions.desk.lately import Lately
from server.cli import NOWHERE
from server.config import Config
from server.extensions import db
from server.http.admin import LISTS
from tests.admin.known import url_of
from tests.harness.product import Product

SOMEWHERE = (datetime.now(UTC), "ffffffff-ffff-7fff-bfff-ffffffffffff")
SCANS = {"sqlite": r"^SCAN images\b", "postgresql": r"Seq Scan on images\b"}
PREFIX = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN"}


class Plans:
    """`lines` are the steps of all plans, `scans` those that read the whole of `images`."""

    def __init__(self, product: Product):
        settings = Config(data_dir=product.data_dir, secret_key="x", database_url=url_of(product))
        self.app = create_app(replace(settings, redis_url=NOWHERE), role="cli")
        self.lines: list[str] = []
        with self.app.app_context():
            self.kind = db.engine.dialect.name
            event.listen(db.engine, "before_cursor_execute", self.explain)
            look_at_everything()
            db.session.rollback()
            db.engine.dispose()
        self.scans = [line for line in self.lines if re.search(SCANS[self.kind], line)]

    def explain(self, connection, cursor, statement, parameters, context, many) -> None:
        if statement.startswith("SELECT"):
            found = cursor.execute(f"{PREFIX[self.kind]} {statement}", parameters).fetchall()
            self.lines += [str(row[-1]).strip() for row in found]


def look_at_everything() -> None:
    """Each list from its beginning, further on and searched, as its file too; each number and each chart."""
    for lines in LISTS.values():
        for words in ("fox", ""):
            for limit, before in ((60, None), (60, SOMEWHERE), (1000, SOMEWHERE)):
                lines(words, limit, before)
    stats.read()
    Lately().look().minutes()
    for span in SPANS:
        History().read(span)
    popularity.report(30)
