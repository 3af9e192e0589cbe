"""One figure beside its baseline of the same run, and the table of all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """`target` bounds `value` from above; `baseline` was measured in the same run and `beside` says what it is."""

    name: str
    value: float
    unit: str
    baseline: float | None = None
    beside: str = ""
    target: float | None = None

    @property
    def is_met(self) -> bool:
        return self.target is None or self.value <= self.target

    def __str__(self) -> str:
        target = "" if self.target is None else f"{self.target:g}"
        verdict = "" if self.target is None else "met" if self.is_met else "MISSED"
        baseline = "" if self.baseline is None else f"{figure(self.baseline):>9} {self.beside}"
        return f"{self.name:46} {figure(self.value):>9} {self.unit:6} {target:>6} {verdict:6}  {baseline}"


HEAD = f"{'':46} {'ours':>9} {'':6} {'target':>6} {'':6}  {'baseline':>9}"


def figure(value: float) -> str:
    return f"{value:.3g}" if value < 100 else f"{value:.0f}"


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of them lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def show(rows: Iterable[Row]) -> None:
    for row in rows:
        print(row, flush=True)
