"""The one-command start: `run.py` runs everything, `run.py web` the web process alone, `run.py migrate` the migrations.

The web process answers on HOST and PORT, or, as a child of the supervisor, on the socket it inherits (`--fd N`).
"""

import os
import sys
import warnings

if sys.version_info < (3, 11):
    sys.exit("Emulsion needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])

if sys.argv[1:2] == ["web"]:  # sockets, locks and time must be green before anything else is imported
    if os.environ.get("ASYNC_MODE", "eventlet") == "eventlet":
        warnings.filterwarnings("ignore", "\nEventlet is deprecated")  # known; ASYNC_MODE names the ways out
        import eventlet

        eventlet.monkey_patch()
        os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_selector")
    elif os.environ["ASYNC_MODE"] == "gevent":
        from gevent import monkey

        monkey.patch_all()

import contextlib
import gc
import signal
import socket
from pathlib import Path

from server.config import Config
from server.launch import port, preflight
from server.launch.everything import run_everything, settled
from server.launch.leash import leash
from server.launch.refusal import Refusal
from server.launch.register import Register

RETURN_AFTER = (0.4, 2.4)
MANY_FILES = 16_384
MIGRATIONS = Path(__file__).resolve().parent / "server" / "migrations"


def main(arguments: list[str]) -> None:
    preflight.load_dotenv()
    match arguments:
        case []:
            run_everything()
        case ["web", *rest]:
            web(settled(preflight.settings()), rest)
        case ["migrate"]:
            migrate(preflight.settings())
        case _:
            raise Refusal("Usage: run.py [web | migrate]")


def web(config: Config, arguments: list[str]) -> None:
    """Serve the pages, the API and the sockets until SIGTERM."""
    from server import create_app
    from server.extensions import offload
    from server.launch.serving import offloader, serve
    from server.realtime import publisher

    Register(config.data_dir).join()
    if arguments[:1] == ["--fd"]:
        leash(lambda: os.kill(os.getpid(), signal.SIGTERM))
        listener = socket.socket(fileno=int(arguments[1]))
    else:
        listener = port.listen(config.host, config.port, chosen=True)
    allow_many_files()
    offload.bind(offloader(config.async_mode))
    app = create_app(config)
    spare_the_loop()
    serve(app, listener, config.async_mode, lambda: publisher.drain(*RETURN_AFTER), shared=config.web_processes > 1)


def spare_the_loop() -> None:
    """What the start has made stays for good: walking it in each full collection would hold every tab up for 0.2 s."""
    gc.collect()
    gc.freeze()


def allow_many_files() -> None:
    """Each socket is an open file, and most systems give a process 1,024 of them until it asks for more."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = MANY_FILES if hard == resource.RLIM_INFINITY else min(MANY_FILES, hard)
        if soft != resource.RLIM_INFINITY and soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def migrate(config: Config) -> None:
    """Bring the database to the newest migration and write down the connections."""
    from flask_migrate import upgrade
    from sqlalchemy.exc import DBAPIError

    from server import create_app
    from server.actions import catalogue

    try:
        with create_app(config, role="cli").app_context():
            upgrade(str(MIGRATIONS))
            catalogue.introduce()
    except DBAPIError as error:
        raise Refusal(f"The database at DATABASE_URL refused: {str(error.orig).splitlines()[0]}") from None


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Refusal as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        sys.exit(130)
