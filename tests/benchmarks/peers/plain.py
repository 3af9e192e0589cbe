"""Flask-SocketIO on the Redis message queue: `python -m tests.benchmarks.peers.plain PORT REDIS MODE`."""

import os
import sys

if __name__ == "__main__" and sys.argv[3] == "eventlet":
    import warnings

    warnings.filterwarnings("ignore", "\nEventlet is deprecated")
    import eventlet

    eventlet.monkey_patch()
elif __name__ == "__main__":
    from gevent import monkey

    monkey.patch_all()

import time
from functools import cache

from flask import Flask
from flask_socketio import SocketIO, join_room
from sqlalchemy import create_engine, text


@cache
def database():
    """As SQLAlchemy's first page shows it, with room for many."""
    return create_engine(os.environ["BARE_DATABASE"].replace("postgresql:", "postgresql+psycopg:"), pool_size=50)


def serve(port: int, redis_url: str, mode: str) -> None:
    app = Flask("bare")
    socketio = SocketIO(app, message_queue=redis_url, async_mode=mode, cors_allowed_origins="*")

    @socketio.on("connect")
    def connect():
        join_room("room")

    @socketio.on("join")
    def join(room):
        join_room(room)

    @app.get("/")
    def page():
        return "ok"

    @app.get("/slow")
    def slow():
        time.sleep(1)
        return "ok"

    @app.get("/query")
    def query():
        with database().begin() as connection:
            connection.execute(text("SELECT pg_sleep(1)"))
        return "ok"

    @app.post("/rename/<int:number>")
    def rename(number):
        with database().begin() as connection:
            connection.execute(text("INSERT INTO names VALUES (:number)"), {"number": number})
        socketio.emit("event", {"workspace_id": "room", "seq": number, "at": time.monotonic()}, to="room")
        return "ok"

    more = {"max_size": 10_000} if mode == "eventlet" else {}
    socketio.run(app, host="127.0.0.1", port=port, log_output=False, debug=False, **more)


if __name__ == "__main__":
    serve(int(sys.argv[1]), sys.argv[2], sys.argv[3])
