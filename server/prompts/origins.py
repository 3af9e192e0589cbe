"""Whose picture it is, by what stands written in its file, and the recipe in it: fields of a generate body."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from server.prompts import graphs, infotext

Recipe = dict[str, Any]


class Origin(NamedTuple):
    """`source` is the program that wrote the recipe; `raw` the very text that was read."""

    source: str | None
    recipe: Recipe | None
    raw: str | None


UNKNOWN = Origin(None, None, None)


def origin(texts: dict[str, str]) -> Origin:
    """The first program that wrote down a prompt; UNKNOWN where none did. Nothing in the texts is believed or run."""
    for source, name, read in READERS:
        raw = texts.get(name, "")
        recipe = read(raw) if raw else None
        prompt = recipe.get("prompt") if recipe else None
        if isinstance(prompt, str) and prompt.strip():
            return Origin(source, {key: value for key, value in recipe.items() if value not in (None, "", [])}, raw)
    return UNKNOWN


def document(text: str) -> dict[str, Any]:
    """The JSON object in a text, empty where there is none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def part(of: dict[str, Any], name: str) -> dict[str, Any]:
    found = of.get(name)
    return found if isinstance(found, dict) else {}


def emulsion(text: str) -> Recipe:
    return part(document(text), "recipe")


def a1111(text: str) -> Recipe | None:
    """A text without settings is some comment, not a recipe."""
    recipe = None if text.lstrip().startswith("{") else infotext.read(text)
    return recipe if recipe and recipe.keys() & {"steps", "seed", "sampler", "cfg_scale"} else None


def swarmui(text: str) -> Recipe:
    """`sui_image_params` in a JSON text (SwarmUI writes it where A1111 writes its own)."""
    given = part(document(text), "sui_image_params")
    return {
        "prompt": given.get("prompt"),
        "negative": given.get("negativeprompt"),
        "model": given.get("model"),
        "seed": given.get("seed"),
        "steps": given.get("steps"),
        "cfg_scale": given.get("cfgscale"),
        "width": given.get("width"),
        "height": given.get("height"),
        "sampler": given.get("sampler"),
    }


def invokeai(text: str) -> Recipe:
    given = document(text)
    model = part(given, "model")
    return {
        "prompt": given.get("positive_prompt"),
        "negative": given.get("negative_prompt"),
        "model": model.get("name") or model.get("model_name"),
        "seed": given.get("seed"),
        "steps": given.get("steps"),
        "cfg_scale": given.get("cfg_scale"),
        "width": given.get("width"),
        "height": given.get("height"),
        "sampler": given.get("scheduler"),
        "strength": given.get("strength"),
    }


def old_invokeai(text: str) -> Recipe:
    """`sd-metadata` of InvokeAI 2, where a prompt may be a list of weighted ones and what is unwanted stands in []."""
    given = document(text)
    image = part(given, "image")
    prompt = image.get("prompt")
    if isinstance(prompt, list) and prompt and isinstance(prompt[0], dict):
        prompt = prompt[0].get("prompt")
    return {name: image.get(name) for name in ("seed", "steps", "cfg_scale", "width", "height", "sampler")} | {
        "prompt": prompt,
        "model": given.get("model_weights"),
    }


def comfyui(text: str) -> Recipe | None:
    return graphs.recipe(document(text))


READERS: tuple[tuple[str, str, Callable[[str], Recipe | None]], ...] = (
    ("emulsion", "emulsion", emulsion),
    ("invokeai", "invokeai_metadata", invokeai),
    ("invokeai", "sd-metadata", old_invokeai),
    ("swarmui", "parameters", swarmui),
    ("swarmui", "sui_image_params", swarmui),
    ("comfyui", "prompt", comfyui),
    ("a1111", "parameters", a1111),
)
