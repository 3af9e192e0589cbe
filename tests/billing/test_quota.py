"""Twenty a day are twenty, whoever pushes and whatever breaks."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, time, timedelta

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


def test_a_refund_goes_to_the_day_that_paid_and_a_new_day_begins_at_zero(buyer, shop):
    """Midnight has passed since: what was reserved today was reserved yesterday."""
    yan = buyer("Yan")
    place = yan.workspace()["id"]
    asked = ask(yan, place, "[slow:600] a fox", batch_size=3, steps=20)["generation"]["id"]
    assert quota(yan)["used"] == 3
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    with closing(sqlite3.connect(shop.data_dir / "emulsion.db", timeout=10, isolation_level=None)) as ledger:
        owner = {"day": str(yesterday), "id": yan.user["id"]}
        ledger.execute("UPDATE usage_days SET day = :day WHERE user_id = :id", owner)
        ledger.execute("UPDATE images SET charged_on = :day WHERE charged_to = :id", owner)
    assert quota(yan)["used"] == 0
    ask(yan, place, "[slow:600] an owl", batch_size=LIMIT, steps=20)
    yan.post(f"/api/generations/{asked}/cancel", status=202)
    assert quota(yan)["used"] == LIMIT
    spent = "SELECT used FROM usage_days WHERE user_id = :id ORDER BY day"
    assert shop.rows(spent, id=yan.user["id"]) == [(0,), (LIMIT,)]
    yan.delete(f"/api/workspaces/{place}")


def test_the_day_ends_at_midnight_in_utc(buyer):
    zac, before = buyer("Zac"), datetime.now(UTC)
    resets = datetime.fromisoformat(quota(zac)["resets_at"])
    assert resets.utcoffset() == timedelta(0) and resets.time() == time.min
    assert before < resets <= datetime.now(UTC) + timedelta(days=1)


def quota(person) -> dict:
    return person.get("/api/session")["quota"]


def test_two_workspaces_at_once_are_one_too_many(buyer):
    wes = buyer("Wes")
    wes.token()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: wes.raw("POST", "/api/workspaces", json={"name": "W"}), range(8)))
    assert sorted(answer.status_code for answer in answers) == [201] + [403] * 7
