"""The things that every door shares: made here, bound to the app in create_app."""

from collections.abc import Callable
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network
from time import monotonic

import redis
import structlog
from flask import current_app, g, has_request_context, request
from flask_limiter import Limiter
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_socketio import SocketIO
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from redis.backoff import NoBackoff
from redis.retry import Retry
from sqlalchemy import MetaData, event

from server.config import Config
from server.mail.carrier import Carrier
from server.storage.darkroom import Darkroom
from server.storage.disk import Disk

log = structlog.get_logger()

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

db = SQLAlchemy(
    metadata=MetaData(naming_convention=NAMES),
    session_options={"expire_on_commit": False, "autoflush": False},
)
migrate = Migrate()
login_manager = LoginManager()
csrf = CSRFProtect()
socketio = SocketIO()


def network(address: str) -> str:
    """Whom an address stands for: itself, or with IPv6 its /64, which one household or machine has to itself."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address or "unknown"
    if parsed.version == 4:
        return str(parsed)
    return str(parsed.ipv4_mapped or ip_network((parsed, 64), strict=False))


limiter = Limiter(lambda: network(request.remote_addr or ""))


def asked_from() -> dict[str, str | None]:
    """{address, request_id} of the request that is being answered; neither is known to jobs and the command line."""
    if not has_request_context():
        return {"address": None, "request_id": None}
    return {"address": (request.remote_addr or "")[:64] or None, "request_id": g.get("request_id")}


class Offload:
    """Runs a slow, computing function beside the event loop; the serving process says how."""

    def __init__(self):
        self.run: Callable = lambda function, *args: function(*args)

    def bind(self, run: Callable) -> None:
        self.run = run


offload = Offload()


class RedisClient:
    """The one client of a process. What it cannot do at once is left undone: the database is the truth."""

    PAUSE = 0.5

    def __init__(self):
        self.client: redis.Redis | None = None
        self._silent_until = 0.0

    def init_app(self, url: str) -> None:
        self.client = open_redis(url)

    def attempt(self, work: Callable[[redis.Redis], object]):
        """What `work` returns, or None when Redis is away; then it is not asked again for half a second."""
        if monotonic() < self._silent_until:
            return None
        try:
            return work(self.client)
        except (redis.RedisError, OSError) as error:
            self._silent_until = monotonic() + self.PAUSE
            log.warning("redis is away", error=type(error).__name__)
            return None


def open_redis(url: str, **options) -> redis.Redis:
    """A client without retries: losing Redis must never hold up a request. Protocol 2 greets in one round trip."""
    quick = {"socket_connect_timeout": 0.3, "socket_timeout": 0.3, "retry": Retry(NoBackoff(), 0), "protocol": 2}
    return redis.Redis.from_url(url, **(quick | options))


redis_client = RedisClient()
storage = Disk()
darkroom = Darkroom()
carrier = Carrier()


def config() -> Config:
    """The settings of the running app."""
    return current_app.extensions["emulsion"]


def now() -> datetime:
    return datetime.now(UTC)


def tune_database(engine) -> None:
    """SQLite in WAL mode, where writers take the lock at once instead of failing when they upgrade."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def configure(connection, _record):
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")
        # SQLite's own lower() knows only ASCII.
        connection.create_function("lower", 1, lambda text: text and text.lower(), deterministic=True)

    @event.listens_for(engine, "begin")
    def begin(connection):
        immediate = connection.get_execution_options().get("immediate")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
