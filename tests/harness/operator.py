"""What an operator types beside a product."""

import os
import subprocess
import sys

from tests.harness.product import KEPT, ROOT, Product


def cli(product: Product, *arguments: str, typed: str = "", status: int = 0, blocks: int = 0, **settings: str) -> str:
    """What `python -m server.cli …` says, which ends with that status; no file may outgrow so many `blocks`."""
    environment = {name: os.environ[name] for name in KEPT if name in os.environ} | product.settings | settings
    command = [sys.executable, "-m", "server.cli", *arguments]
    if blocks:
        command = ["/bin/sh", "-c", f'ulimit -f {blocks}; exec "$@"', "sh", *command]
    done = subprocess.run(command, cwd=ROOT, env=environment, input=typed, capture_output=True, text=True, timeout=60)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stderr if status else done.stdout
