"""Many clients of a few Free accounts take and give back at once, every call is sent twice, and Redis dies midway.

`python -m tests.faults.quota_race [operations]` does five thousand; the suite does a few of them.
"""

import random
import sys
import tempfile
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import redis

from server.launch.valkey import EmbeddedValkey
from tests.harness.client import Client
from tests.harness.product import Product

LIMIT, CLIENTS, OPERATIONS, ACCOUNTS = 20, 64, 5000, 16
SLOW = {"model": "sketch", "prompt": "[slow:600] a fox", "width": 64, "height": 64, "steps": 20}
SPENT = ("queued", "running", "ready")
REFUSALS = ("quota_exceeded", "rate_limited")


class Account:
    """One Free account, and the generations that its clients were given."""

    def __init__(self, product: Product, number: int):
        self.client = Client(product.base_url)
        self.client.register(f"Racer {number}")
        self.client.token()
        self.workspace_id = self.client.workspace()["id"]
        self.generations: list[str] = []
        self.refused = 0

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
        else:
            self.refused += 1

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
        assert 0 <= self.used() <= LIMIT

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


def race(product: Product, accounts: list[Account], operations: int, clients: int = CLIENTS) -> None:
    """Let them run, kill Valkey in the middle, and compare the limit, the ledger and Redis at the end."""
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
    for account in accounts:
        check(product, account)


def check(product: Product, account: Account) -> None:
    """The ledger equals what was made; once all is given back and one is taken, Redis holds that as well."""
    used, made = account.used(), account.made()
    assert used == made <= LIMIT, f"the ledger says {used}, but {made} images were made"
    product.wait_until(lambda: product.health().get("redis"), 20, "Redis was not missed")
    for generation in account.generations:
        account.client.post(f"/api/generations/{generation}/cancel", status=202)
    assert account.used() == 0, "something was not given back"
    body = {"workspace_id": account.workspace_id, "batch_size": 1, **SLOW}
    account.client.post("/api/generate", body, status=202)
    counter = redis.Redis.from_url(EmbeddedValkey.running(product.data_dir))
    known = counter.hget(f"quota:{account.client.user['id']}:{datetime.now(UTC).date()}", "used")
    assert int(known) == account.used() == 1, "Redis holds another number than SQL"


def main(operations: int = OPERATIONS) -> None:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        product = Product(Path(folder), BILLING_ENABLED="1", SKETCH_PACE="0")
        try:
            product.start()
            accounts = [Account(product, number) for number in range(ACCOUNTS)]
            race(product, accounts, operations)
            refused = sum(account.refused for account in accounts)
        finally:
            product.discard()
    print(f"{operations} operations of {CLIENTS} clients, each call twice, Valkey killed midway: "
          f"{refused} refused, 0 over the limit, 0 drift, {time.monotonic() - began:.0f} s")  # fmt: skip


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
