"""What a parsed prompt is made of: parts (text, groups, references) and the ranks that choose among them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from math import comb, prod
from typing import NamedTuple, Union

from server.prompts.ranges import Values

Parts = tuple[Union[str, "Group", "Range", "Reference"], ...]


class Reference(NamedTuple):
    """`{=name}`: the choice of that axis again, at most `longest` characters."""

    name: str
    longest: int


@dataclass(unsafe_hash=True, slots=True)
class Option:
    """One choice of a group as it was written in `source`; `weight` is above 0. Never changed once made."""

    parts: Parts
    weight: float
    source: str = field(compare=False)

    @property
    def is_nested(self) -> bool:
        return len(self.parts) > 1 or not all(isinstance(part, str) for part in self.parts)

    @property
    def is_weighted(self) -> bool:
        return self.weight != 1 or any(group.is_weighted for group in groups(self.parts))


@dataclass(frozen=True)
class Range:
    """A numeric range, a group of plain values that are spelled only when asked for."""

    values: Values
    name: str | None = None
    is_weighted = False
    is_nested = False

    @property
    def size(self) -> int:
        return len(self.values.steps)

    @property
    def longest(self) -> int:
        return max(len(self.values.text(0)), len(self.values.text(-1)))

    def text(self, rank: int, names: dict[str, str]) -> str:
        """Value `rank`; records the choice under the range's name."""
        value = self.values.text(rank)
        if self.name:
            names[self.name] = value
        return value

    def weight(self, rank: int) -> float:
        return 1.0


@dataclass(unsafe_hash=True)
class Group:
    """A macro: `low` to `high` of its options, joined; a plain `{a|b}` chooses one. Never changed once made."""

    options: tuple[Option, ...]
    name: str | None = None
    low: int = 1
    high: int = 1
    joiner: str = ", "

    @cached_property
    def sizes(self) -> list[int]:
        return [size(option.parts) for option in self.options]

    @cached_property
    def ways(self) -> list[list[int]]:
        """`ways[i][k]`: in how many ways k options can be chosen from the i-th on."""
        table = [[1] + [0] * self.high]
        for many in reversed(self.sizes):
            after = table[-1]
            table.append([1] + [after[k] + many * after[k - 1] for k in range(1, self.high + 1)])
        return table[::-1]

    @cached_property
    def size(self) -> int:
        """The number of values; arithmetic, nothing is listed."""
        counts = range(self.low, self.high + 1)
        if not self.is_nested:
            return sum(comb(len(self.options), k) for k in counts)
        return sum(self.ways[0][k] for k in counts)

    @property
    def longest(self) -> int:
        """The characters of the longest value."""
        lengths = sorted((longest(option.parts) for option in self.options), reverse=True)
        return sum(lengths[: self.high]) + max(self.high - 1, 0) * len(self.joiner)

    @property
    def is_nested(self) -> bool:
        return any(option.is_nested for option in self.options)

    @cached_property
    def is_weighted(self) -> bool:
        return any(option.is_weighted for option in self.options)

    def choice(self, rank: int) -> Iterator[tuple[Option, int]]:
        """The options that value `rank` takes, each with the rank inside it."""
        left = self.low
        while rank >= self.ways[0][left]:
            rank -= self.ways[0][left]
            left += 1
        for option, many, rest in zip(self.options, self.sizes, self.ways[1:], strict=True):
            if left == 0:
                return
            taken = many * rest[left - 1]
            if rank < taken:
                inner, rank = divmod(rank, rest[left - 1])
                yield option, inner
                left -= 1
            else:
                rank -= taken

    def text(self, rank: int, names: dict[str, str]) -> str:
        """Value `rank` spelled out; records the choice under the group's name."""
        value = self.joiner.join(spell(option.parts, inner, names) for option, inner in self.choice(rank))
        if self.name:
            names[self.name] = value
        return value

    def weight(self, rank: int) -> float:
        """The product of the weights on the way to value `rank`."""
        return prod(option.weight * weigh(option.parts, inner) for option, inner in self.choice(rank))


def groups(parts: Parts) -> list[Group | Range]:
    return [part for part in parts if isinstance(part, (Group, Range))]


def size(parts: Parts) -> int:
    """The number of ways to spell `parts`."""
    return prod(group.size for group in groups(parts))


def longest(parts: Parts) -> int:
    """The characters of the longest spelling of `parts`."""
    return sum(len(part) if isinstance(part, str) else part.longest for part in parts)


def digits(found: list[Group | Range], rank: int) -> list[int]:
    """`rank` in mixed radix, the leftmost group slowest."""
    ranks = []
    for group in reversed(found):
        rank, digit = divmod(rank, group.size)
        ranks.append(digit)
    return ranks[::-1]


def spell(parts: Parts, rank: int, names: dict[str, str]) -> str:
    """The text of `parts` at `rank`; `names` holds the choices of the named axes so far."""
    ranks = iter(digits(groups(parts), rank))
    return "".join(spell_part(part, ranks, names) for part in parts)


def spell_part(part: str | Group | Range | Reference, ranks: Iterator[int], names: dict[str, str]) -> str:
    if isinstance(part, (Group, Range)):
        return part.text(next(ranks), names)
    if isinstance(part, Reference):
        return names.get(part.name, f"{{={part.name}}}")
    return part


def weigh(parts: Parts, rank: int) -> float:
    found = groups(parts)
    return prod(group.weight(digit) for group, digit in zip(found, digits(found, rank), strict=True))
