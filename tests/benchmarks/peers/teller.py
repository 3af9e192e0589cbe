"""Writes stamped tokens at a rate, as a worker does: `teller ours ROOM …` through TokenStream, `teller bare` plainly.

`python -m tests.benchmarks.peers.teller ours|bare ROOMS RATE SECONDS VIEWERS`; ROOMS are names with commas between.
The bare one emits each token on the message queue at REDIS_URL.
"""

import os
import sys
import threading
import time
from collections.abc import Callable


def tell(write: Callable[[str], None], rate: float, seconds: float) -> None:
    """Call `write` with the time of each token, at a steady rate."""
    begun = time.monotonic()
    for number in range(int(rate * seconds)):
        time.sleep(max(0.0, begun + number / rate - time.monotonic()))
        write(f"[{time.monotonic():.6f}] ")


def ours(room: str, rate: float, seconds: float, viewers: int) -> None:
    from server.realtime import publisher
    from server.realtime.token_stream import TokenStream

    with TokenStream(room, f"reply-of-{room}", 1, viewers) as stream:
        tell(stream.write, rate, seconds)
    publisher.whisper(room, "image.progress", image_id="the end")


def bare(manager, room: str, rate: float, seconds: float) -> None:
    tell(lambda text: manager.emit("message.delta", {"text": text}, room=room), rate, seconds)
    manager.emit("end", {}, room=room)


def main(kind: str, rooms: str, rate: str, seconds: str, viewers: str) -> None:
    if kind == "ours":
        from server import create_app
        from server.config import Config

        create_app(Config.from_environment(), role="worker").app_context().push()
        tells = [(ours, (room, float(rate), float(seconds), int(viewers))) for room in rooms.split(",")]
    else:
        from socketio import RedisManager

        manager = RedisManager(os.environ["REDIS_URL"], write_only=True, channel="flask-socketio")
        tells = [(bare, (manager, room, float(rate), float(seconds))) for room in rooms.split(",")]
    threads = [threading.Thread(target=work, args=arguments) for work, arguments in tells]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
