"""The bells: RQ wakes workers, SQL holds the work. A bell that is lost or rung twice does no harm."""

import time
from dataclasses import dataclass

from rq import Queue
from rq.serializers import JSONSerializer

from server.extensions import redis_client


@dataclass(frozen=True)
class Bell:
    """A job function by its dotted path, and the queue whose workers hear it."""

    function: str
    queue: str


BELLS = {
    "images": Bell("jobs.images.next", "images"),
    "chat": Bell("jobs.chat.next", "chat"),
    "transfers": Bell("jobs.transfers.next", "upkeep"),
    "mail": Bell("jobs.mail.next", "upkeep"),
    "billing": Bell("jobs.billing.next", "upkeep"),
}
MOST_RINGS = 8
FORGOTTEN_AFTER = 60
KINDS = ("images", "chat", "upkeep")
ATTENDANCE = 12


def ring(name: str, times: int = 1) -> None:
    """Wake up to so many idle workers; without Redis they look for themselves within seconds."""
    redis_client.attempt(lambda client: _ring(client, BELLS[name], min(times, MOST_RINGS)))


def _ring(client, bell: Bell, times: int) -> None:
    queue = Queue(bell.queue, connection=client, serializer=JSONSerializer)
    jobs = [Queue.prepare_data(bell.function, ttl=FORGOTTEN_AFTER, result_ttl=0, failure_ttl=FORGOTTEN_AFTER)]
    queue.enqueue_many(jobs * times)


def attend(kind: str, worker: str) -> None:
    """Say that a worker process is at work; repeat it every few seconds."""
    redis_client.attempt(lambda client: client.zadd(f"workers:{kind}", {worker: time.time()}))


def attendance() -> dict[str, int]:
    """How many processes of each kind have attended lately."""
    return redis_client.attempt(_attendance) or dict.fromkeys(KINDS, 0)


def roll() -> list[dict]:
    """Each worker process that attended lately: {kind, worker, seen_s}."""
    return redis_client.attempt(_roll) or []


def _roll(client) -> list[dict]:
    moment = time.time()
    pipe = client.pipeline(transaction=False)
    for kind in KINDS:
        pipe.zrangebyscore(f"workers:{kind}", moment - 2 * ATTENDANCE, "+inf", withscores=True)
    return [
        {"kind": kind, "worker": worker.decode(), "seen_s": round(max(0.0, moment - score), 1)}
        for kind, present in zip(KINDS, pipe.execute(), strict=True)
        for worker, score in present
    ]


def _attendance(client) -> dict[str, int]:
    since = time.time() - ATTENDANCE
    pipe = client.pipeline(transaction=False)
    for kind in KINDS:
        pipe.zcount(f"workers:{kind}", since, "+inf")
        pipe.zremrangebyscore(f"workers:{kind}", 0, since - ATTENDANCE)
    return dict(zip(KINDS, pipe.execute()[::2], strict=True))
