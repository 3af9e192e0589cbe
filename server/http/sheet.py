"""A list as people take it along: CSV, in which no cell is a formula."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from itertools import chain

from flask import Response, stream_with_context

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def sheet(name: str, pages: Iterable[list[dict]]) -> Response:
    """Pages of items as a file, sent while they are read; the keys of the first item are the columns.

    The first page is read before anything is sent, so that a refusal is still plain. What fails later breaks the
    download off: a file that arrives is whole.
    """
    pages = iter(pages)
    body = stream_with_context(_written(chain([next(pages, [])], pages)))
    headers = {"Content-Disposition": f'attachment; filename="emulsion-{name}.csv"'}
    return Response(body, mimetype="text/csv", headers=headers)


def _written(pages: Iterable[list[dict]]) -> Iterator[str]:
    is_first = True
    for items in pages:
        text = io.StringIO()
        writer = csv.writer(text)
        if is_first and items:
            writer.writerow(items[0])
        writer.writerows([cell(value) for value in item.values()] for item in items)
        is_first = False
        yield text.getvalue()


def cell(value) -> str:
    """Text that a spreadsheet shows as it is; what begins like a formula gets an apostrophe, numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, (bool, int, float)):
        return str(value)
    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{words}" if words.lstrip().startswith(RISKY) or words.startswith(RISKY) else words
