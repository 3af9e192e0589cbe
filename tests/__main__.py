"""Run everything: the browser code's own tests with Node, then all others with pytest."""

import subprocess
import sys
from pathlib import Path

import pytest

from server.launch import system

HERE = Path(__file__).resolve().parent


def client_tests() -> int:
    files = sorted(str(path.relative_to(HERE.parent)) for path in (HERE / "client").glob("**/*.test.js"))
    return subprocess.call([*system.node(), "--test", *files], cwd=HERE.parent)


if __name__ == "__main__":
    results = [client_tests(), pytest.main([str(HERE), *sys.argv[1:]])]
    sys.exit(max(results))
