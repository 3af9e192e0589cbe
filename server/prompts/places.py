"""Where in a text something is wrong, said as a line and a column."""

from server.errors import Invalid


def fault(field: str, text: str, offset: int, hint: str) -> Invalid:
    """The error for `text[offset]`; line and column count from 1, columns in Unicode code points."""
    line = text.count("\n", 0, offset) + 1
    column = offset - text.rfind("\n", 0, offset)
    where = f"Line {line}, column {column}"
    if field == "negative":
        where = f"Negative prompt, line {line}, column {column}"
    return Invalid(f"{where}: {hint}", field=field, line=line, column=column)
