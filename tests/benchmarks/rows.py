"""How quick a workspace opens among a million pictures. `python -m tests.benchmarks.rows [IMAGES] [WORKSPACES]`

PostgreSQL, filled by copying what was really made: one batch of six and one exchange in the chat. A fifth of the
pictures lie in ten great workspaces. Beside it: the plainest answer of the same process. What others take of the
processors meanwhile is not counted.
"""

import os
import random
import sys
import time
from collections.abc import Iterator

import psycopg

from tests.benchmarks.measuring import waited
from tests.benchmarks.table import HEAD, Row, percentile, show
from tests.faults import rig
from tests.harness.client import Client
from tests.harness.making import make
from tests.harness.postgres import postgres
from tests.harness.room import Room

BATCH, GREAT, TALKS, PEOPLE, ASKED = 6, 10, 25, 300, 300
LARGE = ("images", "image_stars", "generations", "messages", "proposals", "memberships", "workspaces")


def rows(images: int = 1_000_000, workspaces: int = 10_000) -> Iterator[Row]:
    with (
        postgres() as server,
        rig.product(DATABASE_URL=server.url, SKETCH_PACE="0", GUIDE_PACE="0") as product,
        rig.somebody(product) as ada,
        psycopg.connect(server.url, autocommit=True) as database,
    ):
        seed(ada)
        begun = time.monotonic()
        fill(database, images // BATCH, workspaces)
        places = [id for (id,) in database.execute("SELECT id FROM places WHERE n <= 1000 ORDER BY n")]
        yield Row(f"{images:,} images, {workspaces:,} workspaces filled in", time.monotonic() - begun, "s")
        scanned = scans(database)
        watch = Watch(ada, product.pids()["web"], database)
        plain = watch.timed(["/api/health/live"] * ASKED)
        snapshots = watch.timed([f"/api/workspaces/{place}/snapshot" for place in chosen(places)])
        pages = watch.timed([f"/api/workspaces/{place}/images" for place in chosen(places)])
        deep = watch.timed(list(onward(ada, f"/api/workspaces/{places[0]}/images", 40)))
        for name, took, target in (("snapshot among them", snapshots, 60), ("page of images", pages, 40),
                                   ("page far down a great wall", deep, 40)):  # fmt: skip
            for share, bound in ((0.5, None), (0.95, target)):
                beside = percentile(plain, share)
                yield Row(f"{name}, p{share:.0%}"[:-1], percentile(took, share), "ms", beside, "health/live", bound)
        for table, number in scans(database).items():
            yield Row(f"whole scans of {table} meanwhile", number - scanned[table], "", target=0)


def seed(ada: Client) -> None:
    """What everything is copied from."""
    place = ada.workspace()["id"]
    room = Room(ada, place).enter()
    image = make(ada, room, batch_size=BATCH)[0]
    ada.patch(f"/api/images/{image['id']}", {"starred": True})
    reply = ada.post(f"/api/workspaces/{place}/messages", {"content": "variants of a fox at dawn"})["reply"]
    room.wait_for_event("message.updated", id=reply["id"], status="complete", patience=40)
    room.leave()


def fill(database: psycopg.Connection, batches: int, workspaces: int) -> None:
    database.execute("SET session_replication_role = replica")
    database.execute(f"""
        CREATE TABLE places AS SELECT n, gen_random_uuid()::text AS id FROM generate_series(1, {workspaces}) n;
        CREATE TABLE batches AS SELECT n, gen_random_uuid()::text AS id, now() - n * interval '1 minute' AS at,
            CASE WHEN n % 5 = 0 THEN 1 + n / 5 % {GREAT} ELSE 1 + n % {workspaces} END AS place
            FROM generate_series(1, {batches}) n;
        CREATE TABLE talks AS SELECT left(gen_random_uuid()::text, 35) AS id, place, now() - n * interval '1 hour' AS at
            FROM generate_series(1, {TALKS}) n, generate_series(1, 1000) place;
        CREATE INDEX ON places (n);
        CREATE TABLE seeded AS SELECT id FROM workspaces WHERE NOT is_sample;
        CREATE TABLE guests AS SELECT n, gen_random_uuid()::text AS id FROM generate_series(1, {PEOPLE}) n""")
    copy(database, "users", "guests g", "true", id="g.id", email="g.id || '@example.com'")
    copy(database, "workspaces", "places p", "t.id IN (SELECT id FROM seeded)", id="p.id")
    copy(database, "memberships", "places p", OURS, workspace_id="p.id")
    guests = "places p CROSS JOIN generate_series(1, 3) k JOIN guests g ON g.n = 1 + (p.n * 3 + k) % 300"
    copy(database, "memberships", guests, OURS, workspace_id="p.id", user_id="g.id", role="'editor'")
    placed = "batches b JOIN places p ON p.n = b.place"
    copy(database, "generations", placed, OURS, id="b.id", workspace_id="p.id", created_at="b.at")
    copy(database, "images", placed, OURS, id="gen_random_uuid()::text", workspace_id="p.id", generation_id="b.id",
         created_at="b.at", finished_at="b.at")  # fmt: skip
    talked = "talks b JOIN places p ON p.n = b.place"
    copy(database, "messages", talked, OURS, id="b.id || CASE t.role WHEN 'user' THEN 'b' ELSE 'a' END",
         workspace_id="p.id", created_at="b.at", reply_to="NULL")  # fmt: skip
    copy(database, "proposals", "talks b", "true", id="gen_random_uuid()::text", message_id="b.id || 'a'")
    database.execute("""INSERT INTO image_stars (image_id, user_id) SELECT id, author_id FROM images
        WHERE index = 0 AND NOT EXISTS (SELECT 1 FROM image_stars WHERE image_id = id)""")
    database.execute("ANALYZE")


OURS = "t.workspace_id IN (SELECT id FROM seeded)"


def copy(database: psycopg.Connection, table: str, onto: str, which: str, **changed: str) -> None:
    """Copy each of these rows of a table onto every row of `onto`; the changed columns are SQL."""
    found = database.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s", (table,)
    )
    columns = [name for (name,) in found]
    values = ", ".join(changed.get(name, f't."{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    kept = f"(SELECT * FROM {table} t WHERE {which}) t"
    database.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM {kept} CROSS JOIN {onto}")


def chosen(places: list[str]) -> list[str]:
    """Places by chance, every tenth a great one."""
    return [random.choice(places[:GREAT] if turn % 10 == 0 else places) for turn in range(ASKED)]


def onward(ada: Client, path: str, pages: int) -> Iterator[str]:
    """The addresses of the pages that follow one another."""
    cursor = ada.get(path)["next"]
    for _ in range(pages):
        yield f"{path}?before={cursor}"
        cursor = ada.get(path, before=cursor)["next"]


class Watch:
    """Times answers, less the time in which asker, web process and database had to wait for a processor."""

    def __init__(self, ada: Client, web: int, database: psycopg.Connection):
        self.client, self.database, self.pids = ada, database, [os.getpid(), web]

    def timed(self, paths: list[str]) -> list[float]:
        """How many ms it took to be answered, for each path."""
        serving = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"
        pids = [*self.pids, *(pid for (pid,) in self.database.execute(serving))]
        return [1000 * self._seconds(path, pids) for path in paths]

    def _seconds(self, path: str, pids: list[int]) -> float:
        begun = time.perf_counter()
        before = sum(map(waited, pids))
        self.client.get(path)
        stolen = sum(map(waited, pids)) - before
        return time.perf_counter() - begun - stolen


def scans(database: psycopg.Connection) -> dict[str, int]:
    """How often each large table was read from end to end so far."""
    time.sleep(1.5)  # PostgreSQL counts with a delay
    told = database.execute("SELECT relname, seq_scan FROM pg_stat_user_tables WHERE relname = ANY(%s)", (list(LARGE),))
    return dict(told.fetchall())


if __name__ == "__main__":
    print(HEAD)
    show(rows(*map(int, sys.argv[1:])))
