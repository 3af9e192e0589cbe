"""The last day, week and month, a step at a time: what is over is counted once in each process and remembered."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from server.actions.desk.lately import HOUR, LATE, unfinished, waiting_at
from server.actions.desk.line import give_way
from server.actions.desk.steps import COLUMNS, MADE_HERE, Finished, step
from server.extensions import db, now
from server.models import Image

SPANS = {"24h": (timedelta(minutes=15), 96), "7d": (timedelta(hours=2), 84), "30d": (timedelta(hours=8), 90)}
SAMPLE = 500
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class History:
    """`known` are the steps of each span that are over, by their beginning."""

    def __init__(self):
        self.known: dict[str, dict[datetime, dict]] = {span: {} for span in SPANS}

    def read(self, span: str) -> list[dict]:
        """The steps of a span, oldest first. Counts are of every row, times of the newest few hundred of a step."""
        (long, count), moment = SPANS[span], now()
        last = moment - (moment - EPOCH) % long
        begins = [last - long * back for back in reversed(range(count))]
        known, lines = self.known[span], unfinished()
        steps = {begin: known.get(begin) or _count(begin, long, lines) for begin in begins}
        self.known[span] = {begin: found for begin, found in steps.items() if begin + long < moment - LATE}
        return list(steps.values())


def _count(begin: datetime, long: timedelta, lines: list[tuple]) -> dict:
    end = begin + long
    inside = (Image.finished_at >= begin, Image.finished_at < end, MADE_HERE)
    query = select(Image.connection, Image.status, func.count()).where(*inside)
    rows = db.session.execute(query.group_by(Image.connection, Image.status))
    counts = Counter({(connection, status): count for connection, status, count in rows})
    newest = select(*COLUMNS).where(*inside).order_by(Image.finished_at.desc()).limit(SAMPLE)
    images = [Finished(*row) for row in db.session.execute(newest)]
    give_way()
    moment = min(end, now())
    return step(begin, counts, images, waiting_at(moment, lines) + _waited(moment))


def _waited(moment: datetime) -> int:
    """How many waited at a moment and ended within the hour after it; who was asked for again waited since unknown."""
    until = func.coalesce(Image.started_at, Image.finished_at)
    query = select(func.count()).where(Image.finished_at > moment, Image.finished_at <= moment + HOUR, MADE_HERE)
    query = query.where(Image.created_at <= moment, until > moment, Image.attempt == Image.tries)
    return db.session.scalar(query)


history = History()
