"""What pictures do with words: the same for the same, and little else changes than what was said."""

from itertools import combinations

import numpy as np
import pytest

from server.providers.images.sketch.scenes import SCENES
from server.providers.images.sketch.styles import STYLES

WORDS = {  # a prompt that lands in each scene
    "hills": "rolling hills with a village",
    "meadow": "a poppy meadow",
    "mountains": "a mountain with a waterfall",
    "forest": "a birch forest",
    "dunes": "desert dunes under two moons",
    "lake": "a lake under an aurora",
    "sea": "a stormy sea",
    "coast": "a lighthouse on the coast",
    "deep": "a coral reef with jellyfish",
    "skyline": "a city skyline",
    "street": "an alley in rain",
    "hall": "a cathedral",
    "window": "a cat on a windowsill",
    "still": "a vase and a lemon",
    "space": "a ringed planet in a galaxy",
    "abstract": "geometric shapes",
}
FINISHES = {
    "gouache": "",
    "watercolor": "watercolor",
    "ink": "ink",
    "neon": "neon",
    "noir": "film noir",
    "pastel": "pastel",
    "pixel": "pixel art",
    "oil": "oil painting",
    "print": "risograph",
    "pencil": "pencil",
    "mosaic": "stained glass",
    "lowpoly": "low poly",
    "woodcut": "woodcut",
    "blueprint": "blueprint",
    "paper": "papercut",
    "film": "cinematic",
}


def test_every_scene_and_finish_has_words_here():
    assert set(WORDS) == set(SCENES)
    assert set(FINISHES) == set(STYLES)


@pytest.mark.parametrize("scene", WORDS)
def test_every_scene_draws_at_64_pixels_and_is_never_flat(drawn, scene):
    for seed in range(2):
        picture = drawn(WORDS[scene], seed=seed, width=64, height=64)
        assert picture.std((0, 1)).max() > 0.05
        assert len(np.unique((picture * 255).astype(int).reshape(-1, 3), axis=0)) > 300


@pytest.mark.parametrize("finish", FINISHES)
def test_every_finish_draws_at_64_pixels_and_looks_its_own(drawn, finish):
    plain = drawn("a red fox in a meadow", width=64, height=64)
    finished = drawn(f"a red fox in a meadow, {FINISHES[finish]}", width=64, height=64)
    assert finished.std((0, 1)).max() > 0.05
    assert (np.abs(finished - plain).mean() > 0.015) == (finish != "gouache")


def test_the_same_request_gives_the_same_bytes(png):
    for prompt in ("a red fox in rain", "qwerty zorblax", "two moons over the sea, watercolor"):
        assert png(prompt, "people", seed=11) == png(prompt, "people", seed=11)


def test_another_seed_gives_another_picture(drawn):
    pictures = [drawn("a red fox in rain", seed=seed) for seed in range(4)]
    assert all(np.abs(a - b).mean() > 0.02 for a, b in combinations(pictures, 2))


def test_unknown_words_change_the_picture(drawn):
    assert np.abs(drawn("zorblax") - drawn("quibblet")).mean() > 0.02


@pytest.mark.parametrize(
    "prompts",
    [
        ["a red fox in a forest", "a blue fox in a forest", "a green fox in a forest"],
        ["a fox in a meadow at dawn", "a fox in a meadow in rain", "a fox in a meadow in fog"],
        ["a fox in a meadow", "a fox in a meadow, oil painting", "a fox in a meadow, woodcut"],
    ],
)
def test_words_of_colour_hour_weather_and_style_keep_a_seeds_composition(drawn, prompts):
    others = [_shape(drawn(prompts[0], seed=seed)) for seed in (12, 13, 14, 15)]
    first, *rest = (_shape(drawn(prompt, seed=11)) for prompt in prompts)
    strangers = np.mean([_alike(first, other) for other in others])
    assert all(_alike(first, shape) > strangers + 0.15 for shape in rest)


@pytest.mark.parametrize(
    ("prompt", "negative"),
    [
        ("a boat on a calm lake at noon", "flock"),
        ("a night sky over hills", "moon"),
        ("a cat on a windowsill by day", "plant"),
    ],
)
def test_a_negative_changes_its_region_and_little_else(drawn, prompt, negative):
    changed = [_changed(drawn(prompt, seed=seed), drawn(prompt, negative, seed=seed)) for seed in range(3)]
    assert max(changed) > 0
    assert max(changed) < 0.45


def test_a_negative_colour_leaves_the_picture(drawn):
    with_red, without = drawn("a poppy meadow"), drawn("a poppy meadow", "red")
    assert _redness(without) < 0.5 * _redness(with_red)


def test_a_small_picture_has_the_composition_of_a_large_one(drawn):
    for prompt in ("a castle in the mountains", "a street in rain"):
        large, small = (drawn(prompt, width=side, height=side) for side in (256, 64))
        assert np.abs(large.reshape(64, 4, 64, 4, 3).mean((1, 3)) - small).mean() < 0.06


def test_cfg_drives_colour(drawn):
    chroma = [np.ptp(drawn("a red fox in a meadow", cfg=cfg), axis=2).mean() for cfg in (1.0, 7.0, 20.0)]
    assert chroma == sorted(chroma)
    assert chroma[2] > 1.4 * chroma[0]


def test_few_steps_leave_the_drawing_rough(drawn):
    detail = []
    for steps in (1, 4, 10, 24):
        picture = drawn("a birch forest", steps=steps, width=128, height=128)
        blurred = picture.reshape(64, 2, 64, 2, 3).mean((1, 3))  # so that grain averages out
        detail.append(np.abs(np.diff(blurred, axis=1)).mean())
    assert detail == sorted(detail)
    assert detail[-1] > 1.2 * detail[0]


def _shape(picture: np.ndarray) -> np.ndarray:
    """Where tones meet, on a coarse grid: what stays of a picture when its colours change."""
    tone = picture.mean(2).reshape(16, 6, 16, 6).mean((1, 3))
    edges = np.hypot(*np.gradient(tone))
    return (edges - edges.mean()) / edges.std()


def _alike(a: np.ndarray, b: np.ndarray) -> float:
    return float((a * b).mean())


def _changed(a: np.ndarray, b: np.ndarray) -> float:
    """The share of a picture that is clearly different."""
    return float((np.abs(a - b).max(2) > 0.08).mean())


def _redness(picture: np.ndarray) -> float:
    red, green, blue = np.moveaxis(picture, 2, 0)
    return float(np.maximum(red - np.maximum(green, blue) - 0.25, 0).mean())
