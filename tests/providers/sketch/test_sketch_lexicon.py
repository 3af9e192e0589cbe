"""From words to a reading."""

import pytest

from server.providers.images.sketch.colour import near_hue, rgb
from server.providers.images.sketch.lexicon.read import read
from server.providers.images.sketch.lexicon.words import tokens

RED, BLUE = rgb("#d93a2b"), rgb("#2f5fd0")


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("a fox in the forest", {"scene": "forest", "figures": [("fox", 1)]}),
        ("three owls at midnight", {"figures": [("owl", 3)], "time": "night"}),
        ("foxes on a hill", {"scene": "hills", "figures": [("fox", 3)]}),
        ("12 rabbits", {"figures": [("rabbit", 12)]}),
        ("snowy alps at dawn", {"scene": "mountains", "weather": {"snow"}, "time": "dawn"}),
        ("stormy sea, ship", {"scene": "sea", "weather": {"storm"}, "figures": [("ship", 1)]}),
        ("a person on the sea", {"scene": "coast"}),
        ("a cherry blossom tree in spring", {"season": "spring", "figures": [("tree", 1)]}),
        ("cathedral with rays of light", {"scene": "hall", "flavours": {"arch"}}),
        ("sunbeams in a jungle", {"scene": "forest", "extras": {"rays": 1}}),
        ("a lighthouse on a cliff", {"scene": "coast"}),
        ("two moons over dunes", {"scene": "dunes", "extras": {"moon": 2}}),
        ("cat without a window", {"banned": {"window"}}),
        ("fox, no snow", {"weather": set(), "figures": [("fox", 1)]}),
        ("woodcut of a mountain", {"scene": "mountains", "styles": ["woodcut"]}),
        ("oil painting, ink", {"styles": ["oil", "ink"]}),
        ("(castle:1.4) <lora:old:0.8> in autumn", {"figures": [("castle", 1)], "season": "autumn", "unknown": []}),
        ("zorblax fox", {"unknown": ["zorblax"], "figures": [("fox", 1)]}),
        ("neon alley", {"scene": "street", "styles": ["neon"]}),
        ("CITY SKYLINE AT NIGHT", {"scene": "skyline", "time": "night"}),
        ("", {"figures": [], "unknown": [], "known": []}),
    ],
)
def test_words_become_a_reading(prompt, expected):
    reading = read(prompt)
    for name, value in expected.items():
        found = getattr(reading, name)
        if name == "figures":
            found = [(figure.name, figure.count) for figure in found]
        if name in ("banned", "flavours"):
            assert value <= found
        else:
            assert found == value, name


def test_a_colour_binds_to_the_next_noun():
    reading = read("a red fox under a blue moon")
    assert near_hue(reading.figures[0].colour, RED)
    assert near_hue(reading.local["moon"], BLUE)
    assert reading.tints == []


def test_a_colour_without_a_noun_tints_the_whole():
    reading = read("a fox, blue")
    assert reading.figures[0].colour is None
    assert near_hue(reading.tints[0], BLUE)


def test_a_comma_ends_what_a_colour_and_a_number_belong_to():
    reading = read("three red, fox")
    assert (reading.figures[0].colour, reading.figures[0].count) == (None, 1)


def test_a_negative_takes_out_what_it_names():
    reading = read("a fox and an owl in a snowy forest at night, ink", "fox, snow, night, ink, red")
    assert [figure.name for figure in reading.figures] == ["owl"]
    assert (reading.weather, reading.styles) == (set(), [])
    assert reading.time != "night"
    assert near_hue(reading.avoid[0], RED)


def test_a_negative_flower_leaves_the_meadow():
    reading = read("a flower meadow", "flowers")
    assert reading.scene == "meadow"
    assert "blossom" in reading.banned


def test_what_a_composition_hangs_on_forgets_colour_weather_style_and_negative():
    plain = read("a fox in the forest")
    assert read("a red fox in the snowy forest at night, watercolor", "people").plot == plain.plot
    assert read("a fox in the zorblax forest").plot != plain.plot


@pytest.mark.parametrize("seed", range(12))
def test_an_empty_prompt_is_settled_by_the_seed(seed):
    reading = read("", seed=seed)
    assert reading == read("", seed=seed)
    assert reading.scene and reading.time and reading.season


def test_phrases_are_one_word():
    assert tokens("Pixel art of a still life") == ["pixel_art", "of", "a", "still_life"]
