"""The cheap first gate: what Redis last heard of somebody's day, so that refusals need no transaction.

It never decides. A day that looks full here is looked up in SQL before anybody is turned away, one that looks open
still has to pass SQL's own condition; without Redis, or with an old number in it, only the shortcut is lost.
"""

from collections.abc import Callable
from datetime import date

from server.extensions import redis_client

KEPT = 2 * 24 * 3600
# Whoever asked SQL later knows better: the answer to an earlier question never replaces it.
TAKE = """
if tonumber(ARGV[1]) > tonumber(redis.call('HGET', KEYS[1], 'answered') or '0') then
  redis.call('HSET', KEYS[1], 'answered', ARGV[1], 'used', ARGV[2])
  redis.call('EXPIRE', KEYS[1], ARGV[3])
end
"""


def looks_open(user_id: str, day: date, count: int, limit: int) -> bool:
    """False when the number that Redis holds leaves no room for `count` more."""
    used = redis_client.attempt(lambda client: client.hget(_name(user_id, day), "used"))
    return used is None or int(used) + count <= limit


def note(user_id: str, day: date, ask: Callable[[], int]) -> int:
    """Let Redis know what `ask` reads in SQL after a commit; that number."""
    name = _name(user_id, day)
    question = redis_client.attempt(lambda client: client.hincrby(name, "asked", 1))
    used = ask()
    if question is not None:
        redis_client.attempt(lambda client: client.eval(TAKE, 1, name, question, used, KEPT))
    return used


def _name(user_id: str, day: date) -> str:
    return f"quota:{user_id}:{day.isoformat()}"
