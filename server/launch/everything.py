"""The whole product on one machine: Valkey, the migrations, the web processes and the workers."""

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace

from server.config import Config
from server.launch import port, preflight, schema
from server.launch.child import Child
from server.launch.greeting import Health, address, greeting
from server.launch.refusal import Refusal
from server.launch.register import Register
from server.launch.supervisor import ROOT, Supervisor, say, supervised
from server.launch.valkey import EmbeddedValkey

WORKERS = ("images", "chat", "upkeep")
GREETING_PATIENCE = 30.0


def run_everything() -> None:
    """Start all of it, greet, and keep it running until a signal; refuses with one sentence."""
    config = preflight.settings()
    register = Register(config.data_dir)
    register.take()
    if config.redis_url:
        preflight.reach_redis(config.redis_url)
    preflight.reach("DATABASE_URL", config.database_url)
    listener = port.listen(config.host, config.port, config.port_is_chosen)
    number = listener.getsockname()[1]
    where = address(config, number)
    supervisor = Supervisor(lambda pids: register.write(where, pids))
    try:
        environment = surroundings(config, number, supervisor)
        migrate(config, environment)
        for child in web_children(config, listener.fileno(), environment):
            supervisor.add(child)
        welcome(config, where, number, supervisor, environment)
        supervisor.watch()
        say("\nEnding …")
    finally:
        supervisor.end()
        register.clear()


def settled(config: Config) -> Config:
    """The settings, with the address of a running embedded Valkey where no Redis is named."""
    url = config.redis_url or EmbeddedValkey.running(config.data_dir)
    if not url:
        raise Refusal("Set REDIS_URL, or start everything with `make run`, which brings its own Valkey.")
    return replace(config, redis_url=url)


def surroundings(config: Config, number: int, supervisor: Supervisor) -> dict[str, str]:
    """What every child is told; an embedded Valkey is started when no Redis is named."""
    url = config.redis_url
    if not url:
        valkey = EmbeddedValkey(config.data_dir)
        supervisor.add(valkey.child())
        url = valkey.url
    known = {"REDIS_URL": url, "DATA_DIR": str(config.data_dir), "PORT": str(number), "ASYNC_MODE": config.async_mode}
    return supervised(known)


def migrate(config: Config, environment: dict[str, str]) -> None:
    if schema.is_current(config.database_url):
        return
    done = subprocess.run([sys.executable, str(ROOT / "run.py"), "migrate"], env=environment)
    if done.returncode != 0:
        raise Refusal("The database could not be brought up to date; nothing was started.")


def web_children(config: Config, descriptor: int, environment: dict[str, str]) -> Iterator[Child]:
    """The web processes share one listening socket, so a connection never finds the door shut."""
    command = [sys.executable, str(ROOT / "run.py"), "web", "--fd", str(descriptor)]
    for name in numbered("web", config.web_processes):
        yield Child(name, command, environment, files=(descriptor,))


def worker_children(config: Config, names: tuple[str, ...], environment: dict[str, str]) -> Iterator[Child]:
    """One process a name and count."""
    counts = {"images": config.image_workers, "chat": config.chat_workers}
    for kind in names:
        command = [sys.executable, str(ROOT / "worker.py"), "--child", kind]
        for name in numbered(kind, counts.get(kind, 1)):
            yield Child(name, command, environment)


def numbered(name: str, count: int) -> list[str]:
    return [name] if count == 1 else [f"{name}.{k}" for k in range(1, count + 1)]


def welcome(config: Config, where: str, number: int, supervisor: Supervisor, environment: dict[str, str]) -> None:
    """Let the first page come before the workers load, then say what runs where."""
    health, deadline = Health(config.host, number), time.monotonic() + GREETING_PATIENCE
    if not supervisor.watch(until=lambda: health.is_alive() or time.monotonic() > deadline):
        return
    for child in worker_children(config, WORKERS, environment):
        supervisor.add(child)
    if supervisor.watch(until=lambda: health.is_ok() or time.monotonic() > deadline):
        say(greeting(config, where, embedded_redis=not config.redis_url))
