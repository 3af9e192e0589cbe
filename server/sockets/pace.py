"""How often one socket may say something. It is counted here: a socket has one process, and asking Redis costs more."""

from math import ceil
from time import time

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from server.errors import RateLimited

USUAL = parse("100/10 seconds")
PACES: dict[str, RateLimitItem] = {
    "connect": parse("1000/10 seconds"),
    "join": parse("60/10 seconds"),
    "leave": parse("60/10 seconds"),
}
counter = FixedWindowRateLimiter(MemoryStorage())


def check(event: str, speaker: str) -> None:
    """RateLimited when this socket, or for `connect` this person, has said it too often."""
    pace = PACES.get(event, USUAL)
    if not counter.hit(pace, event, speaker):
        wait = max(1, ceil(counter.get_window_stats(pace, event, speaker).reset_time - time()))
        raise RateLimited(f"That was too often. Try again in {wait} s.", retry_after=wait)
