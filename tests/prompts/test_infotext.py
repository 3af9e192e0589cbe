"""Recipes go into a picture as infotext and come back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.prompts.infotext import infotext, read

RECIPE = {
    "prompt": "a fox, (ink:1.2),\n<lora:ink:0.8>",
    "negative": "blurry,\ntext",
    "model": "sdxl, turbo: 1.0",
    "sampler": "DPM++ 2M Karras",
    "seed": 4294967295,
    "steps": 20,
    "cfg_scale": 6.5,
    "strength": 0.6,
    "width": 832,
    "height": 1216,
}


def test_a_recipe_comes_back_as_it_was():
    assert read(infotext(RECIPE)) == RECIPE


@pytest.mark.parametrize("field", ["negative", "model", "sampler", "steps", "cfg_scale", "strength"])
def test_a_recipe_without_a_field_comes_back_without_it(field):
    recipe = {key: value for key, value in RECIPE.items() if key != field}
    assert read(infotext(recipe | {field: None})) == recipe


def test_the_text_is_what_other_tools_write():
    recipe = {"prompt": "a fox", "negative": "dog", "steps": 20, "sampler": "Euler a", "cfg_scale": 7.0, "seed": 5}
    assert infotext(recipe | {"width": 512, "height": 768, "model": "v1-5"}) == (
        "a fox\nNegative prompt: dog\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 5, Model: v1-5, Size: 512x768"
    )


def test_a_text_of_the_web_ui_is_read():
    text = (
        "masterpiece, a fox\nNegative prompt: blurry\n"
        "Steps: 28, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 5.5,"
        ' Seed: 77, Size: 1024x1024, Model hash: 31e35c80fc, Model: sd_xl_base_1.0, Lora hashes: "ink: 1, oil: 2",'
        " Denoising strength: 0.4, Version: v1.10.1"
    )
    assert read(text) == {
        "prompt": "masterpiece, a fox",
        "negative": "blurry",
        "steps": 28,
        "sampler": "DPM++ 2M",
        "cfg_scale": 5.5,
        "seed": 77,
        "width": 1024,
        "height": 1024,
        "model": "sd_xl_base_1.0",
        "strength": 0.4,
    }


def test_a_prompt_alone_is_a_prompt():
    assert read("a fox, style: ink\nmood: calm") == {"prompt": "a fox, style: ink\nmood: calm"}


def test_malformed_settings_are_left_out():
    assert read("a fox\nSteps: many, Seed: 5, Size: big") == {"prompt": "a fox", "seed": 5}


def test_settings_without_a_prompt_are_read():
    assert read("Steps: 20, Seed: 5") == {"prompt": "", "steps": 20, "seed": 5}


@given(st.text())
def test_any_text_is_read_without_a_crash(text):
    assert "prompt" in read(text)
