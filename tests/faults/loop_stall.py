"""Test 17: slow queries, sign-ins and uploads never hold up the loop. `python -m tests.faults.loop_stall`

PostgreSQL keeps writes waiting a second at a time behind a lock of ours, many in parallel, while people sign in (whose
passwords cost real time to check), replies stream and an archive is uploaded. Meanwhile one connection asks for
`/api/health/live`, which touches nothing but the loop: how late its answers come is how late everything comes.
A bare server answers as many queries of a second meanwhile, by the same driver as it comes.
"""

import http.client
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import httpx
import psycopg

from tests.benchmarks.peers import running
from tests.benchmarks.table import HEAD, Row, percentile, show
from tests.contract import Server, contract_server
from tests.faults import rig
from tests.harness.client import Client
from tests.harness.postgres import Postgres, postgres
from tests.harness.product import Product

PROBE_EVERY = 0.01
HELD = 1.0


def rows(**sizes) -> list[Row]:
    ours, bare = on_ours(**sizes), on_bare()
    beside = "bare Flask-SocketIO"
    return [
        Row("17 loop stall: lag p99 under slow queries", ours["p99"], "ms", bare["p99"], beside, target=50),
        Row("17 loop stall: the longest lag", ours["most"], "ms", bare["most"], beside, target=250),
        Row("17 loop stall: lag p99 at rest", ours["quiet"], "ms"),
        Row("17 loop stall: writes that waited and were done", ours["done"], ""),
    ]  # fmt: skip


def on_ours(
    sockets: int = 300, places: int = 20, streams: int = 10, queries: int = 30, seconds: float = 20
) -> dict[str, float]:
    """Lag of the loop in milliseconds: `p99`, `most`, and `quiet` before anything began; `done` counts slow writes."""
    with (
        postgres() as database,
        contract_server("chat") as talker,
        rig.product(DATABASE_URL=database.url, CHAT_SLOTS=str(streams), **connection(talker)) as product,
        rig.somebody(product) as ada,
        rig.swarm(product.base_url) as swarm,
    ):
        rooms = [ada.workspace(f"Room {number}")["id"] for number in range(places)]
        for room in rooms:
            swarm.enter(ada.cookie(), room, sockets // places)
        swarm.wait(swarm.all_joined, 60, "not everybody joined")
        talker.script(tokens=int(seconds * 50), rate=50)
        quiet = lag(product.base_url, lambda: time.sleep(2))
        with busy(product, ada, database, rooms, streams, queries) as done:
            lags = lag(product.base_url, lambda: time.sleep(seconds))
        return {"p99": percentile(lags, 0.99), "most": max(lags), "quiet": percentile(quiet, 0.99), "done": done()}


def on_bare(sockets: int = 300, queries: int = 30, seconds: float = 10) -> dict[str, float]:
    """The same of a plain server."""
    with (
        postgres() as database,
        running.valkey() as redis,
        running.bare(redis.url, BARE_DATABASE=database.url) as peer,
        rig.swarm(peer.base_url, running.PlainSwarm) as swarm,
    ):
        swarm.enter("", "room", sockets)
        swarm.wait(swarm.all_joined, 60, "not everybody joined")
        over = threading.Event()
        asking = [threading.Thread(target=query, args=(peer.base_url, over), daemon=True) for _ in range(queries)]

        def for_a_while() -> None:
            for each in asking:
                each.start()
            time.sleep(seconds)
            over.set()

        lags = lag(peer.base_url, for_a_while, "/", fewest=1, patience=90)
        for each in asking:
            each.join(90)
        return {"p99": percentile(lags, 0.99), "most": max(lags)}


def query(base_url: str, over: threading.Event) -> None:
    while not over.is_set():
        httpx.get(f"{base_url}/query", timeout=90)


def connection(talker: Server) -> dict[str, str]:
    return {"CHAT_API_KIND": "openai", "CHAT_API_URL": talker.url, "CHAT_API_MODELS": "script-large"}


@contextmanager
def busy(
    product: Product, ada: Client, database: Postgres, rooms: list[str], streams: int, queries: int
) -> Iterator[Callable[[], int]]:
    """All of it at once until the block ends; gives a count of the slow writes that were done."""
    over, done = threading.Event(), []
    with ExitStack() as stack:
        for room in rooms[:streams]:
            ada.post(f"/api/workspaces/{room}/messages", {"content": "go on"})
        slow = rooms[-1]
        works = [lambda: lock(database, slow, over), lambda: sign_in(product, ada, over), lambda: upload(ada, over)]
        works += [lambda: rename(ada, slow, over, done)] * queries
        threads = [threading.Thread(target=work, daemon=True) for work in works]
        for thread in threads:
            thread.start()
        stack.callback(lambda: [thread.join(30) for thread in threads])
        stack.callback(over.set)
        yield lambda: len(done)


def lock(database: Postgres, workspace_id: str, over: threading.Event) -> None:
    """Hold a workspace's row for a second at a time."""
    with psycopg.connect(database.url) as held:
        while not over.is_set():
            held.execute("SELECT 1 FROM workspaces WHERE id = %s FOR UPDATE", [workspace_id])
            over.wait(HELD)
            held.commit()
            over.wait(0.05)


def rename(ada: Client, workspace_id: str, over: threading.Event, done: list) -> None:
    person = rig.beside(ada)
    while not over.is_set():
        answer = person.raw("PATCH", f"/api/workspaces/{workspace_id}", json={"name": "Slow"}, timeout=30)
        done += [1] if answer.is_success else []
        over.wait(0.05)
    person.close()


def sign_in(product: Product, ada: Client, over: threading.Event) -> None:
    body = {"email": ada.user["email"], "password": "not the one"}
    while not over.wait(0.5):
        stranger = Client(product.base_url)
        stranger.raw("POST", "/api/auth/login", json=body)
        stranger.close()


def upload(ada: Client, over: threading.Event) -> None:
    person, nonsense = rig.beside(ada), b"\x1f\x8b" + bytes(8_000_000)
    while not over.wait(0.5):
        person.raw("POST", "/api/imports", files={"file": ("a.tar.gz", nonsense, "application/gzip")}, timeout=30)
    person.close()


def lag(
    base_url: str, during: Callable[[], None], path: str = "/api/health/live", fewest: int = 10, patience: float = 10
) -> list[float]:
    """Milliseconds of each answer while something goes on, over one connection that is kept."""
    over, lags = threading.Event(), []
    probing = threading.Thread(target=probe, args=(base_url, path, over, lags), daemon=True)
    probing.start()
    during()
    over.set()
    probing.join(patience)
    assert len(lags) > fewest and statistics.fmean(lags) > 0, "the loop was not asked"
    return lags


def probe(base_url: str, path: str, over: threading.Event, lags: list[float]) -> None:
    asking = http.client.HTTPConnection(*rig.address_of(base_url), timeout=90)
    while not over.wait(PROBE_EVERY):
        begun = time.perf_counter()
        asking.request("GET", path)
        asking.getresponse().read()
        lags.append((time.perf_counter() - begun) * 1000)
    asking.close()


if __name__ == "__main__":
    print(HEAD)
    show(rows())
