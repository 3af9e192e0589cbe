"""Servers that speak OpenAI's chat wire (OpenAI, Mistral and Codestral, Ollama, llama.cpp, OpenRouter)."""

import json
import ssl
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import cache

import httpx

from server.errors import ProviderError
from server.providers.chat import listing, refusals
from server.providers.chat.call import Call, Head, Patience
from server.providers.chat.chunks import Chunks, Lines
from server.providers.chat.dialects import DIALECTS, base_url
from server.providers.chat.messages import messages
from server.providers.chat.talk import ChatJob
from server.providers.chat.thoughts import Unthought
from server.providers.connection import Connection, Model

MAX_TEXT = 64 * 1024
PATIENT = Patience()


class Compatible:
    """Streams replies, one HTTP connection each: closing the generator closes it, and the server stops working."""

    def __init__(self, connection: Connection, patience: Patience = PATIENT):
        self._connection = connection
        self._dialect = DIALECTS[connection.kind]
        self._url = base_url(self._dialect, connection.url)
        self._patience = patience
        self._tls = _certificates() if self._url.startswith("https:") else False
        self._limit_fields: dict[str, str | None] = {}

    def models(self) -> list[Model]:
        """The connection's models, or those that the server lists. Raises ProviderError."""
        if self._connection.models:
            return [listing.named(name, self._dialect.name) for name in self._connection.models]
        with self._listing() as (call, head):
            if head.status != 200:
                raise self._refusal(head)
            body = b"".join(piece for piece in call.pieces() if piece)
        return listing.listed(_document(body), self._dialect.name)

    def check(self) -> None:
        """Raises ProviderError when the server does not answer, fails or refuses our key."""
        with self._listing() as (_, head):
            if head.status in (401, 403) or head.status >= 500:
                raise self._refusal(head)

    def reply(self, job: ChatJob) -> Iterator[str]:
        """Text as it comes, at most 64 K characters, and "" at least every 0.25 s of silence. Raises ProviderError.

        A model that refuses the name of the reply's bound is asked again with the next name.
        """
        for field in self._bounds(job.model):
            with self._call("POST", "/chat/completions", _body(job, field)) as call:
                head = yield from _waited(call)
                if head.status == 200:
                    self._limit_fields[job.model] = field
                    yield from _told(self._deltas(call, head))
                    return
                if not field or head.status not in (400, 422) or field.encode() not in head.body:
                    raise self._refusal(head)

    @contextmanager
    def _listing(self) -> Iterator[tuple[Call, Head]]:
        with self._call("GET", "/models", patience=self._patience.shortened(10, 15)) as call:
            *_, head = call.head()
            yield call, head

    def _call(self, method: str, path: str, body: dict | None = None, patience: Patience | None = None) -> Call:
        patience = patience or self._patience
        headers = {"accept-encoding": "identity"}
        if self._connection.key:
            headers["authorization"] = f"Bearer {self._connection.key}"
        client = httpx.Client(verify=self._tls, trust_env=False, timeout=patience.timeout())
        try:
            request = client.build_request(method, self._url + path, json=body, headers=headers)
        except (httpx.InvalidURL, ValueError) as error:
            raise refusals.from_transport(error) from None
        return Call(client, request, patience)

    def _refusal(self, head: Head) -> ProviderError:
        return refusals.from_status(head.status, head.headers, head.body, self._connection.key)

    def _bounds(self, model: str) -> list[str | None]:
        """Names to try, the one that worked last time first, and in the end no bound at all."""
        names = [*self._dialect.limit_fields, None]
        known = self._limit_fields.get(model, names[0])
        return [known, *(name for name in names if name != known)] if known else [None]

    def _deltas(self, call: Call, head: Head) -> Iterator[str]:
        """Without finish_reason or [DONE] an answer is whole if the HTTP framing says so: some servers send neither."""
        lines, chunks = Lines(), Chunks(self._connection.key)
        for piece in call.pieces():
            ready = lines.feed(piece) if piece else []
            for line in ready or [b":"]:
                yield chunks.read(line)
                if chunks.finished:
                    return
        for line in lines.finish():
            yield chunks.read(line)
        yield chunks.finish()
        if not chunks.finished and not head.framed:
            raise ProviderError("transport", "The chat server hung up before its answer was whole.", permanent=False)


@cache
def _certificates() -> ssl.SSLContext:
    """Reading them takes some 30 ms, which no reply should wait for."""
    return httpx.create_ssl_context(trust_env=False)


def _waited(call: Call) -> Generator[str, None, Head]:
    for head in call.head():
        if head is None:
            yield ""
    return head


def _document(body: bytes) -> object:
    try:
        return json.loads(body)
    except ValueError:
        message = "The chat server's list of models cannot be read."
        raise ProviderError("bad_reply", message, permanent=False) from None


def _body(job: ChatJob, limit_field: str | None) -> dict:
    """Only fields that every dialect knows: Mistral refuses any other with 422."""
    body = {"model": job.model, "messages": messages(job.turns), "stream": True}
    return {**body, limit_field: job.max_tokens} if limit_field else body


def _told(texts: Iterator[str]) -> Iterator[str]:
    """The text without inline thinking and within its bound. Raises bad_reply when nothing was said at all."""
    unthought, left = Unthought(), MAX_TEXT
    for delta in texts:
        text = unthought.feed(delta)
        yield text[:left]
        left -= len(text)
        if left <= 0:
            return
    rest = unthought.finish()
    yield rest
    if left == MAX_TEXT and not rest:
        raise ProviderError("bad_reply", "The chat server's answer was empty.", permanent=False)
