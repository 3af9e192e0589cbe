"""Numeric ranges, `{1..5}` and `{0.5..1.5..0.25}`, in exact decimal arithmetic."""

import re
from typing import NamedTuple

NUMBER = r"(-?[0-9]{1,9}(?:\.[0-9]{1,6})?)"
RANGE = re.compile(rf" *{NUMBER}\.\.{NUMBER}(?:\.\.{NUMBER})? *")


class Values(NamedTuple):
    """The values of a range in units of their last decimal."""

    steps: range
    decimals: int

    def text(self, position: int) -> str:
        value = self.steps[position]
        whole, part = divmod(abs(value), 10**self.decimals)
        return f"{'-' if value < 0 else ''}{whole}" + (f".{part:0{self.decimals}}" if self.decimals else "")


def values(first: str, last: str, step: str | None) -> Values | None:
    """From `first` to `last`, either way, with the decimals of the longest number; None for a step of 0."""
    numbers = [first, last, step or "1"]
    decimals = max(len(number.partition(".")[2]) for number in numbers)
    low, high, stride = (scaled(number, decimals) for number in numbers)
    if stride == 0:
        return None
    stride = abs(stride) if low <= high else -abs(stride)
    return Values(range(low, high + (1 if stride > 0 else -1), stride), decimals)


def scaled(number: str, decimals: int) -> int:
    """`number` in units of its last decimal."""
    whole, _, part = number.partition(".")
    return int(whole + part.ljust(decimals, "0"))
