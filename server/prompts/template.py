"""A prompt and a negative prompt with their macros: parse, count, expand."""

from dataclasses import dataclass
from functools import cached_property
from math import prod

from server.errors import Invalid
from server.prompts.nodes import Group, Parts, Range, digits, groups, spell_part
from server.prompts.parsing import MOST_OPTIONS, Parser


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


def axis(name: str, group: Group | Range) -> Axis:
    if group.size > MOST_OPTIONS:
        written = group.options
        return Axis(name, [each.source for each in written], group.is_nested, [each.weight for each in written], group.size)
    ranks = range(group.size)
    texts, weights = [group.text(rank, {}) for rank in ranks], [group.weight(rank) for rank in ranks]
    return Axis(name, texts, group.is_nested, weights, group.size)


def parse(prompt: str, negative: str = "") -> Template:
    """Read both texts; raises Invalid with `field` "prompt" or "negative", line and column."""
    names: dict[str, None] = {}
    return Template(Parser("prompt", prompt, names).read(), Parser("negative", negative, names).read())
