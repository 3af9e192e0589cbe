"""Many clients of a few Free accounts take and give back at once, every call is sent twice, and Redis dies midway.

`python -m tests.faults quota_race` does five thousand operations; the suite does a few of them.
"""

import random
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import redis

from server.launch.valkey import EmbeddedValkey
from tests.benchmarks.table import Row
from tests.faults import rig
from tests.harness.client import Client
from tests.harness.product import Product

LIMIT, CLIENTS, OPERATIONS, ACCOUNTS = 20, 64, 5000, 32
PATIENCE = 90  # for an answer among 64 clients on a busy machine
SLOW = {"model": "sketch", "prompt": "[slow:600] a fox", "width": 64, "height": 64, "steps": 20}
SPENT = ("queued", "running", "ready")
REFUSALS = ("quota_exceeded", "rate_limited")


class Account:
    """One Free account, and the generations that its clients were given."""

    def __init__(self, product: Product, number: int):
        self.client = Client(product.base_url)
        self.client.http.timeout = PATIENCE
        self.client.register(f"Racer {number}")
        self.client.token()
        self.workspace_id = self.client.workspace()["id"]
        self.generations: list[str] = []
        self.highest = 0

    def take(self, dice: random.Random) -> None:
        """Ask for one to four images, twice with the same id."""
        body = {"id": str(uuid.uuid4()), "workspace_id": self.workspace_id, "batch_size": dice.randint(1, 4), **SLOW}
        first, second = (self.client.raw("POST", "/api/generate", json=body) for _ in range(2))
        for answer in (first, second):
            assert answer.status_code in (200, 202) or answer.json()["error"]["code"] in REFUSALS, answer.text
        if first.status_code == 202:
            assert second.status_code == 200 or second.json()["error"]["code"] == "rate_limited", second.text
        if 202 in (first.status_code, second.status_code):
            self.generations.append(body["id"])

    def change(self, dice: random.Random, verb: str) -> None:
        """Cancel or try again what somebody was given, twice."""
        if not self.generations:
            return self.take(dice)
        path = f"/api/generations/{dice.choice(self.generations)}/{verb}"
        for _ in range(2):
            answer = self.client.raw("POST", path, json={})
            assert answer.status_code == 202 or answer.json()["error"]["code"] in REFUSALS, answer.text
        return None

    def look(self) -> None:
        self.highest = max(self.highest, self.used())

    def used(self) -> int:
        return self.client.get("/api/session")["quota"]["used"]

    def made(self) -> int:
        """Images that cost a unit, counted one by one."""
        images, place = [], {}
        while True:
            page = self.client.get(f"/api/workspaces/{self.workspace_id}/images", limit=200, **place)
            images += page["items"]
            if not page["next"]:
                return sum(image["status"] in SPENT for image in images)
            place = {"before": page["next"]}


def race(product: Product, accounts: list[Account], operations: int, clients: int = CLIENTS) -> tuple[int, int]:
    """Let them run and kill Valkey in the middle; the highest ledger ever seen, and by how much the books differ."""
    midway = threading.Event()
    left = iter(range(operations))
    lock = threading.Lock()

    def run(number: int) -> None:
        account, dice = accounts[number % len(accounts)], random.Random(number)
        while True:
            with lock:
                turn = next(left, None)
            if turn is None:
                return
            if turn == operations // 2:
                midway.set()
            dice.choices([account.take, lambda dice: account.change(dice, "cancel"),
                          lambda dice: account.change(dice, "retry")], (5, 4, 2))[0](dice)  # fmt: skip
            account.look()

    with ThreadPoolExecutor(clients + 1) as pool:
        runs = [pool.submit(run, number) for number in range(clients)]
        while not midway.wait(1):
            assert not all(going.done() for going in runs), [going.exception() for going in runs][:3]
        dead = product.kill("valkey")
        for going in runs:
            going.result()
    product.wait_for_successor("valkey", dead)
    drift = sum(differences(product, account) for account in accounts)
    return max(account.highest for account in accounts), drift


def differences(product: Product, account: Account) -> int:
    """By how much ledger and images differ; then, when all that can be is given back and one is taken, Redis too."""
    drift = abs(account.used() - account.made())
    product.wait_until(lambda: product.health().get("redis"), 20, "Redis was not missed")
    for generation in account.generations:
        account.client.post(f"/api/generations/{generation}/cancel", status=202)
    drift += abs(account.used() - account.made())
    body = {"workspace_id": account.workspace_id, "batch_size": 1, **SLOW}
    account.client.post("/api/generate", body, status=202)
    counter = redis.Redis.from_url(EmbeddedValkey.running(product.data_dir))
    known = int(counter.hget(f"quota:{account.client.user['id']}:{datetime.now(UTC).date()}", "used"))
    return drift + abs(known - account.used()) + abs(known - account.made())


def rows(operations: int = OPERATIONS) -> list[Row]:
    with rig.product(BILLING_ENABLED="1", SKETCH_PACE="0") as product:
        accounts = [Account(product, number) for number in range(ACCOUNTS)]
        highest, drift = race(product, accounts, operations)
    what = f"{operations} calls of {CLIENTS} clients, doubled"
    return [
        Row("10 quota: most images of a day, of 20", highest, "", beside=what, target=LIMIT),
        Row("10 quota: ledger, images and Redis disagree by", drift, "", target=0),
    ]
