"""How fast prompts are read and counted: `python -m tests.benchmarks.macros`."""

import re
from collections.abc import Callable
from time import perf_counter

from server.prompts import parse
from tests.benchmarks.table import Row, show

TEMPLATES = {
    "count of 10^30 combinations": ("{0|1|2|3|4|5|6|7|8|9} " * 30, 1.0),
    "count of 8,000 characters": ("a {red|blue|green} fox in {rain|snow}, " * 205, 10.0),
    "count of 8,000 characters, all macros": ("{a|b}" * 1600, 10.0),
}
SIGNS = re.compile(r"[{}|\\]")


def fastest(work: Callable[[], object], rounds: int = 15) -> float:
    """Milliseconds of the best of some rounds."""
    times = []
    for _ in range(rounds):
        started = perf_counter()
        assert work()
        times.append((perf_counter() - started) * 1000)
    return min(times)


def rows(stage: object = None) -> list[Row]:
    return [
        Row(
            name,
            fastest(lambda prompt=prompt: parse(prompt).count > 1),
            "ms",
            fastest(lambda prompt=prompt: SIGNS.findall(prompt)),
            "finding its signs",
            target,
        )
        for name, (prompt, target) in TEMPLATES.items()
    ]


if __name__ == "__main__":
    show(rows())
