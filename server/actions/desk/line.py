"""One line of a list at the desk, and how lists are read: newest first, a page at a time."""

import time
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, true

from server.extensions import db

Place = tuple[datetime, str]


@dataclass(frozen=True)
class Line:
    """`place` is where it stands; `fields` are its columns, in the order in which they are shown."""

    place: Place
    fields: dict

    def to_payload(self) -> dict:
        return self.fields


def newest(query: Select, at, id, limit: int, before: Place | None) -> list:
    """The first rows after the place `before`, by the columns `at` and `id`."""
    if before:
        moment, last = before
        query = query.where((at < moment) | ((at == moment) & (id < last)))
    return list(db.session.execute(query.order_by(at.desc(), id.desc()).limit(limit)))


def give_way() -> None:
    """Between two long queries: whoever else waits for this process has their turn."""
    time.sleep(0)


def holds(words: str, *columns) -> ColumnElement[bool]:
    """Whether one of the columns has these words in it, in capitals or not; no words are everywhere."""
    if not words:
        return true()
    return or_(*(func.lower(column).contains(words.lower(), autoescape=True) for column in columns))
