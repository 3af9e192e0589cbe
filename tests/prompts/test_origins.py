"""Recipes that other programs wrote into pictures, and how little it takes to be none."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.prompts.origins import READERS, UNKNOWN, origin

A1111 = "a fox in snow\nNegative prompt: blurry\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 5, Size: 512x768"
SWARM = {
    "sui_image_params": {
        "prompt": "a fox in snow",
        "negativeprompt": "blurry",
        "model": "sdxl",
        "seed": 5,
        "steps": 20,
        "cfgscale": 7.0,
        "width": 512,
        "height": 768,
    }
}
INVOKE = {
    "positive_prompt": "a fox in snow",
    "negative_prompt": "blurry",
    "model": {"name": "sdxl"},
    "seed": 5,
    "steps": 20,
    "cfg_scale": 7.0,
    "width": 512,
    "height": 768,
}
CLASSIC = {
    "3": {
        "class_type": "KSampler",
        "inputs": {
            "seed": 5,
            "steps": 20,
            "cfg": 7.0,
            "sampler_name": "euler",
            "model": ["4", 0],
            "positive": ["6", 0],
            "negative": ["7", 0],
            "latent_image": ["5", 0],
        },
    },
    "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sdxl"}},
    "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 512, "height": 768, "batch_size": 1}},
    "6": {"class_type": "CLIPTextEncode", "inputs": {"text": ["9", 0], "clip": ["4", 1]}},
    "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "blurry", "clip": ["4", 1]}},
    "9": {"class_type": "PrimitiveString", "inputs": {"value": "a fox in snow"}},
}
FLUX = {
    "13": {
        "class_type": "SamplerCustomAdvanced",
        "inputs": {
            "noise": ["25", 0],
            "guider": ["22", 0],
            "sampler": ["16", 0],
            "sigmas": ["17", 0],
            "latent_image": ["27", 0],
        },
    },
    "25": {"class_type": "RandomNoise", "inputs": {"noise_seed": 5}},
    "22": {"class_type": "BasicGuider", "inputs": {"model": ["12", 0], "conditioning": ["26", 0]}},
    "26": {"class_type": "FluxGuidance", "inputs": {"guidance": 3.5, "conditioning": ["6", 0]}},
    "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a fox in snow", "clip": ["11", 0]}},
    "16": {"class_type": "KSamplerSelect", "inputs": {"sampler_name": "euler"}},
    "17": {"class_type": "BasicScheduler", "inputs": {"steps": 20, "model": ["12", 0]}},
    "27": {"class_type": "EmptySD3LatentImage", "inputs": {"width": 512, "height": 768}},
    "12": {"class_type": "UNETLoader", "inputs": {"unet_name": "flux1-dev"}},
    "11": {"class_type": "DualCLIPLoader", "inputs": {"clip_name1": "t5xxl"}},
}


def written(name: str, content) -> dict[str, str]:
    return {name: content if isinstance(content, str) else json.dumps(content)}


@pytest.mark.parametrize(
    "source, texts",
    [
        ("a1111", written("parameters", A1111)),
        ("swarmui", written("parameters", SWARM)),
        ("invokeai", written("invokeai_metadata", INVOKE)),
        ("comfyui", written("prompt", CLASSIC)),
        ("comfyui", written("prompt", FLUX)),
        ("emulsion", written("emulsion", {"emulsion": 1, "recipe": {"prompt": "a fox in snow", "seed": 5}})),
    ],
)
def test_each_program_is_known_by_its_own_way_of_writing(source, texts):
    found = origin(texts)
    assert found.source == source and found.raw in texts.values()
    assert found.recipe["prompt"] == "a fox in snow" and found.recipe["seed"] == 5
    if source != "emulsion":
        assert (found.recipe["width"], found.recipe["height"], found.recipe["steps"]) == (512, 768, 20)


def test_a_graph_tells_what_its_nodes_hold_however_far_away():
    assert origin(written("prompt", CLASSIC)).recipe == {
        "prompt": "a fox in snow",
        "negative": "blurry",
        "seed": 5,
        "steps": 20,
        "cfg_scale": 7.0,
        "sampler": "euler",
        "width": 512,
        "height": 768,
        "model": "sdxl",
    }
    assert origin(written("prompt", FLUX)).recipe["model"] == "flux1-dev"


def test_our_own_words_come_before_those_for_other_programs():
    both = {**written("parameters", A1111), **written("emulsion", {"recipe": {"prompt": "a {red|blue} fox"}})}
    assert origin(both).recipe == {"prompt": "a {red|blue} fox"}


@pytest.mark.parametrize(
    "text",
    [
        "Created with a camera",
        "{}",
        "[1, 2]",
        "[" * 5000,
        '{"1": {"inputs": {"positive": ["1", 0], "latent_image": ["1", 0]}}}',
        '{"1": {"inputs": {"positive": ["2", 0], "latent_image": 3}}, "2": {"inputs": {"a": ["1", 0]}}}',
        '{"image": {"prompt": [7]}, "recipe": [], "sui_image_params": 5, "model": "x"}',
        '{"positive_prompt": "   "}',
    ],
)
@pytest.mark.parametrize("name", sorted({name for _, name, _ in READERS}))
def test_what_is_no_recipe_is_none(name, text):
    assert origin({name: text}) == UNKNOWN


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["1", "inputs", "prompt", "recipe"]), inner),
)


@given(st.sampled_from([name for _, name, _ in READERS]), JSON)
def test_any_text_is_read_without_a_crash(name, content):
    origin(written(name, content))
