"""Stops a process of the product at one named point, once; loaded because PYTHONPATH names us.

CRASH_FILE holds `process target before|after` while a crash is armed, such as
`images server.actions.claims:next_image after`: the process ends there as by a power cut. With `hold` behind it the
process stays there instead, and goes on when the file is gone; beside it `.held` says that it has come. CRASH_TARGETS
names every target that may ever be armed. Nothing of the product knows of this: a target is a plain function or
method, wrapped when its module has been loaded.
"""

import functools
import importlib.machinery
import os
import sys
import time

FILE = os.environ.get("CRASH_FILE", "")
TARGETS = [target.split(":") for target in os.environ.get("CRASH_TARGETS", "").split()]


class Saboteur:
    """Finds the modules of the targets as Python does, and wraps their functions once they are there."""

    @staticmethod
    def find_spec(name, path, target=None):
        names = [function for module, function in TARGETS if module == name]
        spec = importlib.machinery.PathFinder.find_spec(name, path) if names else None
        if spec is None:
            return None
        load = spec.loader.exec_module

        def load_and_wrap(module):
            load(module)
            for function in names:
                wrap(module, function)

        spec.loader.exec_module = load_and_wrap
        return spec


def wrap(module, function: str) -> None:
    *owners, leaf = function.split(".")
    owner = functools.reduce(getattr, owners, module)
    original = getattr(owner, leaf)
    target = f"{module.__name__}:{function}"

    @functools.wraps(original)
    def dangerous(*args, **kwargs):
        strike(f"{target} before")
        result = original(*args, **kwargs)
        strike(f"{target} after")
        return result

    setattr(owner, leaf, dangerous)


def strike(point: str) -> None:
    try:
        with open(FILE) as file:
            process, _, armed = file.read().partition(" ")
    except OSError:
        return
    if process not in sys.argv:
        return
    if armed == f"{point} hold":
        hold()
    elif armed == point:
        crash()


def crash() -> None:
    try:
        os.unlink(FILE)
    except OSError:
        return
    os._exit(1)


def hold() -> None:
    with open(f"{FILE}.held", "w"):
        pass
    while os.path.exists(FILE):
        time.sleep(0.005)


if FILE and TARGETS:
    sys.meta_path.insert(0, Saboteur)
