"""Proposals built from looks and axes."""

from server.providers.chat.briefing import is_sketch, listens_to_negative, prefers_prose
from server.providers.chat.guide.answer import choice, revised
from server.providers.chat.guide.changes import cleared
from server.providers.chat.guide.prompt import Prompt
from server.providers.chat.guide.reading import Reading, read
from server.providers.chat.guide.vocabulary import AXES, LOOKS, Axis, Look

_CLEARS = {"light": ("hour", "tone", "heat"), "style": ("style",), "mood": ("mood",), "view": ("view",),
           "season": ("season",), "weather": ("weather",), "palette": ("chroma",)}
_WHY = {
    "composition": "a named viewpoint keeps the subject from drifting into the middle",
    "style": "a named medium decides edges and texture, which come out averaged otherwise",
    "mood": "a mood settles all the small choices that nobody names",
}
_AXIS_FOR = {"light": "light", "composition": "view", "style": "style", "mood": "mood"}


def looks_for(prompt: str, count: int) -> list[Look]:
    """Looks that suit what a prompt says; where it leaves the hour open, the second is a contrast."""
    reading = read(prompt)
    own = [look for look in LOOKS if look.fits == reading.place]
    start = choice(range(len(own)), prompt)
    own = own[start:] + own[:start]
    if reading.place == "day" and not reading.has("hour", "light"):
        own[1:1] = [look for look in LOOKS if look.fits == "night"][:1]
    return (own + [look for look in LOOKS if look.fits == "any" and look not in own])[:count]


def why(look: Look, prompt: str) -> str:
    """What the look does for a prompt: its light's reason, or that of the first part it adds."""
    missing = read(prompt).missing
    return look.why if "light" in missing or not missing else _WHY[missing[0]]


def dressed(prompt: Prompt, look: Look, image_model: dict) -> Prompt:
    """The prompt with a look's words for whatever it leaves open."""
    for part in read(str(prompt)).missing:
        prompt = prompt.plus(getattr(look, part), prose=prefers_prose(image_model))
    return prompt


def looked(base: dict, look: Look, image_model: dict) -> dict:
    """A proposal of the base in a look, its negative and settings kept."""
    prompt = Prompt.read(base["prompt"])
    negative = base.get("negative") or negative_for(read(base["prompt"]), image_model)
    reason = f"{look.name.capitalize()}: {why(look, base['prompt'])}."
    return revised(base, reason, prompt=str(dressed(prompt, look, image_model)), negative=negative)


def negative_for(reading: Reading, image_model: dict) -> str:
    """A short negative prompt where the model listens and it helps."""
    if not listens_to_negative(image_model) or is_sketch(image_model) or prefers_prose(image_model):
        return ""
    return "deformed hands, extra fingers, text" if reading.has("person") else "blurry, text, watermark"


def open_axis(prompt: str) -> Axis:
    """The axis most worth comparing: what the prompt leaves open, else its colours."""
    reading = read(prompt)
    names = [_AXIS_FOR[part] for part in reading.missing if not reading.has("mark")] or ["palette"]
    return next(axis for axis in AXES if axis.name == names[0])


def compared(base: dict, axes: list[tuple[Axis, int]], reason: str) -> dict:
    """A proposal with one macro for each axis, of so many options."""
    prompt = Prompt.read(base["prompt"])
    for axis, count in axes:
        for group in _CLEARS[axis.name]:
            prompt = cleared(prompt, group)
        prompt = prompt.plus(f"{{{axis.name}: {'|'.join(axis.options[:count])}}}")
    return revised(base, reason, prompt=str(prompt))
