"""The Redis message queue of Flask-SocketIO, made to forget quickly and to come back quickly.

Besides emits it carries two words of ours between web processes: a poke (a workspace has news in SQL)
and a cut (drop the sockets of a room).
"""

import json
import time
from collections.abc import Callable, Iterator

import redis
import structlog
from socketio import RedisManager

from server.extensions import open_redis, redis_client
from server.realtime.pressure import PressureManager

CHANNEL = "flask-socketio"
RETRY = 0.2
PULSE = 3.0
log = structlog.get_logger()


class Wind(RedisManager, PressureManager):
    """`words` maps our own methods to what they do.

    `on_lost` runs each time no subscription can be had, `on_back` after each one.
    """

    def __init__(
        self,
        url: str,
        *,
        write_only: bool,
        words: dict[str, Callable[[dict], None]] | None = None,
        on_lost: Callable[[], None] = lambda: None,
        on_back: Callable[[], None] = lambda: None,
    ):
        super().__init__(url, channel=CHANNEL, write_only=write_only)
        self._words = words or {}
        self._on_lost, self._on_back = on_lost, on_back

    def say(self, method: str, **fields) -> None:
        """Publish one of our words to every process, this one included."""
        self._publish({"method": method, **fields})

    def _publish(self, data):
        message = json.dumps(data, allow_nan=False)
        redis_client.attempt(lambda client: client.publish(self.channel, message))

    def _redis_listen_with_retries(self):
        while True:
            try:
                pubsub = open_redis(self.redis_url, socket_timeout=PULSE).pubsub(ignore_subscribe_messages=True)
                pubsub.subscribe(self.channel)
                self._on_back()
                yield from living(pubsub)
            except (redis.RedisError, OSError) as error:
                log.warning("redis subscription lost", error=type(error).__name__)
            self._on_lost()
            time.sleep(RETRY)

    def _listen(self):
        for data in super()._listen():
            word = self._word(data)
            if word is None:
                yield data

    def _word(self, data: bytes) -> str | None:
        """Act on a word of ours; None when the message is the manager's business."""
        if not data.startswith(b'{"method": "'):
            return None
        name = data[12 : data.index(b'"', 12)].decode()
        if name not in self._words:
            return None
        self._words[name](json.loads(data))
        return name


def living(pubsub: redis.client.PubSub) -> Iterator[dict]:
    """What comes, until a ping stays without an answer: a line may die and neither end be told."""
    asked = False
    while True:
        message = pubsub.get_message(timeout=PULSE)
        if message:
            asked = False
            yield message
        elif asked:
            raise redis.TimeoutError("Redis does not answer")
        else:
            pubsub.ping()
            asked = True
