"""A prompt and a negative prompt with their macros: parse, count, expand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from math import prod

from server.errors import Invalid
from server.prompts.nodes import Group, Parts, Range, digits, groups, spell_part
from server.prompts.parsing import MOST_OPTIONS, Parser
from server.prompts.sampling import balanced, scattered


@dataclass(frozen=True)
class Axis:
    """An outermost macro. `options` are its values as text, as written where there are more than 64."""

    name: str
    options: list[str]
    nested: bool
    weights: list[float]
    size: int


@dataclass(frozen=True)
class Combination:
    """One spelling of a template; `assignment` tells the chosen text of each axis."""

    index: int
    prompt: str
    negative: str
    assignment: dict[str, str]


@dataclass(frozen=True)
class Template:
    """A parsed prompt and negative; they share one row of axes, the negative's own last."""

    prompt: Parts
    negative: Parts

    @cached_property
    def groups(self) -> list[Group | Range]:
        return groups(self.prompt) + groups(self.negative)

    @cached_property
    def names(self) -> list[str]:
        """Each axis's own name, or its place in the row from 1."""
        return [group.name or str(place) for place, group in enumerate(self.groups, 1)]

    @cached_property
    def count(self) -> int:
        """The number of combinations, however large."""
        return prod(group.size for group in self.groups)

    @cached_property
    def axes(self) -> list[Axis]:
        return [axis(name, group) for name, group in zip(self.names, self.groups, strict=True)]

    def expand(self, index: int) -> Combination:
        """The combination at `index`, from 0, the leftmost axis slowest; raises Invalid beyond the last."""
        if not 0 <= index < self.count:
            raise Invalid("There is no such combination. Choose from those of this prompt.", field="indices")
        ranks, named, chosen = iter(digits(self.groups, index)), {}, []
        texts = []
        for parts in (self.prompt, self.negative):
            spelled = [(part, spell_part(part, ranks, named)) for part in parts]
            chosen += [text for part, text in spelled if isinstance(part, (Group, Range))]
            texts.append("".join(text for _, text in spelled))
        return Combination(index, *texts, dict(zip(self.names, chosen, strict=True)))

    def index(self, ranks: Sequence[int]) -> int:
        """The combination that takes value `ranks[i]` of axis i."""
        index = 0
        for group, rank in zip(self.groups, ranks, strict=True):
            index = index * group.size + rank
        return index

    def sample(self, n: int, seed: int) -> list[Combination]:
        """A balanced sample; the same template, seed and n give the same list."""
        return [self.expand(index) for index in self.rounds(n, partial(balanced, seed=seed))]

    def random(self, n: int, seed: int) -> list[Combination]:
        """A sample by chance and weight; like the balanced one it repeats nothing before all were used."""
        return [self.expand(index) for index in self.rounds(n, partial(scattered, seed=seed))]

    def rounds(self, n: int, choose: Callable[[list[Group | Range], int], list[list[int]]]) -> list[int]:
        """Indices: every combination as often as it fits in `n`, then `choose` for the rest."""
        full, rest = divmod(n, self.count)
        everything = list(range(self.count)) * full if full else []
        return everything + sorted(self.index(ranks) for ranks in choose(self.groups, rest))


def axis(name: str, group: Group | Range) -> Axis:
    if group.size > MOST_OPTIONS:
        sources, weights = [option.source for option in group.options], [option.weight for option in group.options]
        return Axis(name, sources, group.is_nested, weights, group.size)
    ranks = range(group.size)
    texts, weights = [group.text(rank, {}) for rank in ranks], [group.weight(rank) for rank in ranks]
    return Axis(name, texts, group.is_nested, weights, group.size)


def parse(prompt: str, negative: str = "") -> Template:
    """Read both texts; raises Invalid with `field` "prompt" or "negative", line and column."""
    names: dict[str, int] = {}
    return Template(Parser("prompt", prompt, names).read(), Parser("negative", negative, names).read())
