"""From every earlier state of the database, with rows in it, to the newest: nothing is lost and the models fit."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import upgrade

from server import create_app
from server.config import Config
from server.extensions import db
from server.launch import schema
from tests.harness.postgres import postgres
from tests.harness.product import ROOT

MIGRATIONS = str(ROOT / "server" / "migrations")
REVISIONS = sorted(schema.revisions())
SAMPLES = {
    sa.Boolean: True, sa.Integer: 1, sa.Float: 0.5, sa.DateTime: datetime(2026, 3, 1, 12, tzinfo=UTC),
    sa.Date: date(2026, 3, 1), sa.JSON: {"a": ["fox"]}, sa.String: "1",
}  # fmt: skip


@pytest.fixture(scope="module")
def server():
    with postgres() as database:
        yield database


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(request, tmp_path):
    """`with fresh(name)` is an app whose database is empty."""

    @contextmanager
    def make(name: str) -> Iterator[Flask]:
        url = f"sqlite:///{tmp_path / name}.db"
        if request.param == "postgresql":
            url = empty_database(request.getfixturevalue("server").url, name)
        app = create_app(Config(data_dir=tmp_path, secret_key="", database_url=url), role="cli")
        with app.app_context():
            yield app
            db.engine.dispose()

    return make


def empty_database(url: str, name: str) -> str:
    url = url.replace("postgresql:", "postgresql+psycopg:")
    with sa.create_engine(url, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(sa.text(f'CREATE DATABASE "{name}"'))
    return url.replace("/postgres", f"/{name}")


def fill() -> dict[str, dict]:
    """A row in each table of the database as it is now; table -> what is in it."""
    known, rows = sa.MetaData(), {}
    with db.engine.begin() as connection:
        known.reflect(connection)
        for table in known.sorted_tables:
            if table.name != "alembic_version":
                rows[table.name] = {column.name: sample(column) for column in table.columns}
                connection.execute(table.insert().values(rows[table.name]))
    return rows


def sample(column: sa.Column):
    kind = next(kind for kind in type(column.type).__mro__ if kind in SAMPLES)
    return SAMPLES[kind]


def read(table: str, names: Iterable[str]) -> list[dict]:
    """Its rows, as the models read them, in these columns."""
    columns = [db.metadata.tables[table].c[name] for name in names]
    with db.engine.connect() as connection:
        return [dict(row._mapping) for row in connection.execute(sa.select(*columns))]


def differences() -> list:
    """What would have to be changed so that the database is as the models say."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, db.metadata)


def test_from_each_revision_rows_come_along_and_the_schema_is_the_models(fresh):
    for revision in REVISIONS:
        with fresh(f"from_{revision}"):
            upgrade(MIGRATIONS, revision)
            rows = fill()
            upgrade(MIGRATIONS)
            assert differences() == [], f"from {revision}"
            for table, row in rows.items():
                assert [plain(found) for found in read(table, row)] == [plain(row)], f"{table} from {revision}"


def plain(row: dict) -> dict:
    """SQLite forgets the time zone, which is always UTC."""
    return {name: value.replace(tzinfo=None) if isinstance(value, datetime) else value for name, value in row.items()}
