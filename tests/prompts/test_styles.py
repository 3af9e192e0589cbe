"""The final prompt, held to its vectors."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from server.errors import Invalid
from server.prompts import compose

VECTORS = json.loads((Path(__file__).parent / "vectors" / "compose.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", [pytest.param(vector, id=vector["about"]) for vector in VECTORS])
def test_theme_and_styles_go_around_the_prompt(vector):
    final = compose(vector["prompt"], vector["negative"], vector["theme"], vector["styles"])
    assert final == (vector["final"]["prompt"], vector["final"]["negative"])


def test_a_style_may_be_a_row_of_the_database():
    style = SimpleNamespace(positive="ink {prompt}", negative="blurry")
    assert compose("a fox", "", None, [style]) == ("ink a fox", "blurry")


def test_styles_that_multiply_the_prompt_are_refused():
    style = {"positive": "{prompt}" * 100, "negative": ""}
    with pytest.raises(Invalid) as refusal:
        compose("a fox", "", None, [style] * 9)
    assert refusal.value.details == {"field": "style_ids"}
