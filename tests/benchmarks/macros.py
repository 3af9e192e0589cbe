"""How fast prompts are read and counted: `python -m tests.benchmarks.macros`."""

from time import perf_counter

from server.prompts import parse

TEMPLATES = {
    "count of 10^30 combinations": ("{0|1|2|3|4|5|6|7|8|9} " * 30, 1.0),
    "count of 8,000 characters": ("a {red|blue|green} fox in {rain|snow}, " * 205, 10.0),
    "count of 8,000 characters, all macros": ("{a|b}" * 1600, 10.0),
}


def fastest(prompt: str, rounds: int = 15) -> float:
    """Milliseconds to parse and count, the best of some rounds."""
    times = []
    for _ in range(rounds):
        started = perf_counter()
        assert parse(prompt).count > 1
        times.append((perf_counter() - started) * 1000)
    return min(times)


def rows() -> list[tuple[str, float, float]]:
    """(name, milliseconds, target in milliseconds) for each template."""
    return [(name, fastest(prompt), target) for name, (prompt, target) in TEMPLATES.items()]


if __name__ == "__main__":
    for name, value, target in rows():
        print(f"{name:42} {value:8.3f} ms   target {target:g} ms")
