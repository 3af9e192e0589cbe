"""The lines of a streamed answer (server-sent events) and the text in them."""

import json

from server.errors import ProviderError
from server.providers.chat import refusals

MAX_LINE = 1024 * 1024


def _unreadable() -> ProviderError:
    return ProviderError("bad_reply", "The chat server sent something that is not a chat answer.", permanent=False)


class Lines:
    """Cuts bytes into lines; cutting before decoding keeps UTF-8 whole however the reads fall."""

    def __init__(self):
        self._rest = b""

    def feed(self, piece: bytes) -> list[bytes]:
        *lines, self._rest = (self._rest + piece).split(b"\n")
        if len(self._rest) > MAX_LINE:
            raise _unreadable()
        return [line.rstrip(b"\r") for line in lines]

    def finish(self) -> list[bytes]:
        rest, self._rest = self._rest, b""
        return [rest.rstrip(b"\r")] if rest else []


class Chunks:
    """Reads lines into text. Servers that ignore `stream` send one JSON document, known by its first character.

    `finished` turns true at a finish_reason or at [DONE]. Raises ProviderError for errors in mid-stream.
    """

    def __init__(self, key: str = ""):
        self.finished = False
        self._key = key
        self._document: list[bytes] | None = None
        self._seen_data = False
        self._pending = b""
        self._half = ""

    def read(self, line: bytes) -> str:
        """The text that this line adds, often none."""
        line = line.removeprefix(b"\xef\xbb\xbf")
        if self._document is not None:
            self._gather(line)
            return ""
        if line.startswith(b"data:"):
            self._seen_data = True
            return self._data(line[5:].strip())
        if line.lstrip().startswith(b"{"):
            return self._bare(line)
        return self._blank() if not line else ""

    def finish(self) -> str:
        """The text of a document, once it is whole. Raises bad_reply for an answer without any chat in it."""
        if self._document is not None:
            return self._text(_parsed(b"\n".join(self._document)), "message")
        if not self._seen_data:
            raise _unreadable()
        return self._blank()

    def _data(self, data: bytes) -> str:
        if data == b"[DONE]":
            self.finished = True
            return ""
        self._pending = self._pending + b"\n" + data if self._pending else data
        if len(self._pending) > MAX_LINE:
            raise _unreadable()
        try:
            chunk = json.loads(self._pending)
        except ValueError:
            return ""
        self._pending = b""
        return self._text(chunk, "delta")

    def _blank(self) -> str:
        """An event ends here, so what is pending will never become JSON."""
        if self._pending:
            raise _unreadable()
        return ""

    def _bare(self, line: bytes) -> str:
        if not self._seen_data:
            self._document = []
            self._gather(line)
            return ""
        return self._text(_parsed(line), "delta")

    def _gather(self, line: bytes) -> None:
        self._document.append(line)
        if sum(map(len, self._document)) > MAX_LINE:
            raise _unreadable()

    def _text(self, chunk: object, part: str) -> str:
        if not isinstance(chunk, dict):
            raise _unreadable()
        if chunk.get("error"):
            raise refusals.in_mid_stream(chunk["error"], self._key)
        choices = chunk.get("choices")
        choice = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}
        if part == "message" and not choice:
            raise _unreadable()
        text = self._whole(_words(choice.get(part) or choice.get("message")))
        self._end(choice.get("finish_reason"), text)
        return text

    def _whole(self, text: str) -> str:
        """Escaped emoji may come as halves in two chunks; a half that stays alone, and NUL, no database can hold."""
        text = (self._half + text).replace("\0", "")
        self._half = text[-1:] if "\ud800" <= text[-1:] <= "\udbff" else ""
        text = text.removesuffix(self._half) if self._half else text
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _end(self, reason: object, text: str) -> None:
        if reason == "content_filter" and not text:
            raise ProviderError("moderated", "The chat server's filter stopped this answer.", permanent=True)
        if reason == "error":
            raise ProviderError("busy", "The chat server failed while it answered. Try again.", permanent=False)
        self.finished = self.finished or bool(reason)


def _parsed(document: bytes) -> object:
    try:
        return json.loads(document)
    except ValueError:
        raise _unreadable() from None


def _words(delta: object) -> str:
    """Content is a string, or (Mistral) a list of chunks of which only those of type text are for the reader.

    A model that declines says so in `refusal` (OpenAI).
    """
    content = (delta.get("content") or delta.get("refusal")) if isinstance(delta, dict) else None
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    texts = (part.get("text") for part in content if isinstance(part, dict) and part.get("type", "text") == "text")
    return "".join(text for text in texts if isinstance(text, str))
