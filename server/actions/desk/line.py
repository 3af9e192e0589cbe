"""One line of a list at the desk, and how lists are read: newest first, a page at a time."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_OID, uuid5

from sqlalchemy import ColumnElement, Select, func, or_, true

from server.extensions import db

Place = tuple[datetime, str]
NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
AT_ONCE = 1000


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


def still(fields: dict, name: str) -> Line:
    """The line of a thing that is there and has no time; its place depends on its name only."""
    return Line((NO_TIME, str(uuid5(NAMESPACE_OID, name))), fields)


def part(lines: list[Line], limit: int, before: Place | None) -> list[Line]:
    """The first lines after a place, of a short list that is here as a whole."""
    ranked = sorted(lines, key=lambda line: line.place, reverse=True)
    return [line for line in ranked if before is None or line.place < before][:limit]


def whole(lines: Callable[..., list[Line]], words: str) -> Iterator[list[dict]]:
    """A list from its beginning to its end, a page at a time; between two of them nothing is held open."""
    place = None
    while found := lines(words, AT_ONCE, place):
        place = found[-1].place
        yield [line.fields for line in found]
        if len(found) < AT_ONCE:
            return
        db.session.rollback()
        give_way()


def give_way() -> None:
    """Between two long queries: whoever else waits for this process has their turn."""
    time.sleep(0)


def holds(words: str, *columns) -> ColumnElement[bool]:
    """Whether one of the columns has these words in it, in capitals or not; no words are everywhere."""
    if not words:
        return true()
    return or_(*(func.lower(column).contains(words.lower(), autoescape=True) for column in columns))
