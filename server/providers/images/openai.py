"""OpenAI's images and the many servers that speak the same call (wire: openai-python, image_gen_*_event.py)."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import httpx

from server.errors import ProviderError
from server.providers.connection import Connection, Model
from server.providers.images import delivery
from server.providers.images.job import ImageJob, Picture, Progress, Submitted
from server.providers.images.openai_dialects import GPT, PAINTERS, PARTIALS, Dialect, capabilities, dialect, request
from server.providers.images.overhear import Say, overhear
from server.providers.images.patience import Patience
from server.providers.images.refusals import BY_STATUS, bad_reply, refusal
from server.providers.images.wire import REPLY, Wire, broken_off, read_json, too_large

GENERATE = "/images/generations"
MODERATED = {"moderation_blocked", "content_policy_violation", "content_filter"}
SPENT = {"insufficient_quota", "billing_hard_limit_reached", "insufficient_credits"}
SLOW, SLOWEST = 120.0, 300.0


class OpenAI:
    """Cancelling is dropping the connection. Previews come by streaming, which many gateways break: the provider
    then asks plainly, and keeps to it. `silence` in seconds; by default 300 for gpt-image, else 120."""

    def __init__(self, connection: Connection, *, silence: float | None = None):
        self._connection = connection
        self._silence = silence
        self._streams = True
        headers = {"authorization": f"Bearer {connection.key}"} if connection.key else {}
        self._wire = Wire(connection, "https://api.openai.com", version="/v1", headers=headers, refuse=_refuse)

    def models(self) -> list[Model]:
        ids = self._connection.models or _painters(self._wire.get("/models"))
        return [Model(id, "image", id, "", capabilities(id, self._dialect(id))) for id in ids]

    def check(self) -> None:
        self._wire.knock("/models")

    def make(self, job: ImageJob) -> Iterator[Submitted | Progress | Picture]:
        spoken = self._dialect(job.model)
        patience = Patience(self._silence or (SLOWEST if spoken is GPT else SLOW))
        return overhear(lambda say: self._paint(job, spoken, say, patience), patience)

    def _dialect(self, model: str) -> Dialect:
        return dialect(httpx.URL(self._wire.base).host, model)

    def _paint(self, job: ImageJob, spoken: Dialect, say: Say, patience: Patience) -> Picture:
        body = request(job, spoken)
        item = self._streamed(body, say, patience) if spoken.streams and self._streams else None
        if item is None:
            item = _first(self._wire.post(GENERATE, body, patience))
        return delivery.picture(self._bytes(item, patience), job.seed if capabilities(job.model, spoken).seed else None)

    def _streamed(self, body: dict, say: Say, patience: Patience) -> dict | None:
        """The picture's item, or None where the server does not stream and nothing was made yet."""
        try:
            item, begun = self._listen({**body, "stream": True, "partial_images": PARTIALS}, say, patience)
        except ProviderError as error:
            self._streams = self._streams and error.kind not in ("invalid_parameter", "busy", "bad_reply")
            if error.kind == "invalid_parameter":
                return None
            raise
        if item is None:
            self._streams = False
            if begun:
                raise broken_off()
        return item

    def _listen(self, body: dict, say: Say, patience: Patience) -> tuple[dict | None, bool]:
        """The picture's item if it came, and whether anything came."""
        with self._wire.open("POST", GENERATE, patience, body) as reply:
            if "event-stream" in reply.headers.get("content-type", ""):
                return _last_event(_events(reply), say)
            return _first(read_json(reply)), True

    def _bytes(self, item: dict, patience: Patience) -> bytes:
        if item.get("b64_json"):
            return delivery.decoded(item["b64_json"])
        url = item.get("url")
        return delivery.decoded(url) if str(url).startswith("data:") else self._wire.fetch(url, patience)


def _first(reply: Any) -> dict:
    data = reply.get("data") if isinstance(reply, dict) else None
    if not isinstance(data, list) or not data or not isinstance(data[0], dict):
        raise bad_reply()
    return data[0]


def _last_event(events: Iterator[dict], say: Say) -> tuple[dict | None, bool]:
    """The completed picture's item if it came, and whether anything came; previews are said."""
    shown = 0
    for event in events:
        kind = str(event.get("type"))
        if "error" in event:
            raise _refuse(400, {}, event)
        if kind.endswith(".completed"):
            return event, True
        if isinstance(event.get("data"), list):
            return _first(event), True
        if kind.endswith(".partial_image"):
            shown += 1
            say(Progress(min(shown / (PARTIALS + 1), 0.9), preview=delivery.preview(event.get("b64_json"))))
    return None, shown > 0


def _events(response: httpx.Response) -> Iterator[dict]:
    """The JSON objects of a server-sent stream; what is not one is passed over."""
    data: list[bytes] = []
    for line in _lines(response):
        if line.startswith(b"data:"):
            data.append(line[5:].strip())
        elif not line and data:
            yield from _object(b"\n".join(data))
            data = []
    yield from _object(b"\n".join(data))


def _lines(response: httpx.Response) -> Iterator[bytes]:
    line, total = bytearray(), 0
    for chunk in response.iter_raw():
        total += len(chunk)
        if total > REPLY * (PARTIALS + 1):
            raise too_large()
        *ends, rest = chunk.split(b"\n")
        for end in ends:
            yield bytes(line + end).rstrip(b"\r")
            line.clear()
        line += rest
        if len(line) > REPLY:
            raise too_large()
    yield bytes(line)


def _object(data: bytes) -> Iterator[dict]:
    try:
        event = json.loads(data)
    except (ValueError, RecursionError):
        return
    if isinstance(event, dict):
        yield event


def _painters(listed: Any) -> list[str]:
    """The ids that look like image models: Together says the type, the others only a name."""
    entries = listed.get("data") if isinstance(listed, dict) else listed
    if not isinstance(entries, list):
        raise bad_reply()
    named = [entry for entry in entries if isinstance(entry, dict) and isinstance(entry.get("id"), str)]
    return [entry["id"] for entry in named if _paints(entry)]


def _paints(entry: dict) -> bool:
    return entry["type"] == "image" if entry.get("type") else bool(PAINTERS.search(entry["id"]))


def _refuse(status: int, headers: Mapping[str, str], body: Any) -> ProviderError:
    error = body.get("error") if isinstance(body, dict) else None
    said = {str(error.get("code")), str(error.get("type"))} if isinstance(error, dict) else set()
    if said & MODERATED:
        words = "The image server declined this prompt as unsafe. Change the wording and try again."
        return ProviderError("moderated", words, permanent=True)
    if said & SPENT:
        kind, permanent, words = BY_STATUS[402]
        return ProviderError(kind, words, permanent=permanent)
    if "model_not_found" in said:
        return refusal(404, headers, body)
    if "server_error" in said and status < 500:
        return refusal(500, headers, body)
    return refusal(status, headers, body)
