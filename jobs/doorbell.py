"""An RQ worker that hears one queue in a thread and outlives every loss of Redis."""

import threading
import time

import structlog
from redis import RedisError
from rq import Queue, SimpleWorker
from rq.serializers import JSONSerializer

from server.extensions import open_redis

log = structlog.get_logger()

RETRY = 1.0
WORKER_TTL = 45


class Doorbell(SimpleWorker):
    """Runs the jobs of its queue in place. Signals and remote commands are none of its business."""

    exponential_backoff_factor = 1.0

    def _install_signal_handlers(self):
        pass

    def execute_job(self, job, queue):
        """Ring, and forget it: the registries and results of RQ would take longer than the ringing."""
        try:
            job.func()
        except Exception:
            log.exception("a bell is broken", queue=queue.name)
        with self.connection.pipeline(transaction=False) as pipe:
            pipe.lrem(queue.intermediate_queue_key, 1, job.id)
            pipe.delete(job.key)
            pipe.execute()

    def subscribe(self):
        pass

    def unsubscribe(self):
        pass


def hear(queue: str, redis_url: str) -> None:
    """Answer the bells of one queue for the rest of this process's life, in a thread."""
    threading.Thread(target=listen, args=(queue, redis_url), name="doorbell", daemon=True).start()


def listen(queue: str, redis_url: str) -> None:
    while True:
        try:
            connection = open_redis(redis_url)
            heard = Queue(queue, connection=connection, serializer=JSONSerializer)
            doorbell = Doorbell([heard], connection=connection, serializer=JSONSerializer, worker_ttl=WORKER_TTL)
            doorbell.work(logging_level="CRITICAL")
        except (RedisError, OSError) as error:
            log.warning("no bells without redis", queue=queue, error=type(error).__name__)
        time.sleep(RETRY)
