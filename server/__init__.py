"""Emulsion's server: create_app binds the extensions and opens the doors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from server.config import VERSION, Config

if TYPE_CHECKING:
    from flask import Flask


def create_app(config: Config, role: str = "web") -> Flask:
    """The app of one process: `web` serves, `worker` makes and tells, `cli` tells what it did."""
    from flask import Flask

    from server import extensions, logs
    from server.mail import carrier
    from server.realtime.wind import Wind

    logs.configure(config.log_format)
    app = Flask(__name__, template_folder="../client/templates", static_folder=None)
    app.extensions["emulsion"] = config
    app.config.update(
        SECRET_KEY=config.secret_key,
        SQLALCHEMY_DATABASE_URI=config.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(config),
        MAX_CONTENT_LENGTH=26 * 1024 * 1024,
        SESSION_COOKIE_NAME="emulsion",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.public_url.startswith("https:"),
        PERMANENT_SESSION_LIFETIME=90 * 24 * 3600,
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        RATELIMIT_STORAGE_URI=config.redis_url or "memory://",
        RATELIMIT_STORAGE_OPTIONS={"socket_connect_timeout": 0.2, "socket_timeout": 0.2} if config.redis_url else {},
        RATELIMIT_STRATEGY="fixed-window",
        RATELIMIT_SWALLOW_ERRORS=True,
        # Without Redis nobody is refused here, and it is asked ever more seldom whether it is back.
        RATELIMIT_IN_MEMORY_FALLBACK="1000000/second" if config.redis_url else None,
    )
    app.config.update(carrier.settings(config.mail_url, config.mail_from))
    extensions.carrier.init_app(app)
    config.data_dir.mkdir(parents=True, exist_ok=True)
    extensions.db.init_app(app)
    extensions.migrate.init_app(app, extensions.db, directory="server/migrations", render_as_batch=True)
    extensions.storage.init_app(config.originals)
    with app.app_context():
        extensions.tune_database(extensions.db.engine)
    if config.redis_url:
        extensions.redis_client.init_app(config.redis_url)
    if role == "web":
        open_doors(app, config)
    elif config.redis_url:
        wind = Wind(config.redis_url, write_only=True)
        extensions.socketio.init_app(None, client_manager=wind, async_mode="threading")
    if role == "worker":
        extensions.darkroom.warm()
    return app


def open_doors(app: Flask, config: Config) -> None:
    """HTTP and sockets, and what keeps the rooms of this process in step."""
    from werkzeug.middleware.proxy_fix import ProxyFix

    from server import http, sockets
    from server.extensions import csrf, limiter, login_manager

    csrf.init_app(app)
    login_manager.init_app(app)
    limiter.init_app(app)
    http.register(app)
    sockets.register(app, config)
    if config.public_url:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)


def engine_options(config: Config) -> dict:
    if config.database_url.startswith("sqlite"):
        return {"connect_args": {"check_same_thread": False}}
    return {"pool_pre_ping": True, "pool_timeout": 5, "pool_size": 10, "max_overflow": 10}


__all__ = ["VERSION", "create_app"]
