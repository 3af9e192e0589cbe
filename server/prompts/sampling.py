"""Chooses few of many combinations, so that every option of every axis gets its fair turn.

A sample is a list of rows; a row holds one rank for each axis. Fewer rows than combinations are asked for.
"""

import random
from collections.abc import Iterator, Sequence
from math import gcd, lcm, prod

from server.prompts.nodes import Group, Range
from server.prompts.spreading import spread

MOST_WEIGHED = 1024


def balanced(axes: Sequence[Group | Range], n: int, seed: int) -> list[list[int]]:
    """Uses of an axis's values differ by at most one (follow the weights), pairs of values repeat rarely."""
    if n == 0:
        return []
    chance = random.Random(seed)
    if any(axis.is_weighted for axis in axes):
        count = prod(axis.size for axis in axes)
        columns = [weighted_column(axis, n, count // axis.size, chance) for axis in axes]
    else:
        columns = even_columns([axis.size for axis in axes], n, chance)
    spread(columns, chance)
    return distinct(axes, [list(row) for row in zip(*columns, strict=True)])


def scattered(axes: Sequence[Group | Range], n: int, seed: int) -> list[list[int]]:
    """Each axis by chance and its weights."""
    chance = random.Random(seed)
    columns = [drawn(axis, n, chance) for axis in axes]
    return distinct(axes, [[column[row] for column in columns] for row in range(n)])


def even_columns(sizes: list[int], n: int, chance: random.Random) -> list[list[int]]:
    """Columns of `n` distinct rows, each column even.

    Stepping all axes at once runs through a diagonal; each diagonal, and each piece of one, is even on every
    axis, so any row of diagonals is.
    """
    labels = [even_labels(size, n, chance) for size in sizes]
    lengths = [len(column) for column in labels]
    period = lcm(*lengths)
    columns = [[] for _ in sizes]
    for row in range(n):
        offsets = diagonal(row // period, lengths)
        for column, label, length, offset in zip(columns, labels, lengths, offsets, strict=True):
            column.append(label[(row + offset) % length])
    return columns


def diagonal(number: int, lengths: list[int]) -> list[int]:
    """Where diagonal `number` starts on each axis; an axis starts elsewhere only as far as the ones before allow."""
    offsets, period = [], 1
    for length in lengths:
        number, offset = divmod(number, gcd(period, length))
        offsets.append(offset)
        period = lcm(period, length)
    return offsets


def even_labels(size: int, n: int, chance: random.Random) -> list[int]:
    """The ranks of an axis in chance order; of more than `n`, one from each of `n` equal stretches."""
    stretches = min(size, n)
    edges = [place * size // stretches for place in range(stretches + 1)]
    ranks = [chance.randrange(low, high) for low, high in zip(edges, edges[1:], strict=False)]
    chance.shuffle(ranks)
    return ranks


def weighted_column(axis: Group | Range, n: int, most: int, chance: random.Random) -> list[int]:
    """`n` ranks in chance order; each is used as its weight asks, at most `most` times."""
    if axis.size > MOST_WEIGHED:
        return drawn(axis, n, chance) if axis.is_weighted else even_labels(axis.size, n, chance)
    column = apportioned([axis.weight(rank) for rank in range(axis.size)], n, most, chance)
    chance.shuffle(column)
    return column


def apportioned(weights: list[float], n: int, most: int, chance: random.Random) -> list[int]:
    """`n` ranks by largest remainder, ties by chance."""
    total = sum(weights)
    owed = [weight * n / total for weight in weights]
    uses = [0] * len(weights)
    order = chance.sample(range(len(weights)), len(weights))
    for _ in range(n):
        open_ranks = [rank for rank in order if uses[rank] < most]
        uses[max(open_ranks, key=lambda rank: round(owed[rank] - uses[rank], 9))] += 1
    return [rank for rank in order for _ in range(uses[rank])]


def drawn(axis: Group | Range, n: int, chance: random.Random) -> list[int]:
    """`n` ranks by chance and weight."""
    if not axis.is_weighted:
        return [chance.randrange(axis.size) for _ in range(n)]
    if axis.size <= MOST_WEIGHED:
        return chance.choices(range(axis.size), [axis.weight(rank) for rank in range(axis.size)], k=n)
    return [contested(axis, chance) for _ in range(n)]


def contested(axis: Group | Range, chance: random.Random) -> int:
    """A rank of an axis too large to list: rivals challenge it by their weight (Metropolis's rule)."""
    rank = chance.randrange(axis.size)
    for rival in [chance.randrange(axis.size) for _ in range(60)]:
        if chance.random() * axis.weight(rank) < axis.weight(rival):
            rank = rival
    return rank


def distinct(axes: Sequence[Group | Range], rows: list[list[int]]) -> list[list[int]]:
    """The rows with each repeat moved to the next unused combination."""
    used = {}
    for row in rows:
        used[next(step for step in steps(axes, row) if step not in used)] = None
    return [list(row) for row in used]


def steps(axes: Sequence[Group | Range], row: list[int]) -> Iterator[tuple[int, ...]]:
    """The row, then those after it, the last axis fastest, around to the first."""
    row = list(row)
    while True:
        yield tuple(row)
        for place in reversed(range(len(row))):
            row[place] = (row[place] + 1) % axes[place].size
            if row[place]:
                break
