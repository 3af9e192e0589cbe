"""A plain application with sign-in, as the handbooks of Flask-Login and Flask-SocketIO show it.

`python -m tests.benchmarks.peers.signed PORT RATE` emits so many events a second to whoever was signed in at CONNECT.
"""

import sys

if __name__ == "__main__":
    import warnings

    warnings.filterwarnings("ignore", "\nEventlet is deprecated")
    import eventlet

    eventlet.monkey_patch()

from flask import Flask
from flask_login import LoginManager, UserMixin, current_user, login_required, login_user, logout_user
from flask_socketio import SocketIO, join_room


class Somebody(UserMixin):
    id = "1"


def serve(port: int, rate: float) -> None:
    app = Flask("signed")
    app.secret_key = "the same for each run"
    manager = LoginManager(app)
    manager.user_loader(lambda id: Somebody())
    socketio = SocketIO(app, async_mode="eventlet")

    @app.get("/")
    def page():
        return "ok"

    @app.get("/login")
    def login():
        login_user(Somebody())
        return "ok"

    @app.get("/logout")
    def logout():
        logout_user()
        return "ok"

    @app.get("/picture")
    @login_required
    def picture():
        return bytes(1000)

    @socketio.on("connect")
    def connect(auth=None):
        if not current_user.is_authenticated:
            return False
        join_room("room")

    @socketio.on("join")
    def join(room):
        pass

    def emit_all():
        seq = 0
        while True:
            seq += 1
            socketio.emit("event", {"workspace_id": "room", "seq": seq}, to="room")
            socketio.sleep(1 / rate)

    socketio.start_background_task(emit_all)
    socketio.run(app, host="127.0.0.1", port=port, log_output=False, debug=False)


if __name__ == "__main__":
    serve(int(sys.argv[1]), float(sys.argv[2]))
