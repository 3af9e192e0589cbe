"""`worker.py [images] [chat] [upkeep]`: keeps one process for each name and count alive; all of them by default."""

import os
import sys

if sys.version_info < (3, 11):
    sys.exit("Emulsion needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])

import signal
import threading
from importlib import import_module

from server.config import Config
from server.launch import preflight
from server.launch.everything import WORKERS, settled, worker_children
from server.launch.leash import leash
from server.launch.refusal import Refusal
from server.launch.register import Register
from server.launch.supervisor import Supervisor, supervised

PATIENCE = 8.0
ATTEND_EVERY = 3.0


def main(arguments: list[str]) -> None:
    preflight.load_dotenv()
    unknown = set(arguments) - {"--child", *WORKERS}
    if unknown:
        raise Refusal(f"Usage: worker.py {' '.join(f'[{name}]' for name in WORKERS)}")
    config = settled(preflight.settings())
    if arguments[:1] == ["--child"]:
        work(config, arguments[1])
    else:
        supervise(config, tuple(arguments) or WORKERS)


def supervise(config: Config, names: tuple[str, ...]) -> None:
    supervisor = Supervisor()
    try:
        for child in worker_children(config, names, supervised({"REDIS_URL": config.redis_url})):
            supervisor.add(child)
        supervisor.watch()
    finally:
        supervisor.end()


def work(config: Config, kind: str) -> None:
    """Be one worker process until SIGTERM or until the supervisor is gone; what is begun is finished or given back."""
    from jobs import doorbell
    from jobs.slots import stop_all, this_process
    from server import create_app, queue

    ending = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, frame: ending.set())
    leash(ending.set)
    Register(config.data_dir).join()
    app = create_app(config, role="worker")
    import_module(f"jobs.{kind}").start(app)
    if any(bell.queue == kind for bell in queue.BELLS.values()):
        doorbell.hear(kind, config.redis_url)
    me = this_process()
    queue.attend(kind, me)
    while not ending.wait(ATTEND_EVERY):
        queue.attend(kind, me)
    stop_all(app, PATIENCE)
    os._exit(0)  # threads that still wait for a vendor must not hold up the end


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Refusal as refusal:
        sys.exit(str(refusal))
