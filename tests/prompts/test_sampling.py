"""Balanced samples: every option its fair turn, pairs rarely twice, nothing twice before all were used."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.prompts import parse

SIZES = st.lists(st.integers(1, 7), min_size=1, max_size=5)

WEIGHTS = st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=5), min_size=1, max_size=4)


def template_of(sizes):
    axes = ["|".join(f"w{axis}v{value}" for value in range(size)) for axis, size in enumerate(sizes)]
    return parse(" ".join(f"{{{options}|w{axis}v0}}" for axis, options in enumerate(axes)))


def uses(sample, axis):
    counts = Counter(combination.assignment[axis.name] for combination in sample)
    return [counts[option] for option in axis.options]


def repeated_pairs(sample):
    pairs = Counter(pair for each in sample for pair in combinations(sorted(each.assignment.items()), 2))
    return sum(count * (count - 1) // 2 for count in pairs.values())


@settings(max_examples=150, deadline=None)
@given(SIZES, st.integers(1, 70), st.integers(0, 2**32))
def test_uses_of_any_two_options_differ_by_at_most_one(sizes, n, seed):
    template = template_of(sizes)
    sample = template.sample(n, seed)
    for axis in template.axes:
        assert max(uses(sample, axis)) - min(uses(sample, axis)) <= 1


@settings(max_examples=100, deadline=None)
@given(SIZES, st.integers(1, 70), st.integers(0, 2**32), st.sampled_from(["sample", "random"]))
def test_no_combination_comes_again_before_all_were_used(sizes, n, seed, kind):
    template = template_of(sizes)
    sample = getattr(template, kind)(n, seed)
    uses = Counter(combination.index for combination in sample)
    assert len(sample) == n
    assert len(uses) == min(n, template.count)
    assert max(uses.values()) - min(uses.get(index, 0) for index in range(template.count)) <= 1


@settings(max_examples=60, deadline=None)
@given(WEIGHTS, st.integers(1, 40), st.integers())
def test_weighted_samples_are_distinct_too(weights, n, seed):
    axes = ["|".join(f"{weight}::v{value}" for value, weight in enumerate(row)) for row in weights]
    template = parse(" ".join(f"{{{options}|0::}}" for options in axes))
    assert len({each.index for each in template.sample(n, seed)}) == min(n, template.count)


@pytest.mark.parametrize("seed", range(5))
def test_options_come_as_often_as_their_weights_ask(seed):
    template = parse("{3::a|b|2::c} {1..9}")
    sample = template.sample(12, seed)
    assert uses(sample, template.axes[0]) == [6, 2, 4]


def test_a_weight_asks_for_no_more_than_there_is():
    template = parse("{9::a|b} {x|y}")
    sample = template.sample(3, 1)
    assert uses(sample, template.axes[0]) == [2, 1]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    ("prompt", "n", "least"),
    [
        ("{a|b}{c|d}{e|f}", 4, 0),
        ("{1..3}{1..3}{1..3}", 6, 0),
        ("{1..3}{1..3}{1..3}{1..3}", 9, 0),
        ("{1..2}{1..3}{1..4}", 6, 0),
        ("{1..2}{1..3}{1..4}", 12, 10),
        ("{1..4}{1..4}{1..4}", 16, 0),
        ("{a|b}{c|d}{e|f}", 6, 6),
    ],
)
def test_pairs_of_choices_repeat_as_rarely_as_can_be(prompt, n, least, seed):
    assert repeated_pairs(parse(prompt).sample(n, seed)) == least


def test_every_word_of_the_mission_gets_its_fair_turn():
    template = parse("a rain street, {an umbrella|a tram}, {amber|teal|rose} neon, {ink|oil}")
    sample = template.sample(6, 7)
    assert [uses(sample, axis) for axis in template.axes] == [[3, 3], [2, 2, 2], [3, 3]]


def test_a_nested_axis_is_balanced_over_its_values():
    template = parse("{red|{light|dark} blue} {rain|snow|fog}")
    sample = template.sample(6, 3)
    assert uses(sample, template.axes[0]) == [2, 2, 2]


def test_a_large_axis_never_repeats_a_value():
    sample = parse("{20$$" + "|".join(f"w{number}" for number in range(40)) + "} {a|b}").sample(64, 1)
    assert len({combination.assignment["1"] for combination in sample}) == 64


def test_the_same_template_seed_and_n_give_the_same_list():
    first, again = (parse("{1..9}{1..9}{3::a|b}").sample(20, 5) for _ in range(2))
    assert first == again
    assert first != parse("{1..9}{1..9}{3::a|b}").sample(20, 6)


def test_a_sample_comes_in_the_order_of_its_indices():
    indices = [combination.index for combination in parse("{1..9}{1..9}").sample(20, 5)]
    assert indices == sorted(indices)


def test_a_sample_of_more_than_all_repeats_all_evenly():
    uses = Counter(combination.index for combination in parse("{a|b|c}").sample(8, 1))
    assert sorted(uses.values()) == [2, 3, 3]


@pytest.mark.parametrize("kind", ["sample", "random"])
def test_a_huge_template_is_sampled_without_listing_it(kind):
    template = parse("{0..9}" * 30)
    assert len({combination.index for combination in getattr(template, kind)(64, 1)}) == 64


def test_chance_follows_the_weights():
    sample = parse("{9::a|b} {1..64} {1..64}").random(1000, 1)
    assert 850 < sum(combination.assignment["1"] == "a" for combination in sample) < 950


def test_chance_follows_the_weights_of_a_large_axis():
    heavy = "|".join(f"h{number}" for number in range(30))
    sample = parse("{9::{" + heavy + "}{" + heavy + "}{1..64}|{" + heavy + "}{1..64}{1..30}}").random(500, 1)
    assert 0.8 < sum(combination.prompt.count("h") == 2 for combination in sample) / 500 < 0.97


def test_nothing_is_sampled_of_none():
    assert parse("{a|b}").sample(0, 1) == []
