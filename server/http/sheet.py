"""A list as people take it along: CSV, in which no cell is a formula."""

import csv
import io
import json

from flask import Response

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def sheet(name: str, items: list[dict]) -> Response:
    """The items as a file; their keys are the columns."""
    text = io.StringIO()
    writer = csv.writer(text)
    if items:
        writer.writerow(items[0])
        writer.writerows([cell(value) for value in item.values()] for item in items)
    headers = {"Content-Disposition": f'attachment; filename="emulsion-{name}.csv"'}
    return Response(text.getvalue(), mimetype="text/csv", headers=headers)


def cell(value) -> str:
    """Text that a spreadsheet shows as it is; what begins like a formula gets an apostrophe, numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, (bool, int, float)):
        return str(value)
    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{words}" if words.lstrip(" ").startswith(RISKY) else words
