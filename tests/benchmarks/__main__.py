"""`make bench`: every figure beside its baseline of the same run, in one table."""

import os
import sys

from tests.benchmarks import crowd, first_token, macros, pictures, start, wall
from tests.benchmarks.stage import stage
from tests.benchmarks.table import HEAD, show

STAGED = {"first_token": first_token, "crowd": crowd, "pictures": pictures, "wall": wall}
ALONE = {"start": start, "macros": macros}


def main(names: list[str]) -> None:
    """All of them, or those that are named."""
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, load {load:.1f}" + (" (busy: figures will be worse)" if load > 1 else ""))
    print(HEAD)
    staged = [module for name, module in STAGED.items() if name in names]
    if staged:
        with stage() as opened:
            for module in staged:
                show(module.rows(opened))
    for name, module in ALONE.items():
        if name in names:
            show(module.rows())


if __name__ == "__main__":
    main(sys.argv[1:] or [*STAGED, *ALONE])
