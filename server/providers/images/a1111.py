"""AUTOMATIC1111's and Forge's web UI, started with --api (wire: its modules/api/api.py, modules/progress.py)."""

import base64
import json
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from threading import Event, Thread
from typing import Any

from server.errors import ProviderError
from server.providers.connection import Capabilities, Connection, Model, Range, Size
from server.providers.images import delivery
from server.providers.images.job import ImageJob, Picture, Progress, Submitted
from server.providers.images.overhear import Say, overhear
from server.providers.images.patience import Patience
from server.providers.images.refusals import bad_reply, refusal
from server.providers.images.wire import Wire

STEPS = Range(1, 150, 20)
CFG = Range(1, 30, 7)
DISTILLED = Range(1, 10, 3.5)
SIDES = Size(64, 2048, 8)
POLL = 0.5
ASIDE = 5.0
LONGEST = 3600.0


class A1111:
    """The key is "user:pass" of --api-auth. Its calls block until the picture is done, so a thread asks beside
    them how far it is; news count as signs of life, `silence` is in seconds."""

    def __init__(self, connection: Connection, *, silence: float = 120.0, poll: float = POLL):
        self._connection = connection
        self._silence = silence
        self._poll = poll
        self._wire = Wire(
            connection, "http://127.0.0.1:7860", headers=_basic(connection.key), refuse=_refuse, silence=ASIDE
        )

    def models(self) -> list[Model]:
        """The configured ones, without samplers while the server does not answer; otherwise those it lists."""
        try:
            samplers = self._samplers()
        except ProviderError:
            if not self._connection.models:
                raise
            samplers = ()
        ids = self._connection.models or _names(self._wire.get("/sdapi/v1/sd-models"), "model_name")
        return [_model(id, samplers) for id in ids]

    def check(self) -> None:
        self._samplers()

    def make(self, job: ImageJob) -> Iterator[Submitted | Progress | Picture]:
        patience, made = Patience(self._silence, LONGEST), False
        try:
            with closing(overhear(lambda say: self._paint(job, say, patience), patience)) as words:
                for word in words:
                    made = isinstance(word, Picture)
                    yield word
        except GeneratorExit:
            if not made:
                self._interrupt(job.task_id)
            raise

    def _samplers(self) -> tuple[str, ...]:
        return tuple(_names(self._wire.get("/sdapi/v1/samplers"), "name"))

    def _paint(self, job: ImageJob, say: Say, patience: Patience) -> Picture:
        done = Event()
        Thread(target=self._watch, args=(job, say, patience, done), name="progress", daemon=True).start()
        try:
            path = "/sdapi/v1/img2img" if job.init_image else "/sdapi/v1/txt2img"
            return _picture(self._wire.post(path, request(job), patience), job)
        finally:
            done.set()

    def _watch(self, job: ImageJob, say: Say, patience: Patience, done: Event) -> None:
        """Say how far our task is until it is done; a server that cannot tell is simply silent."""
        ask, last = Asking(self._wire, job.task_id), None
        while not done.wait(self._poll):
            try:
                news = ask.progress()
            except ProviderError:
                continue
            if news and (news != last or news.fraction is None):
                patience.heard()
                say(news)
            last = news

    def _interrupt(self, task_id: str) -> None:
        """Interrupting is global and stops whoever runs: only when it is surely our task."""
        with suppress(ProviderError):
            if Asking(self._wire, task_id).is_running():
                self._wire.post("/sdapi/v1/interrupt", {})


class Asking:
    """How far one task is: by /internal/progress, or by the server-global answer where the page is off."""

    def __init__(self, wire: Wire, task_id: str):
        self._wire = wire
        self._task_id = task_id
        self._preview_id = -1
        self._by_task = True

    def progress(self) -> Progress | None:
        """None while our task neither runs nor waits; without a fraction while it waits in line."""
        if self._by_task:
            try:
                return self._of_task(self._internal())
            except ProviderError as error:
                if not error.permanent:
                    raise
                self._by_task = False
        return self._of_server(self._public())

    def is_running(self) -> bool:
        """Whether the server works on our task now, and says so itself."""
        try:
            return self._internal()["active"] is True
        except ProviderError:
            return self._public().get("current_task") == self._task_id

    def _internal(self) -> dict:
        body = {"id_task": self._task_id, "id_live_preview": self._preview_id, "live_preview": True}
        return _dict(self._wire.post("/internal/progress", body), "active")

    def _public(self) -> dict:
        return _dict(self._wire.get("/sdapi/v1/progress?skip_current_image=false"), "progress")

    def _of_task(self, said: dict) -> Progress | None:
        if said["active"] is not True:
            return Progress() if said.get("queued") else None
        self._preview_id = said.get("id_live_preview") or self._preview_id
        return Progress(_fraction(said.get("progress")), preview=delivery.preview(said.get("live_preview")))

    def _of_server(self, said: dict) -> Progress | None:
        state = said.get("state") if isinstance(said.get("state"), dict) else {}
        if not state.get("job_count") or said.get("current_task", self._task_id) not in (self._task_id, None):
            return None
        step, steps = state.get("sampling_step"), state.get("sampling_steps")
        return Progress(_fraction(said["progress"]), step, steps, delivery.preview(said.get("current_image")))


def request(job: ImageJob) -> dict:
    """The body of txt2img, or of img2img when there is a picture to start from."""
    body = {
        "prompt": job.prompt,
        "negative_prompt": job.negative,
        "seed": job.seed,
        "steps": job.steps or int(STEPS.default),
        **_guidance(job),
        "width": job.width,
        "height": job.height,
        "batch_size": 1,
        "n_iter": 1,
        "send_images": True,
        "save_images": False,
        "override_settings": {"sd_model_checkpoint": job.model},
        # Putting the old checkpoint back would load two models for each picture.
        "override_settings_restore_afterwards": False,
        "force_task_id": job.task_id,
    }
    if job.sampler:
        body["sampler_name"] = job.sampler
    if job.init_image:
        body["init_images"] = [base64.b64encode(job.init_image).decode("ascii")]
        body["denoising_strength"] = 0.75 if job.strength is None else job.strength
    return body


def _guidance(job: ImageJob) -> dict:
    """Flux listens to the distilled scale and wants the other at 1."""
    if _is_flux(job.model):
        return {"cfg_scale": 1, "distilled_cfg_scale": job.cfg_scale or DISTILLED.default}
    return {"cfg_scale": job.cfg_scale or CFG.default, "distilled_cfg_scale": DISTILLED.default}


def _picture(reply: Any, job: ImageJob) -> Picture:
    images = _dict(reply, "images")["images"]
    if not isinstance(images, list) or not images:
        raise delivery.bad_image("The image server sent no picture.")
    info = _info(reply.get("info"))
    seeds = info.get("all_seeds")
    seed = seeds[0] if isinstance(seeds, list) and seeds else info.get("seed")
    return delivery.picture(_own(images, info, job), delivery.seed(seed, job.seed))


def _info(text: object) -> dict:
    """`info` is JSON inside a JSON string."""
    try:
        info = json.loads(text)
    except (TypeError, ValueError, RecursionError):
        return {}
    return info if isinstance(info, dict) else {}


def _own(images: list, info: dict, job: ImageJob) -> bytes:
    """A grid may come before the picture: `index_of_first_image` tells, or else the size."""
    first = info.get("index_of_first_image")
    if isinstance(first, int) and 0 <= first < len(images):
        return delivery.decoded(images[first])
    decoded = [delivery.decoded(image) for image in images[:2]]
    sized = [data for data in decoded if delivery.png_size(data) == (job.width, job.height)]
    return (sized or decoded)[0]


def _refuse(status: int, headers: Mapping[str, str], body: Any) -> ProviderError:
    said = body if isinstance(body, dict) else {}
    detail = said.get("detail")
    if status in (400, 404) and detail == "Model not found":
        return refusal(404, headers, body)
    if status in (400, 404) and detail == "Sampler not found":
        return ProviderError("invalid_parameter", "The image server does not know this sampler.", permanent=True)
    if status == 404:
        words = "The image server answers, but its API is off: start it with --api."
        return ProviderError("bad_reply", words, permanent=True)
    if "memory" in f"{said.get('error')} {said.get('errors')}".lower():
        words = "The image server ran out of memory. A smaller size may help."
        return ProviderError("busy", words, permanent=False)
    return refusal(status, headers, body)


def _model(id: str, samplers: tuple[str, ...]) -> Model:
    flux = _is_flux(id)
    capabilities = Capabilities(
        seed=True, negative=not flux, img2img=True, progress=True, preview=True, cancel=True,
        steps=STEPS, cfg_scale=DISTILLED if flux else CFG, size=SIDES, samplers=samplers,
    )  # fmt: skip
    return Model(id, "image", id, "On your own image server.", capabilities)


def _is_flux(model: str) -> bool:
    return "flux" in model.lower()


def _basic(key: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(key.encode()).decode("ascii")} if key else {}


def _names(listed: Any, field: str) -> list[str]:
    if not isinstance(listed, list):
        raise bad_reply()
    names = [entry.get(field) for entry in listed if isinstance(entry, dict)]
    return [name for name in names if isinstance(name, str) and name]


def _dict(reply: Any, field: str) -> dict:
    if not isinstance(reply, dict) or field not in reply:
        raise bad_reply()
    return reply


def _fraction(said: object) -> float | None:
    return min(1.0, max(0.0, said)) if isinstance(said, int | float) else None
