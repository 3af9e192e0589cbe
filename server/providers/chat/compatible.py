"""Servers that speak OpenAI's chat wire (OpenAI, Mistral and Codestral, Ollama, llama.cpp, OpenRouter)."""

import json
import ssl
from collections.abc import Generator, Iterator

import httpx

from server.errors import ProviderError
from server.providers.chat import listing, refusals
from server.providers.chat.call import Call, Head, Patience
from server.providers.chat.chunks import Chunks, Lines
from server.providers.chat.dialects import DIALECTS, base_url
from server.providers.chat.messages import messages
from server.providers.chat.talk import ChatJob
from server.providers.connection import Connection, Model

MAX_TEXT = 64 * 1024
MAX_LISTING = 8 * 1024 * 1024


class Compatible:
    """Streams replies. One HTTP connection a reply: closing the generator closes it, and the server stops working."""

    def __init__(self, connection: Connection, patience: Patience = Patience()):
        self._connection = connection
        self._dialect = DIALECTS[connection.kind]
        self._url = base_url(self._dialect, connection.url)
        self._patience = patience
        self._tls = ssl.create_default_context()
        self._limit_fields: dict[str, str | None] = {}

    def models(self) -> list[Model]:
        """The connection's models, or those that the server lists. Raises ProviderError."""
        if self._connection.models:
            return [listing.named(name, self._dialect.name) for name in self._connection.models]
        with self._client() as client:
            call = self._call(client, "GET", "/models")
            try:
                document = self._document(call)
            finally:
                call.close()
        return listing.listed(document, self._dialect.name)

    def reply(self, job: ChatJob) -> Iterator[str]:
        """Text as it comes, at most 64 KB, and "" at least every 0.25 s of silence. Raises ProviderError.

        An answer that ends without finish_reason and [DONE] counts as whole when the HTTP framing says that
        it is (some servers send neither); where the connection just closes, it is a transport error.
        """
        with self._client() as client:
            call, head = yield from self._ask(client, job)
            try:
                yield from _bounded(self._deltas(call, head))
            except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
                raise refusals.from_transport(error) from None
            finally:
                call.close()

    def _client(self) -> httpx.Client:
        return httpx.Client(
            verify=self._tls, trust_env=False, follow_redirects=False, timeout=self._patience.timeout()
        )

    def _call(self, client: httpx.Client, method: str, path: str, body: dict | None = None) -> Call:
        headers = {"accept-encoding": "identity"}
        if self._connection.key:
            headers["authorization"] = f"Bearer {self._connection.key}"
        try:
            request = client.build_request(method, self._url + path, json=body, headers=headers)
        except (httpx.InvalidURL, ValueError) as error:
            raise refusals.from_transport(error) from None
        return Call(client, request, self._patience)

    def _ask(self, client: httpx.Client, job: ChatJob) -> Generator[str, None, tuple[Call, Head]]:
        """Ask, and ask again without the name for the bound that this model refuses."""
        *others, last = self._bounds(job.model)
        for field in [*others, last]:
            call = self._call(client, "POST", "/chat/completions", _body(job, field))
            head = yield from self._head(call)
            if head.status == 200:
                self._limit_fields[job.model] = field
                return call, head
            if field == last or head.status not in (400, 422) or field.encode() not in head.body:
                raise refusals.from_head(head, self._connection.key)
        raise AssertionError("the last bound either answers or raises")

    def _bounds(self, model: str) -> list[str | None]:
        fields = [*self._dialect.limit_fields, None]
        known = self._limit_fields.get(model, fields[0])
        return [known, *(field for field in fields if field != known)]

    def _head(self, call: Call) -> Generator[str, None, Head]:
        try:
            for head in call.head():
                if head is not None:
                    return head
                yield ""
        except (httpx.HTTPError, OSError) as error:
            raise refusals.from_transport(error) from None
        except GeneratorExit:
            call.close()
            raise
        raise ProviderError("transport", "The connection to the chat server broke.", permanent=False)

    def _deltas(self, call: Call, head: Head) -> Iterator[str]:
        lines, chunks = Lines(), Chunks(self._connection.key)
        for piece in call.pieces():
            yield ""  if not piece else ""
            for line in lines.feed(piece or b""):
                yield chunks.read(line)
                if chunks.finished:
                    return
        for line in lines.finish():
            yield chunks.read(line)
        yield chunks.finish()
        if not chunks.finished and not head.framed:
            raise ProviderError("transport", "The chat server hung up before its answer was whole.", permanent=False)

    def _document(self, call: Call) -> object:
        try:
            head = next(head for head in call.head() if head is not None)
            if head.status != 200:
                raise refusals.from_head(head, self._connection.key)
            body = b"".join(piece for piece in call.pieces() if piece)
            return json.loads(body)
        except (httpx.HTTPError, OSError) as error:
            raise refusals.from_transport(error) from None
        except ValueError:
            message = "The chat server's list of models cannot be read."
            raise ProviderError("bad_reply", message, permanent=False) from None


def _body(job: ChatJob, limit_field: str | None) -> dict:
    """Only fields that every dialect knows: Mistral refuses any other with 422."""
    body = {"model": job.model, "messages": messages(job.turns), "stream": True}
    return {**body, limit_field: job.max_tokens} if limit_field else body


def _bounded(texts: Iterator[str]) -> Iterator[str]:
    left = MAX_TEXT
    for text in texts:
        yield text[:left]
        left -= len(text)
        if left <= 0:
            return
