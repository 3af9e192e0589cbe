"""What a prompt with macros offers to make: at least 3 images, at best 6, every word with its fair turn."""

from collections.abc import Sequence
from typing import NamedTuple

from server.errors import Invalid
from server.prompts.template import Combination, Template

LEAST = 3
BEST = 6


class Offer(NamedTuple):
    """`items` pairs each combination with k, what is added to the seed when each image has its own."""

    reason: str
    items: list[tuple[Combination, int]]


def offer(
    template: Template, seed: int, batch_size: int | None = None, indices: Sequence[int | str] | None = None
) -> Offer:
    """The images to make; `reason` is "single", "seeds", "all" or "balanced". The caller caps the size.

    Without `batch_size` one combination makes one image, two are filled up to 6 with further seeds.
    Raises Invalid for a batch below 1 and for indices that the template does not have.
    """
    if indices is not None:
        chosen = [template.expand(number(index)) for index in indices]
    else:
        chosen = template.sample(wanted(template.count, batch_size), seed)
    return Offer(reason(template.count, len(chosen)), [(combination, k) for k, combination in enumerate(chosen)])


def wanted(count: int, batch_size: int | None) -> int:
    """How many images to make of `count` combinations."""
    if batch_size is not None:
        if batch_size < 1:
            raise Invalid("Ask for at least one image.", field="batch_size")
        return batch_size
    if count == 1:
        return 1
    return BEST if count < LEAST else min(count, BEST)


def reason(count: int, made: int) -> str:
    if made == 1 and count == 1:
        return "single"
    if made > count:
        return "seeds"
    return "all" if made == count else "balanced"


def number(index: int | str) -> int:
    """An index as it comes over the wire, a decimal string."""
    text = str(index)
    if not (text.isascii() and text.isdigit() and len(text) <= 4300):
        raise Invalid("Indices are whole numbers from 0, written as text.", field="indices")
    return int(text)
