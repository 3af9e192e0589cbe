"""How long people waited for the first word of a reply: the newest few hundred waits, kept in Redis for an hour."""

from server.extensions import redis_client

NAME = "first_words"
MOST = 300
KEPT = 3600


def note(seconds: float) -> None:
    redis_client.attempt(
        lambda client: client.pipeline(transaction=False)
        .lpush(NAME, round(seconds, 3))
        .ltrim(NAME, 0, MOST - 1)
        .expire(NAME, KEPT)
        .execute()
    )


def read() -> list[float]:
    """Seconds, in no order; nothing without Redis."""
    return [float(wait) for wait in redis_client.attempt(lambda client: client.lrange(NAME, 0, -1)) or ()]
