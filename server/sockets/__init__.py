"""Door 1: the sockets of a room."""

from flask import Flask

from server.config import Config
from server.extensions import socketio


def register(app: Flask, config: Config) -> None:
    """Bind Socket.IO: WebSocket only, in order, and nothing but JSON."""
    from server.protocol import strict_json
    from server.realtime import headcount
    from server.realtime.feed import feed
    from server.realtime.presence import presence
    from server.realtime.wind import Wind
    from server.sockets import admin, control, doorkeeper, heartbeat, recheck, workspace  # noqa: F401  (binds the handlers)
    from server.sockets.packets import StrictPacket, drop_the_rude

    def lost() -> None:
        feed.look()
        recheck.soon()

    def back() -> None:
        feed.doubt()
        recheck.soon()

    words = {"poke": feed.poke, "cut": control.cut, "count": headcount.tell}
    wind = Wind(config.redis_url, write_only=False, words=words, on_lost=lost, on_back=back)
    socketio.init_app(
        app,
        client_manager=wind,
        async_mode=config.async_mode,
        async_handlers=False,
        manage_session=False,
        cors_allowed_origins=doorkeeper.admits(config),
        transports=["websocket"],
        allow_upgrades=False,
        http_compression=False,
        ping_interval=config.ping_period,
        ping_timeout=20,
        max_http_buffer_size=65536,
        serializer=StrictPacket,
        json=strict_json,
        logger=False,
        engineio_logger=False,
    )
    drop_the_rude()
    heartbeat.share()
    doorkeeper.keep(app)
    feed.start(app, control.heed)
    presence.start(app)
    recheck.start(app)
