"""Slowing down those who guess: some free tries, then waits that double; nobody is locked out for good.

The counts lie in Redis; without it each process counts for itself, so that the brake never lets go.
"""

import hashlib
import time
from dataclasses import dataclass
from math import ceil

from server.errors import RateLimited
from server.extensions import config, redis_client

FORGOTTEN_AFTER = 3600
MOST_REMEMBERED = 20_000
TAKE = """
local ahead = tonumber(redis.call('HGET', KEYS[1], 'until') or 0) - tonumber(ARGV[1])
if ahead > 0 then return tostring(ahead) end
local over = redis.call('HINCRBY', KEYS[1], 'tries', 1) - tonumber(ARGV[2])
if over > 0 then
  local pause = math.min(tonumber(ARGV[4]), tonumber(ARGV[3]) * 2 ^ (math.min(over, 40) - 1))
  redis.call('HSET', KEYS[1], 'until', string.format('%.3f', tonumber(ARGV[1]) + pause))
end
redis.call('EXPIRE', KEYS[1], ARGV[5])
return '0'
"""
GIVE_BACK = "if redis.call('HINCRBY', KEYS[1], 'tries', -1) <= 0 then redis.call('DEL', KEYS[1]) end"


@dataclass(frozen=True)
class Brake:
    """`free` tries an hour, then pauses from `first` up to `most` seconds between them."""

    name: str
    free: int
    first: float
    most: float

    def take(self, subject: str) -> None:
        """Count a try before it is made, so that many at once do not slip through; RateLimited while one must wait."""
        key, moment = self._key(subject), time.time()
        first, most = self.first * config().brake, self.most * config().brake
        wait = redis_client.attempt(
            lambda client: client.eval(TAKE, 1, key, moment, self.free, first, most, FORGOTTEN_AFTER)
        )
        wait = _here.take(key, moment, self.free, first, most) if wait is None else float(wait)
        if wait > 0:
            seconds = ceil(wait)
            raise RateLimited(f"Too many tries. Wait {said(seconds)} and try again.", retry_after=seconds)

    def give_back(self, subject: str) -> None:
        """A try that turned out right does not count."""
        key = self._key(subject)
        redis_client.attempt(lambda client: client.eval(GIVE_BACK, 1, key))
        _here.give_back(key)

    def release(self, subject: str) -> None:
        """Forget all tries."""
        key = self._key(subject)
        redis_client.attempt(lambda client: client.delete(key))
        _here.tries.pop(key, None)

    def _key(self, subject: str) -> str:
        return f"brake:{self.name}:{hashlib.sha256(subject.encode()).hexdigest()[:32]}"


class _Here:
    """The same count for one process, while Redis is away."""

    def __init__(self):
        self.tries: dict[str, list[float]] = {}

    def take(self, key: str, moment: float, free: int, first: float, most: float) -> float:
        self._make_room(moment)
        entry = self.tries.setdefault(key, [0, 0.0, 0.0])
        count, until, last = entry if moment - entry[2] < FORGOTTEN_AFTER else (0, 0.0, moment)
        if until > moment:
            return until - moment
        over = count + 1 - free
        entry[:] = count + 1, moment + min(most, first * 2 ** (min(over, 40) - 1)) if over > 0 else 0.0, moment
        return 0.0

    def give_back(self, key: str) -> None:
        if key in self.tries:
            self.tries[key][0] -= 1

    def _make_room(self, moment: float) -> None:
        if len(self.tries) >= MOST_REMEMBERED:
            self.tries = {key: entry for key, entry in self.tries.items() if entry[1] > moment}


_here = _Here()


def said(seconds: int) -> str:
    if seconds < 90:
        return f"{seconds} second{'s' if seconds > 1 else ''}"
    return f"{ceil(seconds / 60)} minutes"


LOGIN_ACCOUNT = Brake("login", free=5, first=1, most=60)
LOGIN_ADDRESS = Brake("login-from", free=20, first=1, most=300)
RESET_ACCOUNT = Brake("reset", free=3, first=15, most=900)
RESET_ADDRESS = Brake("reset-from", free=10, first=5, most=300)
CURRENT = Brake("current", free=5, first=1, most=60)
