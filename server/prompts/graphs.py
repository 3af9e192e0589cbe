"""Recipes in ComfyUI's graphs: {node id: {"class_type", "inputs": {name: value or [node id, output]}}}.

The last sampler is looked for, and from it each field upstream, through whatever nodes stand between.
"""

from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

MOST_NODES = 2000
WORDS = ("text", "text_g", "string", "value", "prompt", "t5xxl", "clip_l")
MODELS = ("ckpt_name", "unet_name", "model_name")
Graph = dict[str, dict[str, Any]]


def recipe(given: dict[str, Any]) -> dict[str, Any] | None:
    """The fields of a generate body that the graph tells, or None when nothing in it samples a picture."""
    graph = {id: node["inputs"] for id, node in list(given.items())[:MOST_NODES] if has_inputs(node)}
    sampler = next((id for id in reversed(graph) if samples(graph[id])), None)
    if sampler is None:
        return None
    guides = {name: followed(graph, sampler, way) for name, way in WAYS.items()}
    found = {name: seek(graph, start, *SOUGHT[name]) for name, start in guides.items()}
    return {name: value for name, value in found.items() if value is not None}


def has_inputs(node: Any) -> bool:
    return isinstance(node, dict) and isinstance(node.get("inputs"), dict)


def samples(inputs: dict[str, Any]) -> bool:
    names = inputs.keys()
    return "latent_image" in names and ("positive" in names or "guider" in names)


WAYS: dict[str, tuple[str, ...]] = {
    "prompt": ("positive", "guider/positive", "guider/conditioning"),
    "negative": ("negative", "guider/negative"),
    "seed": ("", "noise"),
    "steps": ("", "sigmas"),
    "cfg_scale": ("", "guider"),
    "sampler": ("", "sampler"),
    "width": ("latent_image",),
    "height": ("latent_image",),
    "model": ("model", "guider/model"),
}


def is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


SOUGHT: dict[str, tuple[tuple[str, ...], Callable[[Any], bool]]] = {
    "prompt": (WORDS, is_text),
    "negative": (WORDS, is_text),
    "seed": (("seed", "noise_seed"), is_whole),
    "steps": (("steps",), is_whole),
    "cfg_scale": (("cfg",), is_number),
    "sampler": (("sampler_name",), is_text),
    "width": (("width",), is_whole),
    "height": (("height",), is_whole),
    "model": (MODELS, is_text),
}


def followed(graph: Graph, start: str, ways: tuple[str, ...]) -> list[str]:
    """The nodes at the ends of those ways, each a path of input names from `start`."""
    ends = []
    for way in ways:
        node: str | None = start
        for name in filter(None, way.split("/")):
            node = linked(graph, graph[node].get(name)) if node else None
        if node:
            ends.append(node)
    return ends


def seek(graph: Graph, starts: list[str], names: tuple[str, ...], fits: Callable[[Any], bool]) -> Any:
    """The nearest input of one of those names that fits, upstream of `starts`."""
    waiting, seen = deque(starts), set(starts)
    while waiting:
        inputs = graph[waiting.popleft()]
        for name in names:
            if fits(inputs.get(name)):
                return inputs[name]
        for node in upstream(graph, inputs):
            if node not in seen:
                seen.add(node)
                waiting.append(node)
    return None


def upstream(graph: Graph, inputs: dict[str, Any]) -> Iterator[str]:
    return filter(None, (linked(graph, value) for value in inputs.values()))


def linked(graph: Graph, value: Any) -> str | None:
    """The node that a link points to."""
    if isinstance(value, list) and len(value) == 2 and isinstance(value[0], str | int) and str(value[0]) in graph:
        return str(value[0])
    return None
