"""How often one may say something: each socket, and each person with all their sockets of this process together.

It is counted here and not in Redis: a socket has one process, and asking would cost more than most events do.
"""

from math import ceil
from time import time
from typing import NamedTuple

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from server.errors import RateLimited


class Pace(NamedTuple):
    """`person` is more than `socket`: tabs come back all at once."""

    socket: RateLimitItem
    person: RateLimitItem


USUAL = Pace(parse("100/10 seconds"), parse("400/10 seconds"))
ENTERING = Pace(parse("60/10 seconds"), parse("3000/10 seconds"))
PACES = {"join": ENTERING, "leave": ENTERING}
CONNECT = parse("1000/10 seconds")
counter = FixedWindowRateLimiter(MemoryStorage())


def of_socket(event: str, sid: str) -> None:
    """RateLimited when this socket has said it too often."""
    _count(PACES.get(event, USUAL).socket, event, sid)


def of_person(event: str, user_id: str) -> None:
    """RateLimited when this person has said it too often, in whichever tabs."""
    _count(PACES.get(event, USUAL).person, event, user_id)


def of_newcomer(user_id: str) -> None:
    """RateLimited when this person opens too many sockets at once."""
    _count(CONNECT, "connect", user_id)


def _count(pace: RateLimitItem, event: str, speaker: str) -> None:
    if not counter.hit(pace, event, speaker):
        wait = max(1, ceil(counter.get_window_stats(pace, event, speaker).reset_time - time()))
        raise RateLimited(f"That was too often. Try again in {wait} s.", retry_after=wait)
