"""Black Forest Labs' wire: submit, poll, a picture that is fetched by its address.

Options: `steps` (polls until ready), `key`. Behaviours of its own: `request-moderated`, `moderated` (content),
`error`, `lost`, `pending` (for ever), `flaky` (two failed polls), `away` (a polling address at the metadata
service), `strange` (an unknown status).
"""

import itertools
import urllib.parse

from tests.contract.desk import FORBIDDEN, Desk, Handler, serve
from tests.contract.paint import picture

DESK = Desk(steps=4, key=None)
ERRORS = {
    "401": (401, {"detail": "Invalid key"}),
    "402": (402, {"detail": "Insufficient credits"}),
    "404": (404, {"detail": "Not Found"}),
    "422": (422, {"detail": [{"loc": ["body", "width"], "msg": "multiple of 32", "type": "value_error"}]}),
    "429": (429, {"error": "Too Many Requests", "message": "slow down", "retry_after": 12}),
    "500": (500, {"detail": "Internal Server Error at https://internal.example/trace"}),
    "503": (503, {"detail": "Unavailable"}),
}
ENDS = {
    "request-moderated": "Request Moderated",
    "moderated": "Content Moderated",
    "error": "Error",
    "lost": "Task not found",
    "pending": "Pending",
    "strange": "Elsewhere",
}
TASKS: dict[str, dict] = {}
NUMBERS = itertools.count(1)


class BFL(Handler):
    desk = DESK

    def _route(self, body: dict | None) -> None:
        if not self.path.startswith("/v1/"):
            super()._route(body)
        elif DESK.options["key"] not in (None, self.headers.get("x-key")):
            self.answer({"detail": "Invalid key"}, 401)
        elif self.command == "POST":
            self.submit(body)
        else:
            self.poll()

    def routes(self) -> dict:
        return {("GET", f"/sample/{id}.png"): self.sample for id in TASKS}

    def submit(self, body: dict) -> None:
        DESK.note("submit", {"path": self.path, **body})
        behaviour = DESK.behaviour(body["prompt"])
        if behaviour in ERRORS:
            status, said = ERRORS[behaviour]
            self.answer(said, status)
        elif not self.misbehave(behaviour):
            id = f"task-{next(NUMBERS)}"
            TASKS[id] = {"body": body, "behaviour": behaviour, "polls": 0}
            own = f"{self.origin()}/v1/get_result?id={id}&region=eu%2F1"
            self.answer({"id": id, "polling_url": FORBIDDEN["metadata"] if behaviour == "away" else own, "cost": 4})

    def poll(self) -> None:
        query = urllib.parse.urlsplit(self.path).query
        task = TASKS.get(urllib.parse.parse_qs(query).get("id", [""])[0])
        DESK.note("poll" if query.endswith("&region=eu%2F1") else "poll rewritten")
        if task is None:
            self.answer({"id": "", "status": "Task not found"}, 404)
            return
        task["polls"] += 1
        if task["behaviour"] == "flaky" and task["polls"] in (2, 3):
            self.answer({"detail": "Internal Server Error"}, 500)
        else:
            self.answer(self._status(task, query))

    def _status(self, task: dict, query: str) -> dict:
        id, steps, behaviour = query[3:].partition("&")[0], DESK.options["steps"], task["behaviour"]
        if task["polls"] <= steps and behaviour not in ("lost",):
            return {"id": id, "status": "Pending", "result": None, "progress": (task["polls"] - 1) / steps}
        if behaviour in ENDS:
            return {"id": id, "status": ENDS[behaviour], "result": None, "progress": None}
        sample = FORBIDDEN.get(behaviour, f"{self.origin()}/sample/{id}.png")
        return {"id": id, "status": "Ready", "result": {"sample": sample, "seed": task["body"]["seed"]}, "progress": 1}

    def sample(self, _) -> None:
        DESK.note("sample", {"keyed": "x-key" in self.headers})
        task = TASKS[self.path.partition("?")[0].rpartition("/")[2].removesuffix(".png")]
        body = task["body"]
        data = picture(body["prompt"], body["seed"], body.get("width", 1024), body.get("height", 1024))
        self.deliver(data, task["behaviour"])


if __name__ == "__main__":
    serve(BFL)
