"""OpenAI's images/generations, strict about its dialects: gpt-image streams, dall-e, Together, plain.

Options: `key`, `by` ("b64", "url" or "data"), `stream` ("ok"; "refused"; "json": answers plainly; "empty";
"unfinished": previews but no end; "failed": 500; "error": an error event; "ragged": comments, carriage returns and
small pieces), `step_seconds` between previews, `grain` (pictures as heavy as photographs). Behaviour of its own:
`spent` (429, no credit left).
"""

import json
import time

from tests.contract.desk import FORBIDDEN, Desk, Handler, serve, spoilt
from tests.contract.paint import b64, picture

DESK = Desk(key=None, by="b64", stream="ok", step_seconds=0.01, grain=False)
MODELS = ["gpt-image-1", "dall-e-3", "gpt-5", "whisper-1", "text-embedding-3-small"]
PICTURES: dict[str, tuple[bytes, str | None]] = {}
BY_ADDRESS = {"cut", "hop", "turns", "around", "lies", *FORBIDDEN}
FIELDS = {
    "gpt": {"model", "prompt", "n", "size", "output_format", "stream", "partial_images", "quality"},
    "dalle": {"model", "prompt", "n", "size", "response_format", "quality", "style", "user"},
    "together": {
        "model", "prompt", "n", "width", "height", "steps", "seed", "negative_prompt", "guidance_scale",
        "response_format", "output_format",
    },
}  # fmt: skip
WORDS = {"dalle": ("b64_json", "url"), "together": ("base64", "url")}


def error(code: str, message: str = "", param: str | None = None, type: str = "invalid_request_error") -> dict:
    return {"error": {"message": message, "type": type, "param": param, "code": code}}


ERRORS = {
    "401": (401, error("invalid_api_key", "Incorrect API key provided: secret")),
    "402": (402, error("payment_required")),
    "404": (404, error("model_not_found")),
    "422": (400, error("invalid_value", "Invalid size", "size")),
    "429": (429, error("rate_limit_exceeded")),
    "500": (500, error("server_error", "Traceback at /home/gpu/worker.py", type="server_error")),
    "503": (503, error("overloaded")),
    "moderated": (400, error("moderation_blocked", "Your request was rejected", type="image_generation_user_error")),
    "spent": (429, error("insufficient_quota", type="insufficient_quota")),
}


class OpenAI(Handler):
    desk = DESK

    def routes(self) -> dict:
        api = {("POST", "/v1/images/generations"): self.generate, ("GET", "/v1/models"): self.models}
        return api | {("GET", path): self.picture for path in list(PICTURES)}

    def generate(self, body: dict) -> None:
        DESK.note("submit", body)
        behaviour, wrong = DESK.behaviour(body["prompt"]), _wrong(body)
        if DESK.options["key"] and self.headers.get("authorization") != f"Bearer {DESK.options['key']}":
            behaviour = "401"
        if behaviour in ERRORS:
            status, said = ERRORS[behaviour]
            self.answer(said, status, {"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT" if behaviour == "503" else "9"})
        elif wrong:
            self.answer(error("unknown_parameter", f"Unknown parameter: {wrong}", wrong), 400)
        elif not self.misbehave(behaviour):
            self.reply(body, behaviour)

    def reply(self, body: dict, behaviour: str | None) -> None:
        how = DESK.options["stream"] if body.get("stream") else "json"
        width, height = _size(body)
        made = picture(body["prompt"], body.get("seed", 0), width, height, grain=DESK.options["grain"])
        if how == "failed":
            self.answer(*ERRORS["500"][::-1])
        elif how == "json":
            self.answer({"created": 1, "data": [self.item(made, behaviour)]})
        else:
            self.stream(body, how, spoilt(made, behaviour))

    def item(self, made: bytes, behaviour: str | None) -> dict:
        by = "url" if behaviour in BY_ADDRESS else DESK.options["by"]
        if by == "b64":
            return {"b64_json": b64(spoilt(made, behaviour))}
        if by == "data":
            return {"url": "data:image/png;base64," + b64(made)}
        path = f"/pictures/{len(PICTURES)}.png"
        PICTURES[path] = made, behaviour
        return {"url": FORBIDDEN.get(behaviour, self.origin() + path)}

    def stream(self, body: dict, how: str, made: bytes) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True
        for event in _events(body, how, made):
            self.wfile.write(event)
            time.sleep(DESK.options["step_seconds"])
        DESK.note("streamed")

    def picture(self, _) -> None:
        DESK.note("picture", {"keyed": "authorization" in self.headers})
        self.deliver(*PICTURES[self.path.partition("?")[0]])

    def models(self, _) -> None:
        self.answer({"object": "list", "data": [{"id": id, "object": "model"} for id in MODELS]})


def _family(model: str) -> str | None:
    if "/" in model:
        return "together"
    return "gpt" if model.startswith("gpt-image") else "dalle" if model.startswith("dall-e") else None


def _wrong(body: dict) -> str | None:
    """The field that the family refuses."""
    family = _family(body["model"])
    unknown = sorted(set(body) - FIELDS.get(family, set(body)))
    if unknown:
        return unknown[0]
    if family in WORDS and body.get("response_format", "url") not in WORDS[family]:
        return "response_format"
    return "stream" if body.get("stream") and DESK.options["stream"] == "refused" else None


def _size(body: dict) -> tuple[int, int]:
    if "size" not in body:
        return body["width"], body["height"]
    width, _, height = body["size"].partition("x")
    return int(width), int(height)


def _events(body: dict, how: str, made: bytes):
    partials = 0 if how in ("empty", "error") else body["partial_images"]
    for index in range(partials):
        shown = picture(body["prompt"], 0, 64, 64, done=index / 3)
        yield from _pieces("partial_image", {"b64_json": b64(shown), "partial_image_index": index}, how)
    if how == "error":
        yield b'event: error\ndata: {"type":"error","error":{"code":"moderation_blocked","message":"no"}}\n\n'
    elif how not in ("empty", "unfinished"):
        yield from _pieces("completed", {"b64_json": b64(made), "usage": {"total_tokens": 9}}, how)


def _pieces(name: str, data: dict, how: str):
    kind = f"image_generation.{name}"
    said = f"event: {kind}\ndata: {json.dumps({'type': kind, **data})}\n\n".encode()
    if how != "ragged":
        yield said
        return
    said = b": still here\r\n" + said.replace(b"\n", b"\r\n")
    yield from (said[start : start + 7] for start in range(0, 70, 7))
    yield said[70:]


if __name__ == "__main__":
    serve(OpenAI)
