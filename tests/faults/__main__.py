"""`make faults`: the full runs of reliability and load, one table; `python -m tests.faults NAME…` for some of them."""

import os
import sys
from importlib import import_module

from tests.benchmarks.table import HEAD, show

FAULTS = (
    "redis_killed", "redis_lost", "network_drops", "web_killed", "drain", "workers_killed", "crash_points",
    "postgres_restart", "histories", "quota_race", "fairness", "loop_stall", "stripe_lives",
    "archives", "journeys", "pictures", "revocation",
)  # fmt: skip
LOADS = ("tokens", "fan_out", "storm", "idle", "rows", "desk")


def main(names: list[str]) -> int:
    """Run them; the number of targets that were missed."""
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(HEAD)
    missed = 0
    for name in names:
        room = "tests.faults" if name in FAULTS else "tests.benchmarks"
        rows = import_module(f"{room}.{name}").rows()
        missed += sum(not row.is_met for row in rows)
        show(rows)
    return missed


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:] or [*FAULTS, *LOADS]) else 0)
