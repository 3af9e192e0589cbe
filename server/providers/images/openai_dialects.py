"""What "OpenAI-compatible" means for images: four dialects of one call.

A model is *together* when the connection's host is Together's or the model's name has an owner ("owner/name"),
*gpt* or *dalle* by its name, and *plain* otherwise (LocalAI, sd-server, gateways).
Sources: openai-python's image_generate_params.py, Together's openapi document.
"""

import re
from dataclasses import dataclass

from server.providers.connection import Capabilities, Range, Size
from server.providers.images.job import ImageJob

PARTIALS = 2
STEPS = Range(1, 50, 20)
FEW_STEPS = Range(1, 4, 4)
GUIDANCE = Range(1, 20, 3.5)
SQUARE = (1024, 1024)
SIZES = {
    "gpt-image-2": Size(720, 2160, 16),
    "gpt-image": Size(choices=(SQUARE, (1536, 1024), (1024, 1536))),
    "chatgpt-image": Size(choices=(SQUARE, (1536, 1024), (1024, 1536))),
    "dall-e-2": Size(choices=((256, 256), (512, 512), SQUARE)),
    "dall-e-3": Size(choices=(SQUARE, (1792, 1024), (1024, 1792))),
    "": Size(256, 2048, 16),
}
PAINTERS = re.compile(r"image|dall-e|flux|diffusion|sdxl|\bsd[\d-]|imagen|dreamshaper", re.IGNORECASE)


@dataclass(frozen=True)
class Dialect:
    """`streams` sends previews; `picture_word` is what response_format calls base64, None where it is refused."""

    name: str
    picture_word: str | None
    streams: bool = False


GPT = Dialect("gpt", None, streams=True)
DALLE = Dialect("dalle", "b64_json")
TOGETHER = Dialect("together", "base64")
PLAIN = Dialect("plain", "b64_json")


def dialect(host: str, model: str) -> Dialect:
    if host.endswith(("together.xyz", "together.ai")) or "/" in model:
        return TOGETHER
    if model.startswith(("gpt-image", "chatgpt-image")):
        return GPT
    return DALLE if model.startswith("dall-e") else PLAIN


def request(job: ImageJob, spoken: Dialect) -> dict:
    """The body of images/generations, with only the fields that the dialect knows."""
    width, height = fitted(job)
    body = {"model": job.model, "prompt": job.prompt, "n": 1}
    if spoken.picture_word:
        body["response_format"] = spoken.picture_word
    if spoken is not TOGETHER:
        return body | {"size": f"{width}x{height}"} | ({"output_format": "png"} if spoken is GPT else {})
    body |= {"width": width, "height": height, "seed": job.seed, "output_format": "png"}
    body["steps"] = job.steps or int(_steps(job.model).default)
    if not _is_quick(job.model):
        body["guidance_scale"] = job.cfg_scale or GUIDANCE.default
    if job.negative and not _is_flux(job.model):
        body["negative_prompt"] = job.negative
    return body


def capabilities(model: str, spoken: Dialect) -> Capabilities:
    size = _size(model)
    if spoken is not TOGETHER:
        return Capabilities(preview=spoken.streams, cancel=spoken.streams, size=size)
    guidance = None if _is_quick(model) else GUIDANCE
    return Capabilities(seed=True, negative=not _is_flux(model), steps=_steps(model), cfg_scale=guidance, size=size)


def fitted(job: ImageJob) -> tuple[int, int]:
    """The size nearest in shape, then in area, that the model takes; in pixels."""
    size = _size(job.model)
    if not size.choices:
        return _fit(job.width, size), _fit(job.height, size)
    ratio, area = job.width / job.height, job.width * job.height
    return min(size.choices, key=lambda choice: (abs(choice[0] / choice[1] - ratio), abs(choice[0] * choice[1] - area)))


def _size(model: str) -> Size:
    return next(size for prefix, size in SIZES.items() if model.startswith(prefix))


def _fit(side: int, size: Size) -> int:
    return min(max(side // size.step * size.step, size.min), size.max)


def _steps(model: str) -> Range:
    return FEW_STEPS if _is_quick(model) else STEPS


def _is_quick(model: str) -> bool:
    return "schnell" in model.lower()


def _is_flux(model: str) -> bool:
    return "flux" in model.lower()
