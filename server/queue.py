"""The bells: RQ wakes workers, SQL holds the work. A bell that is lost or rung twice does no harm."""

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
}
MOST_RINGS = 8
FORGOTTEN_AFTER = 60


def ring(name: str, times: int = 1) -> None:
    """Wake up to so many idle workers; without Redis they look for themselves within seconds."""
    redis_client.attempt(lambda client: _ring(client, BELLS[name], min(times, MOST_RINGS)))


def _ring(client, bell: Bell, times: int) -> None:
    queue = Queue(bell.queue, connection=client, serializer=JSONSerializer)
    jobs = [Queue.prepare_data(bell.function, ttl=FORGOTTEN_AFTER, result_ttl=0, failure_ttl=FORGOTTEN_AFTER)]
    queue.enqueue_many(jobs * times)
