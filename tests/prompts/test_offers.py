"""What is offered for a prompt: at least 3 images, at best 6."""

import pytest

from server.errors import Invalid
from server.prompts import offer, parse


def made(prompt, **asked):
    found = offer(parse(prompt), 7, **asked)
    return found.reason, [combination.index for combination, _ in found.items]


def test_a_prompt_without_macros_makes_one_image():
    assert made("a fox") == ("single", [0])


def test_two_combinations_are_filled_up_to_six_with_further_seeds():
    assert made("{a|b}") == ("seeds", [0, 1, 0, 1, 0, 1])


@pytest.mark.parametrize("count", [3, 4, 5, 6])
def test_three_to_six_combinations_are_all_made(count):
    assert made(f"{{1..{count}}}") == ("all", list(range(count)))


def test_above_six_a_balanced_sample_of_six_is_made():
    reason, indices = made("{1..3} {1..4}")
    assert reason == "balanced"
    assert len(set(indices)) == 6
    assert sorted(index // 4 for index in indices) == [0, 0, 1, 1, 2, 2]


def test_a_batch_size_is_made_exactly():
    assert made("a fox", batch_size=3) == ("seeds", [0, 0, 0])
    assert made("{a|b}", batch_size=1)[0] == "balanced"
    assert made("{a|b}", batch_size=2) == ("all", [0, 1])
    assert made("{a|b|c}", batch_size=2)[0] == "balanced"
    assert made("{1..3} {1..4}", batch_size=12) == ("all", list(range(12)))


def test_a_batch_above_all_combinations_goes_on_with_further_seeds_evenly():
    reason, indices = made("{a|b|c}", batch_size=8)
    assert reason == "seeds"
    assert sorted(indices.count(index) for index in range(3)) == [2, 3, 3]


def test_every_image_has_its_own_place_after_the_seed():
    assert [k for _, k in offer(parse("{a|b}"), 7).items] == [0, 1, 2, 3, 4, 5]


def test_indices_are_made_exactly_in_their_order():
    assert made("{a|b|c}", indices=["2", "0"]) == ("balanced", [2, 0])
    assert made("{0..9}" * 30, indices=[str(10**30 - 1)])[1] == [10**30 - 1]


@pytest.mark.parametrize("index", ["3", "-1", "one", "", "1.0", "²", "9" * 5000, -1])
def test_an_index_that_is_none_of_the_template_is_refused(index):
    with pytest.raises(Invalid) as refusal:
        made("{a|b|c}", indices=[index])
    assert refusal.value.details == {"field": "indices"}


def test_a_batch_of_none_is_refused():
    with pytest.raises(Invalid) as refusal:
        made("{a|b}", batch_size=0)
    assert refusal.value.details == {"field": "batch_size"}


def test_the_same_seed_makes_the_same_offer():
    assert offer(parse("{1..9}{1..9}"), 7) == offer(parse("{1..9}{1..9}"), 7)
