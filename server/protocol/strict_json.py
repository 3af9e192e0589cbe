"""JSON as every door reads it: no NaN, no infinity, no duplicate keys, no lone surrogates, no deep nesting."""

import json
import math

DEPTH = 12


def loads(text: str | bytes):
    """The value of `text`; raises ValueError for what is not strict JSON."""
    try:
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse, parse_float=_finite)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    _check(value, DEPTH)
    return value


def dumps(value, **_options) -> str:
    return json.dumps(value, allow_nan=False, separators=(",", ":"), ensure_ascii=False)


def _unique(pairs: list) -> dict:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("duplicate key")
    return found


def _refuse(constant: str):
    raise ValueError(f"{constant} is not JSON")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("a number is too large")
    return value


def _check(value, depth: int) -> None:
    """Text that cannot be sent again, or nesting that nobody needs, stops here."""
    if isinstance(value, str):
        value.encode("utf-8")
    elif isinstance(value, dict | list):
        if not depth:
            raise ValueError("nested too deeply")
        for part in (*value.keys(), *value.values()) if isinstance(value, dict) else value:
            _check(part, depth - 1)
