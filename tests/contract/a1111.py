"""A web UI that paints circles: one task at a time, progress, previews, a global interrupt.

Options: `step_seconds`, `web_ui` (whether /internal/progress is there), `api` (--api), `auth` ("user:pass"),
`retry_after` (seconds, said with 429), `grid` (null, "told", "alike" or "untold": a grid comes before the picture,
"alike" in its size), `stranger` (a task that is not ours runs), `models`. Behaviours of its own: `memory` (out of
it), `sampler` (unknown).
"""

import base64
import json
import threading
import time

from tests.contract.desk import Desk, Handler, serve, spoilt
from tests.contract.paint import b64, picture

DESK = Desk(
    step_seconds=0.01, web_ui=True, api=True, auth=None, grid=None, stranger=False, models=["sd15", "flux-dev"],
    retry_after=7,
)  # fmt: skip
ERRORS = {
    "401": (401, {"detail": "Incorrect username or password"}),
    "402": (402, {"detail": "Payment Required"}),
    "404": (404, {"detail": "Model not found"}),
    "422": (422, {"detail": [{"loc": ["body", "steps"], "msg": "too many", "type": "value_error"}]}),
    "429": (429, {"detail": "Too many requests"}),
    "500": (500, {"error": "RuntimeError", "detail": "", "body": "", "errors": "tensor /home/me/model.pt"}),
    "503": (503, {"detail": "Loading"}),
    "memory": (500, {"error": "OutOfMemoryError", "detail": "", "body": "", "errors": "CUDA out of memory."}),
    "sampler": (404, {"detail": "Sampler not found"}),
}


class Studio:
    """The one easel: whose task is on it, and how far it is."""

    def __init__(self):
        self.queue = threading.Lock()
        self.waiting: set[str] = set()
        self.task: str | None = None
        self.step = self.steps = 0
        self.job: dict = {}
        self.interrupted = threading.Event()

    def paint(self, job: dict) -> None:
        task = job.get("force_task_id", "")
        self.waiting.add(task)
        with self.queue:
            self.waiting.discard(task)
            self.interrupted.clear()
            self.task, self.job, self.steps = task, job, job["steps"]
            for step in range(self.steps):
                self.step = step
                if self.interrupted.wait(DESK.options["step_seconds"]):
                    break
            self.task = None

    def fraction(self) -> float:
        return self.step / self.steps if self.steps else 0.0

    def preview(self) -> bytes:
        return picture(self.job["prompt"], self.job["seed"], 64, 64, "JPEG", self.fraction())


STUDIO = Studio()


class A1111(Handler):
    desk = DESK

    def routes(self) -> dict:
        api = {
            ("POST", "/sdapi/v1/txt2img"): self.paint,
            ("POST", "/sdapi/v1/img2img"): self.paint,
            ("GET", "/sdapi/v1/progress"): self.progress,
            ("POST", "/sdapi/v1/interrupt"): self.interrupt,
            ("GET", "/sdapi/v1/sd-models"): self.models,
            ("GET", "/sdapi/v1/samplers"): self.samplers,
        }
        page = {("POST", "/internal/progress"): self.internal}
        return {**(api if DESK.options["api"] else {}), **(page if DESK.options["web_ui"] else {})}

    def _route(self, body: dict | None) -> None:
        expected = DESK.options["auth"]
        given = "Basic " + base64.b64encode(expected.encode()).decode() if expected else None
        if expected and self.path.startswith("/sdapi") and self.headers.get("authorization") != given:
            self.answer({"detail": "Incorrect username or password"}, 401, {"www-authenticate": "Basic"})
        else:
            super()._route(body)

    def paint(self, body: dict) -> None:
        DESK.note("submit", {"path": self.path, **body})
        behaviour = DESK.behaviour(body["prompt"])
        if behaviour in ERRORS:
            status, said = ERRORS[behaviour]
            self.answer(said, status, {"retry-after": str(DESK.options["retry_after"])} if status == 429 else None)
        elif not self.misbehave(behaviour):
            STUDIO.paint(body)
            self.answer(_reply(body, behaviour))

    def internal(self, body: dict) -> None:
        DESK.note("progress")
        active = body["id_task"] == STUDIO.task and not DESK.options["stranger"]
        said = {"active": active, "queued": body["id_task"] in STUDIO.waiting, "completed": False, "paused": False}
        if active:
            number = STUDIO.step + 1
            fresh = number != body.get("id_live_preview")
            shown = "data:image/jpeg;base64," + b64(STUDIO.preview()) if fresh else None
            said |= {"progress": STUDIO.fraction(), "live_preview": shown, "id_live_preview": number}
        self.answer(said)

    def progress(self, _) -> None:
        DESK.note("progress")
        running = STUDIO.task is not None
        state = {"job_count": int(running), "sampling_step": STUDIO.step, "sampling_steps": STUDIO.steps}
        shown = b64(STUDIO.preview()) if running else None
        task = "another" if DESK.options["stranger"] else STUDIO.task
        self.answer({"progress": STUDIO.fraction(), "state": state, "current_image": shown, "current_task": task})

    def interrupt(self, _) -> None:
        DESK.note("interrupt")
        STUDIO.interrupted.set()
        self.answer({})

    def models(self, _) -> None:
        names = DESK.options["models"]
        self.answer([{"title": f"{name}.safetensors [6ce0161689]", "model_name": name} for name in names])

    def samplers(self, _) -> None:
        self.answer([{"name": name, "aliases": [], "options": {}} for name in ("Euler a", "DPM++ 2M")])


def _reply(body: dict, behaviour: str | None) -> dict:
    own = spoilt(picture(body["prompt"], body["seed"], body["width"], body["height"]), behaviour)
    grid = DESK.options["grid"]
    width = body["width"] if grid == "alike" else 2 * body["width"]
    images = [own] if grid is None else [picture("grid", 0, width, body["height"]), own]
    info = {"seed": body["seed"], "all_seeds": [body["seed"]], "infotexts": [body["prompt"]], "when": time.time()}
    if grid != "untold":
        info["index_of_first_image"] = len(images) - 1
    return {"images": [b64(image) for image in images], "parameters": body, "info": json.dumps(info)}


if __name__ == "__main__":
    serve(A1111)
