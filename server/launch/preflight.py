"""What must be true before anything starts; each check refuses with one plain sentence."""

import os
import socket
from pathlib import Path
from urllib.parse import urlsplit

from server.config import Config
from server.launch.refusal import Refusal

ASYNC_MODES = ("eventlet", "gevent", "threading")
PORTS = {"redis": 6379, "rediss": 6379, "postgresql": 5432}


def load_dotenv(path: Path = Path(".env")) -> None:
    """Put the lines `NAME=value` of a file into the environment; what is set there already stands."""
    if not path.is_file():
        return
    for line in path.read_text().splitlines():
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        if equals and not name.startswith("#"):
            os.environ.setdefault(name.strip(), value.strip().strip("\"'"))


def settings() -> Config:
    """The settings of this start, once the data folder is known to be writable."""
    try:
        config = Config.from_environment()
        config.data_dir.mkdir(parents=True, exist_ok=True)
        probe = config.data_dir / f".writable-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        folder = Path(os.environ.get("DATA_DIR") or "data").expanduser().resolve()
        why = f"The data folder {folder} cannot be written ({error.strerror})."
        raise Refusal(f"{why} Name another one: DATA_DIR=… make run") from None
    except ValueError as error:
        raise Refusal(f"A setting should be a number, but {error}.") from None
    if config.async_mode not in ASYNC_MODES:
        raise Refusal(f"ASYNC_MODE is {config.async_mode!r}; it can be {', '.join(ASYNC_MODES)}.")
    if not 0 < config.port < 65536:
        raise Refusal(f"PORT is {config.port}; it must lie between 1 and 65535.")
    if config.stripe.api_base and config.stripe.is_live and config.stripe.secret_key:
        raise Refusal("STRIPE_API_BASE is for tests, and STRIPE_SECRET_KEY is a live key. Set only one of them.")
    return config


def reach(variable: str, url: str, patience: float = 3.0) -> None:
    """Refuse when nothing listens where a variable points; the password in it is never shown."""
    host, port = endpoint(url)
    if host and not answers(host, port, patience):
        raise Refusal(f"{variable} points to {host}:{port}, where nothing answers. Start that server or correct it.")


def reach_redis(url: str) -> None:
    """Refuse when Redis does not answer, or does not let us in."""
    import redis

    reach("REDIS_URL", url)
    try:
        redis.Redis.from_url(url, socket_connect_timeout=3, socket_timeout=3).ping()
    except (redis.RedisError, OSError, ValueError) as error:
        raise Refusal(f"The Redis at REDIS_URL refuses ({type(error).__name__}). Is its password right?") from None


def endpoint(url: str) -> tuple[str | None, int]:
    """Host and port of a URL; the host is None for files and sockets."""
    try:
        parts = urlsplit(url)
        scheme = parts.scheme.partition("+")[0]
        return parts.hostname, parts.port or PORTS.get(scheme, 443 if scheme == "https" else 80)
    except ValueError:
        raise Refusal("An address in the environment cannot be read; check the URLs.") from None


def answers(host: str, port: int, patience: float) -> bool:
    try:
        socket.create_connection((host, port), patience).close()
        return True
    except OSError:
        return False
