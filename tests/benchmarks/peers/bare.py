"""Bare Flask-SocketIO, the baseline: one room, every token emitted by itself, nothing else.

`python -m tests.benchmarks.peers.bare MODE` prints its port; a line "TOKENS RATE" on its standard input emits so many,
then it prints the CPU seconds that this took it.
"""

import sys

MODE = sys.argv[1]
if MODE == "eventlet":
    import eventlet

    eventlet.monkey_patch()
elif MODE == "gevent":
    from gevent import monkey

    monkey.patch_all()

import os  # noqa: E402
import socket  # noqa: E402
import threading  # noqa: E402
import time  # noqa: E402

from flask import Flask  # noqa: E402
from flask_socketio import SocketIO, join_room  # noqa: E402

ROOM = "ws:01890000-0000-7000-8000-000000000000"
app = Flask(__name__)
socketio = SocketIO(app, async_mode=MODE, logger=False, engineio_logger=False)


@app.get("/")
def page() -> str:
    return "<!doctype html><title>bare</title>"


@socketio.on("connect")
def connect(auth=None) -> None:
    join_room(ROOM)


def emit_all(tokens: int, rate: float) -> float:
    """CPU seconds of this process for emitting them, with what is still to be written."""
    before, due, offset = sum(os.times()[:2]), time.monotonic(), 0
    for _ in range(tokens):
        text = f"[{time.monotonic():.6f}] "
        data = {"workspace_id": ROOM[3:], "message_id": ROOM[3:], "attempt": 1, "offset": offset, "text": text}
        socketio.emit("message.delta", data, to=ROOM)
        offset += len(text)
        due += 1 / rate
        socketio.sleep(max(0.0, due - time.monotonic()))
    socketio.sleep(0.3)
    return sum(os.times()[:2]) - before


def obey() -> None:
    """Read orders without holding up the event loop."""
    read = sys.stdin.readline
    if MODE == "eventlet":
        from eventlet import tpool

        read = lambda: tpool.execute(sys.stdin.readline)  # noqa: E731
    while line := read():
        tokens, rate = line.split()
        print(emit_all(int(tokens), float(rate)), flush=True)
    os._exit(0)


if __name__ == "__main__":
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    print(port, flush=True)
    threading.Thread(target=obey, daemon=True).start()
    socketio.run(app, host="127.0.0.1", port=port, log_output=False)
