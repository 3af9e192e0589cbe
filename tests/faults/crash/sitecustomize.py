"""Ends a process of the product at one named point, once, as a power cut would; loaded because PYTHONPATH names us.

CRASH_FILE holds `process target before|after` while a crash is armed, such as
`images server.actions.claims:next_image after`; CRASH_TARGETS names every target that may ever be armed. Nothing of
the product knows of this: a target is a plain function or method, wrapped when its module has been loaded.
"""

import functools
import importlib.machinery
import os
import sys

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
        crash(f"{target} before")
        result = original(*args, **kwargs)
        crash(f"{target} after")
        return result

    setattr(owner, leaf, dangerous)


def crash(point: str) -> None:
    try:
        with open(FILE) as file:
            process, _, armed = file.read().partition(" ")
        if armed != point or process not in sys.argv:
            return
        os.unlink(FILE)
    except OSError:
        return
    os._exit(1)


if FILE and TARGETS:
    sys.meta_path.insert(0, Saboteur)
