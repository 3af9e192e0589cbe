"""Plain RQ with its own worker, Retry and JSON: what became of each job."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis
from rq import Queue, Retry
from rq.serializers import JSONSerializer

from tests.benchmarks.peers.rq_job import buy, make

ROOT = Path(__file__).resolve().parents[3]
WORKER = ["-m", "rq.cli", "worker", "images", "--quiet", "--serializer", "rq.serializers.JSONSerializer"]


class PlainQueue:
    """A queue and its workers; `log` holds the lines of the jobs."""

    def __init__(self, redis_url: str, log: Path):
        self.redis_url, self.log = redis_url, log
        self.connection = redis.Redis.from_url(redis_url)
        self.queue = Queue("images", connection=self.connection, serializer=JSONSerializer)
        self.workers: list[subprocess.Popen] = []

    def ask(self, count: int, seconds: float, first: int = 0) -> None:
        for number in range(first, first + count):
            self.queue.enqueue(make, number, seconds, str(self.log), retry=Retry(max=3), job_timeout=60)

    def buy(self, number: int, dies: str) -> None:
        self.queue.enqueue(buy, number, str(self.log), dies, retry=Retry(max=3), job_timeout=60)

    def work(self, processes: int = 1) -> None:
        command = [sys.executable, *WORKER, "--url", self.redis_url]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        for _ in range(processes):
            self.workers.append(subprocess.Popen(command, cwd=ROOT, start_new_session=True, **quiet))

    def kill_one(self) -> None:
        """Kill a worker's parent process and start another, as a supervisor would."""
        worker = self.workers.pop(0)
        worker.kill()
        worker.wait()
        self.work()

    def replace_the_dead(self) -> None:
        for worker in [worker for worker in self.workers if worker.poll() is not None]:
            self.workers.remove(worker)
            self.work()

    def noted(self, word: str) -> Counter:
        """How often each number has begun, or is done."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return Counter(int(line.split()[1]) for line in lines if line.startswith(word))

    def begun_at(self, number: int) -> float | None:
        for line in self.log.read_text().splitlines():
            if line.startswith(f"begun {number} "):
                return float(line.split()[2])
        return None

    def wait_until_quiet(self, quiet: float, patience: float) -> None:
        """Until nothing was written for a while."""
        deadline, seen, since = time.monotonic() + patience, -1, time.monotonic()
        while time.monotonic() < deadline and time.monotonic() - since < quiet:
            size = self.log.stat().st_size if self.log.exists() else 0
            if size != seen:
                seen, since = size, time.monotonic()
            time.sleep(0.05)

    def end(self) -> None:
        for worker in self.workers:
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()


@contextmanager
def plain_queue(redis_url: str) -> Iterator[PlainQueue]:
    with tempfile.TemporaryDirectory() as folder:
        queue = PlainQueue(redis_url, Path(folder) / "jobs")
        try:
            yield queue
        finally:
            queue.end()
