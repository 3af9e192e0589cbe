"""Images whose numbers are known, written beside a product into its database; and very many, for the planner."""

import uuid
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, MetaData, NullPool, Table, create_engine, insert, select, text

from tests.harness.product import Product

MODEL = "known/alpha"
READY, SLOW, FAILED, CANCELLED = 240, 60, 100, 50
LATE = 4


class Known:
    """`begin` is a quarter of an hour, twenty hours ago, in which all of them ended but `LATE` that were waiting."""

    def __init__(self):
        moment = datetime.now(UTC) - timedelta(hours=20)
        self.begin = moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)
        self.end = self.begin + timedelta(minutes=15)

    def rows(self) -> list[dict]:
        """One again asked for after a day and one from an archive are ready too, the second of them not made here."""
        at = self.begin + timedelta(minutes=5)
        again = {"created_at": at - timedelta(days=1), "attempt": 2}
        return [
            *[ended(at, "ready", wait=7, making=3)] * READY,
            *[ended(at, "ready", wait=30, making=20)] * SLOW,
            *[ended(at, "failed", wait=9, making=9)] * FAILED,
            *[ended(at, "cancelled", wait=9, making=None)] * (CANCELLED - LATE),
            *[ended(self.end + timedelta(minutes=2), "cancelled", wait=240, making=None)] * LATE,
            {**ended(at, "ready", wait=7, making=3), **again},
            {**ended(at, "ready", wait=7, making=3), "charged_to": None},
        ]


def ended(at: datetime, status: str, wait: float, making: float | None) -> dict:
    """An image that was asked for `wait` seconds before its end and begun `making` seconds before it."""
    started = None if making is None else at - timedelta(seconds=making)
    times = {"created_at": at - timedelta(seconds=wait), "started_at": started, "finished_at": at}
    return {"model": MODEL, "connection": "known", "status": status, "attempt": 1, "tries": 1, **times}


def write_known(product: Product, sample_id: str) -> Known:
    """Three requests in a known style, one of them in another one too; what the archive brought has a third one."""
    known = Known()
    styles = [["Known ink", "Known oil"], ["Known ink"], ["Known ink"], ["Known stranger"]]
    with database(product) as connection:
        images, generations = tables(connection)
        sample = one(connection, images, sample_id)
        request = one(connection, generations, sample["generation_id"])
        ids = [str(uuid.uuid4()) for _ in styles]
        named = [[{"name": name} for name in names] for names in styles]
        requests = zip(ids, named, strict=True)
        connection.execute(insert(generations), [{**request, "id": id, "styles": names} for id, names in requests])
        rows = known.rows()
        copies = [
            {**sample, "id": str(uuid.uuid4()), "generation_id": ids[index % 3], "index": index, **row}
            for index, row in enumerate(rows[:-1])
        ]
        stranger = {**sample, "id": str(uuid.uuid4()), "generation_id": ids[3], "index": 0, **rows[-1]}
        connection.execute(insert(images), [*copies, stranger])
    return known


def write_many(product: Product, sample_id: str, count: int) -> None:
    """Copies of an image over a year on PostgreSQL, four a request; some failed, some waiting; and the statistics."""
    age = f"now() - n * interval '1 year' / {count}"
    request = "md5(((n - 1) / 4)::text)::uuid::text"
    own = {
        "id": "gen_random_uuid()::text",
        "generation_id": request,
        "index": "(n - 1) % 4",
        "status": "CASE WHEN n <= 200 THEN 'queued' WHEN n % 100 = 0 THEN 'failed' ELSE 'ready' END",
        "created_at": age,
        "started_at": age,
        "finished_at": f"CASE WHEN n > 200 THEN {age} END",
        "run_after": "CASE WHEN n <= 200 THEN now() + interval '1 day' END",
    }
    with database(product) as connection:
        images, generations = tables(connection)
        sample = one(connection, images, sample_id)
        requests = {"id": request, "created_at": age}
        copy(connection, generations, sample["generation_id"], requests, range(1, count + 1, 4))
        copy(connection, images, sample_id, own, range(1, count + 1))
        connection.execute(text("ANALYZE"))


def copy(connection: Connection, table: Table, id: str, own: dict[str, str], numbers: range) -> None:
    """A copy of a row for each number `n`, in which some columns are `own` expressions."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    values = ", ".join(own.get(column.name, f'"{column.name}"') for column in table.columns)
    series = f"generate_series({numbers.start}, {numbers[-1]}, {numbers.step}) AS n"
    query = f"INSERT INTO {table.name} ({names}) SELECT {values} FROM {table.name}, {series} WHERE id = :id"
    connection.execute(text(query), {"id": id})


def write_invoice(product: Product, user_id: str, id: str, livemode: bool) -> None:
    """An invoice of an earlier month, paid and partly refunded, under keys of one mode."""
    customer = {"id": f"cus_{id}", "user_id": user_id, "livemode": livemode, "asked": 0, "applied": 0}
    sums = {"amount": 899, "paid": 899, "refunded": 300, "currency": "usd"}
    named = {"id": id, "stripe_id": id, "customer_id": f"cus_{id}", "number": f"N-{id}"}
    invoice = {**named, "status": "partly_refunded", **sums}
    with database(product) as connection:
        found = MetaData()
        found.reflect(connection, only=("customers", "invoices"))
        moment = {"created_at": datetime.now(UTC) - timedelta(days=40)}
        connection.execute(insert(found.tables["customers"]), customer | moment)
        connection.execute(insert(found.tables["invoices"]), invoice | moment)


def url_of(product: Product) -> str:
    return product.settings.get("DATABASE_URL", f"sqlite:///{product.data_dir / 'emulsion.db'}")


def database(product: Product):
    """A transaction on its database."""
    return create_engine(url_of(product).replace("postgresql:", "postgresql+psycopg:"), poolclass=NullPool).begin()


def tables(connection: Connection) -> tuple[Table, Table]:
    found = MetaData()
    found.reflect(connection, only=("images", "generations"))
    return found.tables["images"], found.tables["generations"]


def one(connection: Connection, table: Table, id: str) -> dict:
    return dict(connection.execute(select(table).where(table.c.id == id)).mappings().one())
