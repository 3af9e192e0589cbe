"""Black Forest Labs' Flux: submit, poll, download (wire: docs.bfl.ai)."""

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from server.errors import ProviderError
from server.providers.connection import Capabilities, Connection, Model, Range, Size
from server.providers.images import delivery
from server.providers.images.job import ImageJob, Picture, Progress, Submitted
from server.providers.images.overhear import Say, overhear
from server.providers.images.patience import Patience
from server.providers.images.refusals import bad_reply, refusal
from server.providers.images.wire import Wire

POLL = 0.5
STUMBLES = 3
DOLLARS_A_CREDIT = 0.01
RATIOS = {
    "21:9": (1568, 672), "16:9": (1392, 752), "3:2": (1248, 832), "4:3": (1184, 880), "1:1": (1024, 1024),
    "3:4": (880, 1184), "2:3": (832, 1248), "9:16": (752, 1392), "9:21": (672, 1568),
}  # fmt: skip


@dataclass(frozen=True)
class Family:
    """What a family of models listens to; `image` is the field for a picture to start from, `price` in dollars."""

    size: Size
    image: str | None = None
    steps: Range | None = None
    guidance: Range | None = None
    price: float | None = None


FREE = Size(64, 2048, 16)
FIRST = Size(256, 1440, 32)
SHAPED = Size(choices=tuple(RATIOS.values()))
LARGE = Size(choices=tuple((2 * width, 2 * height) for width, height in RATIOS.values()))
FAMILIES = {
    "flux-2-flex": Family(FREE, "input_image", Range(1, 50, 50), Range(1.5, 10, 4.5)),
    "flux-2": Family(FREE, "input_image"),
    "flux-kontext-max": Family(SHAPED, "input_image", price=0.08),
    "flux-kontext": Family(SHAPED, "input_image", price=0.04),
    "flux-pro-1.1-ultra": Family(LARGE, "image_prompt", price=0.06),
    "flux-pro-1.1": Family(FIRST, "image_prompt", price=0.04),
    "flux-dev": Family(FIRST, "image_prompt", Range(1, 50, 28), Range(1.5, 5, 3), price=0.025),
    "": Family(FIRST),
}
MODELS = {
    "flux-2-pro": "The newest Flux, balanced.",
    "flux-2-max": "The newest Flux at its best.",
    "flux-2-flex": "The newest Flux with steps and guidance in your hands.",
    "flux-2-klein-9b": "The newest Flux in a hurry.",
    "flux-2-klein-4b": "The newest Flux in the greatest hurry.",
    "flux-pro-1.1-ultra": "Four megapixels in a chosen shape.",
    "flux-pro-1.1": "Flux 1.1, dependable.",
    "flux-kontext-pro": "Changes a picture as you say.",
    "flux-kontext-max": "Changes a picture as you say, with better lettering.",
    "flux-dev": "The open Flux, with steps and guidance.",
}


class BFL:
    """Nothing can be cancelled there; a job that was submitted is found again by its polling address.

    `silence` is for one answer, `longest` for the picture, `poll` between questions, all in seconds.
    """

    def __init__(self, connection: Connection, *, silence: float = 60.0, longest: float = 600.0, poll: float = POLL):
        self._connection = connection
        self._silence, self._longest, self._poll = silence, longest, poll
        self._wire = Wire(
            connection, "https://api.bfl.ai", version="/v1", headers={"x-key": connection.key}, kin="bfl.ai",
            refuse=_refuse,
        )  # fmt: skip

    def models(self) -> list[Model]:
        """The configured ones, or the known ones: this vendor publishes no list."""
        return [_model(id) for id in self._connection.models or MODELS]

    def check(self) -> None:
        self._wire.knock("/credits")

    def make(self, job: ImageJob) -> Iterator[Submitted | Progress | Picture]:
        patience = Patience(self._silence, self._longest)
        return overhear(lambda say: self._paint(job, say, patience), patience)

    def _paint(self, job: ImageJob, say: Say, patience: Patience) -> Picture:
        handle, cost = job.handle, None
        if not handle:
            handle, cost = self._submit(job, patience)
            say(Submitted(handle))
        result = self._await(handle, say, patience)
        data = self._wire.fetch(result.get("sample"), patience)
        return replace(delivery.picture(data, delivery.seed(result.get("seed"), job.seed)), cost=cost)

    def _submit(self, job: ImageJob, patience: Patience) -> tuple[str, float | None]:
        """The polling address and the cost in dollars; not retried here, for it is paid."""
        if not re.fullmatch(r"[\w.-]{1,80}", job.model):
            raise refusal(404, {}, None)
        said = self._wire.post(f"/{job.model}", request(job), patience)
        if not isinstance(said, dict) or not isinstance(said.get("polling_url"), str):
            raise bad_reply()
        credits = said.get("cost")
        return said["polling_url"], credits * DOLLARS_A_CREDIT if isinstance(credits, int | float) else None

    def _await(self, handle: str, say: Say, patience: Patience) -> dict:
        """The result of a picture that is paid for already, so a few failed questions are forgiven."""
        stumbles = 0
        while True:
            try:
                said = self._wire.get(handle, patience)
                stumbles = 0
            except ProviderError as error:
                stumbles += 1
                if error.kind == "model_not_found":
                    raise _lost() from None
                if error.permanent or stumbles > STUMBLES:
                    raise
                said = {"status": "Pending"}
            if result := _result(said):
                return result
            say(Progress(_fraction(said.get("progress"))))
            patience.pause(self._poll)


def request(job: ImageJob) -> dict:
    """The body for a model's family: only what it knows."""
    family = _family(job.model)
    body = {"prompt": job.prompt, "seed": job.seed, "output_format": "png", "prompt_upsampling": False}
    if family.size.choices:
        body["aspect_ratio"] = min(RATIOS, key=lambda name: abs(_shape(*RATIOS[name]) - _shape(job.width, job.height)))
    else:
        body |= {"width": _fit(job.width, family.size), "height": _fit(job.height, family.size)}
    if family.steps:
        body["steps"] = job.steps or int(family.steps.default)
    if family.guidance:
        body["guidance"] = job.cfg_scale or family.guidance.default
    if family.image and job.init_image:
        body[family.image] = base64.b64encode(job.init_image).decode("ascii")
    return body


def _family(model: str) -> Family:
    return next(family for prefix, family in FAMILIES.items() if model.startswith(prefix))


def _shape(width: int, height: int) -> float:
    """Equally far from square lying and standing."""
    return width / height if width > height else 2 - height / width


def _fit(side: int, size: Size) -> int:
    return min(max(side // size.step * size.step, size.min), size.max)


def _result(said: Any) -> dict | None:
    """The finished result, None while pending; every other status is an end and raises."""
    if not isinstance(said, dict):
        raise bad_reply()
    status, result = said.get("status"), said.get("result")
    if status == "Pending":
        return None
    if status == "Ready" and isinstance(result, dict):
        return result
    if status in ("Request Moderated", "Content Moderated"):
        words = "The image server declined this as unsafe. Change the prompt and try again."
        raise ProviderError("moderated", words, permanent=True)
    if status == "Task not found":
        raise _lost()
    if status == "Error":
        words = "The image server failed at this. Trying again may help."
        raise ProviderError("busy", words, permanent=False, over=True)
    raise bad_reply()


def _lost() -> ProviderError:
    words = "The image server no longer knows this picture. Retry makes it anew."
    return ProviderError("bad_reply", words, permanent=True)


def _refuse(status: int, headers: Mapping[str, str], body: Any) -> ProviderError:
    if isinstance(body, dict) and "Moderated" in str(body.get("status")):
        return ProviderError("moderated", "The image server declined this as unsafe.", permanent=True)
    return refusal(status, headers, body)


def _model(id: str) -> Model:
    family = _family(id)
    capabilities = Capabilities(
        seed=True, img2img=family.image is not None, progress=True,
        steps=family.steps, cfg_scale=family.guidance, size=family.size,
    )  # fmt: skip
    return Model(id, "image", id, MODELS.get(id, "By Black Forest Labs."), capabilities, family.price)


def _fraction(said: object) -> float | None:
    return min(1.0, max(0.0, said)) if isinstance(said, int | float) else None
