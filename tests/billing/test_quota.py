"""Twenty a day are twenty, whoever pushes and whatever breaks."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import redis

from server.launch.valkey import EmbeddedValkey
from tests.faults.quota_race import LIMIT, SLOW, Account, race
from tests.harness.making import ask, refusal


def test_sixty_four_parallel_requests_with_twenty_left_make_exactly_twenty(shop):
    account = Account(shop, 0)
    body = {"workspace_id": account.workspace_id, "batch_size": 1, **SLOW}
    with ThreadPoolExecutor(64) as pool:
        answers = list(pool.map(lambda _: account.client.raw("POST", "/api/generate", json=body), range(64)))
    assert sorted(answer.status_code for answer in answers) == [202] * LIMIT + [429] * 44
    assert account.used() == account.made() == LIMIT
    account.client.delete(f"/api/workspaces/{account.workspace_id}")


def test_the_ledger_holds_under_doubled_calls_and_a_dying_redis(shop):
    accounts = [Account(shop, number) for number in range(4)]
    highest, drift = race(shop, accounts, operations=120)
    assert 0 < highest <= LIMIT and drift == 0
    for account in accounts:
        account.client.delete(f"/api/workspaces/{account.workspace_id}")


def test_a_number_in_redis_that_is_too_high_refuses_nobody(buyer, shop):
    una = buyer("Una")
    place = una.workspace()["id"]
    counter = redis.Redis.from_url(EmbeddedValkey.running(shop.data_dir))
    day = datetime.now(UTC).date()
    counter.hset(f"quota:{una.user['id']}:{day}", mapping={"used": LIMIT, "answered": 10**9})
    ask(una, place)
    assert una.get("/api/session")["quota"]["used"] == 1


def test_a_spent_day_is_refused_before_anything_is_read(buyer):
    vic = buyer("Vic")
    place = vic.workspace()["id"]
    ask(vic, place, "[slow:30] a fox", batch_size=LIMIT, steps=20)
    body = {"json": {"workspace_id": place, **SLOW, "prompt": "{an unclosed brace"}}
    assert refusal(vic, "POST", "/api/generate", **body)[:2] == (429, "quota_exceeded")
    vic.delete(f"/api/workspaces/{place}")


def test_two_workspaces_at_once_are_one_too_many(buyer):
    wes = buyer("Wes")
    wes.token()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: wes.raw("POST", "/api/workspaces", json={"name": "W"}), range(8)))
    assert sorted(answer.status_code for answer in answers) == [201] + [403] * 7
