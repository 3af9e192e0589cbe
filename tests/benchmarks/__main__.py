"""`make bench`: every module of this folder, one table.

A module has `rows()`, giving `(name, value, target)` or `(name, value, target, baseline)`, and a `UNIT` (ms if absent).
"""

from importlib import import_module
from pathlib import Path

LINE = "{:<58} {:>12} {:>12} {:>12}"


def main() -> None:
    print(LINE.format("", "measured", "target", "baseline"))
    for path in sorted(Path(__file__).parent.glob("[!_]*.py")):
        module = import_module(f"tests.benchmarks.{path.stem}")
        unit = getattr(module, "UNIT", "ms")
        for name, *figures in getattr(module, "rows", list)():
            shown = [f"{figure:.3g} {unit}" if figure is not None else "" for figure in figures]
            print(LINE.format(name, *shown, *[""] * (3 - len(shown))), flush=True)


if __name__ == "__main__":
    main()
