"""Rearranges a sample so that pairs of choices repeat as rarely as possible, each column's uses unchanged.

Two rows that agree on `a` axes share a * (a - 1) / 2 pairs, so the fewest repeats come when all rows agree
equally often. Values are swapped within a column as long as that helps; the work is bounded.
"""

import random

MOST_WORK = 250_000
REPEATED_ROW = 10**6


def spread(columns: list[list[int]], chance: random.Random) -> None:
    """Swap values within `columns` in place; rows that agree on every axis are avoided first."""
    rows = len(columns[0])
    if len(columns) < 2 or len(columns) * rows * rows > MOST_WORK:
        return
    table = Agreement(columns)
    least = table.least()
    for _ in range(MOST_WORK // (rows + 10)):
        if table.cost <= least:
            return
        column = chance.randrange(len(columns))
        table.try_swap(column, chance.randrange(rows), chance.randrange(rows))


class Agreement:
    """On how many axes each two rows agree, and what that costs."""

    def __init__(self, columns: list[list[int]]):
        self.columns = columns
        axes, self.rows = len(columns), range(len(columns[0]))
        self.prices = [agreed * (agreed - 1) // 2 for agreed in range(axes)] + [REPEATED_ROW * axes * axes]
        self.agreed = [[0] * len(self.rows) for _ in self.rows]
        for column in columns:
            for row in self.rows:
                for other in self.rows:
                    self.agreed[row][other] += column[row] == column[other]
        self.cost = sum(self.prices[self.agreed[row][other]] for row in self.rows for other in range(row))

    def least(self) -> int:
        """The cost if the agreements that the columns force were shared out evenly."""
        pairs = len(self.rows) * (len(self.rows) - 1) // 2
        total = sum(self.agreed[row][other] for row in self.rows for other in range(row))
        each, more = divmod(total, pairs) if pairs else (0, 0)
        return (pairs - more) * self.prices[each] + (more * self.prices[each + 1] if more else 0)

    def try_swap(self, place: int, first: int, second: int) -> None:
        """Swap two rows' values on one axis unless that makes the whole worse."""
        column = self.columns[place]
        if column[first] == column[second]:
            return
        values = (column[first], column[second])
        changed = [row for row in self.rows if column[row] in values and row not in (first, second)]
        change = sum(self.change(row, first, second, column[row] == column[first]) for row in changed)
        if change > 0:
            return
        for row in changed:
            leaving, joining = (first, second) if column[row] == column[first] else (second, first)
            self.set(row, leaving, self.agreed[row][leaving] - 1)
            self.set(row, joining, self.agreed[row][joining] + 1)
        column[first], column[second] = column[second], column[first]
        self.cost += change

    def change(self, row: int, first: int, second: int, with_first: bool) -> int:
        leaving, joining = (first, second) if with_first else (second, first)
        left, joined = self.agreed[row][leaving], self.agreed[row][joining]
        return self.prices[left - 1] - self.prices[left] + self.prices[joined + 1] - self.prices[joined]

    def set(self, row: int, other: int, agreed: int) -> None:
        self.agreed[row][other] = self.agreed[other][row] = agreed
