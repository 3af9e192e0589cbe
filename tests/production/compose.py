"""`docker-compose.yml` as Docker reads it: merged, with the variables of `.env` put in."""

import re
from collections.abc import Mapping

import yaml

from tests.harness.product import ROOT

FILE = ROOT / "docker-compose.yml"
VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")
UNITS = {"s": 1, "m": 60}


class Missing(Exception):
    """A variable that the file insists on is not set."""


def read(dotenv: Mapping[str, str]) -> dict:
    """The whole file; Missing when `.env` lacks what must be there."""
    return filled(yaml.safe_load(FILE.read_text()), dotenv)


def filled(value, dotenv: Mapping[str, str]):
    """The value with each `${NAME}`, `${NAME:-otherwise}` and `${NAME:?complaint}` replaced."""
    if isinstance(value, dict):
        return {key: filled(item, dotenv) for key, item in value.items()}
    if isinstance(value, list):
        return [filled(item, dotenv) for item in value]
    return VARIABLE.sub(lambda found: lookup(dotenv, *found.groups()), value) if isinstance(value, str) else value


def lookup(dotenv: Mapping[str, str], name: str, sign: str | None, words: str | None) -> str:
    if dotenv.get(name):
        return dotenv[name]
    if sign == "?":
        raise Missing(f"{name}: {words}")
    return words if sign == "-" else ""


def seconds(text: str) -> float:
    """A duration such as `20s` or `1m`."""
    return float(text[:-1]) * UNITS[text[-1]]
