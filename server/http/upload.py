"""The one file of a multipart form, taken in as it comes and never beyond what its door allows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from server.errors import Invalid, TooLarge

OVERHEAD = 512 * 1024


@contextmanager
def one_file(open_sink: Callable[[], IO[bytes]], most: int, no_file: str, too_large: str) -> Iterator[tuple[IO, dict]]:
    """The sink that the part `file` was written to, and the form's other fields; it is closed afterwards.

    `most` is in bytes; `no_file` and `too_large` are the words of the refusals (422 and 413).
    """
    sinks: list[IO[bytes]] = []

    def sink(*_, **__) -> IO[bytes]:
        if sinks:
            raise Invalid("Send one file at a time.", field="file")
        sinks.append(open_sink())
        return sinks[0]

    try:
        form, files = parse(sink, most + OVERHEAD, no_file, too_large)
        if "file" not in files:
            raise Invalid(no_file, field="file")
        yield sinks[0], form
    finally:
        for opened in sinks:
            opened.close()


def parse(sink: Callable, limit: int, no_file: str, too_large: str) -> tuple[dict, dict]:
    request.max_content_length = limit
    parser = FormDataParser(stream_factory=sink, max_form_memory_size=OVERHEAD, max_form_parts=8, silent=False)
    try:
        if (request.content_length or 0) > limit:
            raise RequestEntityTooLarge
        _, form, files = parser.parse(request.stream, request.mimetype, request.content_length, request.mimetype_params)
    except RequestEntityTooLarge:
        raise TooLarge(too_large) from None
    except ValueError:
        raise Invalid(no_file, field="file") from None
    return form, files
