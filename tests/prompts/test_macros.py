"""The macro grammar, held to the vectors that the browser reads too."""

import json
from pathlib import Path

import pytest

from server.errors import Invalid
from server.prompts import parse

VECTORS = json.loads((Path(__file__).parent / "vectors" / "macros.json").read_text(encoding="utf-8"))


def text(written) -> str:
    """A vector's text; long ones are written as [piece, times]."""
    return written if isinstance(written, str) else "".join(piece * times for piece, times in written)


def named(vectors):
    return [pytest.param(vector, id=vector["about"]) for vector in vectors]


def texts_of(vector):
    return text(vector["prompt"]), text(vector.get("negative", ""))


def test_there_are_vectors_for_every_part_of_the_grammar():
    assert len(VECTORS) >= 120


@pytest.mark.parametrize("vector", named(v for v in VECTORS if "count" in v))
def test_a_template_counts_and_expands(vector):
    template = parse(*texts_of(vector))
    assert str(template.count) == vector["count"]
    if "axes" in vector:
        axes = [{"name": axis.name, "options": axis.options, "nested": axis.nested} for axis in template.axes]
        assert axes == vector["axes"]
    for key, field in (("texts", "prompt"), ("negatives", "negative")):
        if key in vector:
            assert [getattr(template.expand(index), field) for index in range(template.count)] == vector[key]


@pytest.mark.parametrize("vector", named(v for v in VECTORS if "error" in v))
def test_a_fault_names_its_place_and_what_to_do(vector):
    with pytest.raises(Invalid) as fault:
        parse(*texts_of(vector))
    assert fault.value.to_dict() == {"code": "invalid", **vector["error"]}
