"""Recipes as A1111 infotext, the text that most tools write into their pictures and read back.

The prompt's lines, a line `Negative prompt: …`, then one line `Steps: 20, Sampler: Euler a, …`; a value with a
comma, colon or line break stands in JSON quotes (as AUTOMATIC1111's web UI writes and reads it).
"""

import json
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

NEGATIVE = "Negative prompt:"
LONGEST = 64_000
SETTING = re.compile(r'\s*([A-Za-z][\w /-]{0,60}):\s*("(?:\\.|[^\\"])*"|[^,]*)(?:,|$)')

KEYS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "Steps": ("steps", int),
    "Sampler": ("sampler", str),
    "CFG scale": ("cfg_scale", float),
    "Seed": ("seed", int),
    "Model": ("model", str),
    "Denoising strength": ("strength", float),
}
SIZE = re.compile(r"(\d{1,5})x(\d{1,5})")


def infotext(recipe: dict[str, Any]) -> str:
    """The infotext of a recipe with the fields of a generate body (prompt, negative, seed, width, …)."""
    lines = [recipe.get("prompt") or ""]
    if recipe.get("negative"):
        lines.append(f"{NEGATIVE} {recipe['negative']}")
    settings = [f"{key}: {quoted(recipe[name])}" for key, (name, _) in KEYS.items() if recipe.get(name) is not None]
    if recipe.get("width") and recipe.get("height"):
        settings.append(f"Size: {recipe['width']}x{recipe['height']}")
    return "\n".join([*lines, ", ".join(settings)] if settings else lines)


def quoted(value: Any) -> str:
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return json.dumps(text, ensure_ascii=False) if re.search(r'[,:"\n\r]', text) else text


def read(text: str) -> dict[str, Any]:
    """The recipe in an infotext; what is missing or malformed is left out, and only 64,000 characters are read."""
    lines = text[:LONGEST].strip().split("\n")
    recipe = settings_of(lines[-1])
    if recipe:
        lines.pop()
    start = next((place for place, line in enumerate(lines) if line.startswith(NEGATIVE)), len(lines))
    negative = "\n".join(lines[start:]).removeprefix(NEGATIVE).strip()
    return {"prompt": "\n".join(lines[:start]).strip(), **({"negative": negative} if negative else {}), **recipe}


def settings_of(line: str) -> dict[str, Any]:
    """The known settings of a line that begins with one; nothing of any other line."""
    found = SETTING.findall(line)
    if not found or found[0][0] not in {*KEYS, "Size"}:
        return {}
    recipe = {}
    for key, value in found:
        recipe.update(setting(key, unquoted(value.strip())))
    return recipe


def setting(key: str, value: str) -> dict[str, Any]:
    size = SIZE.fullmatch(value)
    if key == "Size" and size:
        return {"width": int(size[1]), "height": int(size[2])}
    with suppress(KeyError, ValueError):
        name, kind = KEYS[key]
        return {name: kind(value)}
    return {}


def unquoted(value: str) -> str:
    with suppress(ValueError):
        return str(json.loads(value)) if value.startswith('"') else value
    return value
