"""The images that were finished within the last hour, kept in memory: each look reads only what is new.

It holds a few columns of the newest few thousand rows, found by the index of `finished_at`.
"""

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import select

from server.actions.desk.steps import COLUMNS, MADE_HERE, Finished, making, share, spread, step, waits
from server.extensions import db, now
from server.models import Image
from server.models.image import UNFINISHED

HOUR = timedelta(hours=1)
LATE = timedelta(seconds=15)  # an image is finished a moment before that is committed
MOST = 5000
MINUTE = timedelta(minutes=1)


class Lately:
    def __init__(self):
        self.images: dict[str, Finished] = {}
        self._known: datetime | None = None

    def look(self) -> "Lately":
        """Bring it up to date."""
        moment = now()
        since = max(moment - HOUR, self._known - LATE) if self._known else moment - HOUR
        query = select(*COLUMNS).where(Image.finished_at >= since, MADE_HERE)
        rows = db.session.execute(query.order_by(Image.finished_at.desc()).limit(MOST)).all()
        images = {**self.images, **{row.id: Finished(*row) for row in reversed(rows)}}
        young = sorted((one for one in images.values() if one.finished_at >= moment - HOUR), key=_end)[-MOST:]
        self.images, self._known = {image.id: image for image in young}, moment
        return self

    def failures(self) -> dict[str, int]:
        """How many failed, by the kind of failure."""
        failed = (image for image in self.images.values() if image.status == "failed")
        return dict(Counter((image.error or {}).get("kind", "unknown") for image in failed))

    def latency(self, connection: str | None = None) -> dict:
        """Seconds from the start to the picture: {p50, p95}, None while there is none."""
        return spread(making([image for image in self.images.values() if connection in (None, image.connection)]))

    def failed_share(self, connection: str) -> float | None:
        """The part of a connection's images that failed."""
        ended = Counter(image.status for image in self.images.values() if image.connection == connection)
        return share(ended["failed"], ended["ready"])

    def wait(self) -> dict:
        """Seconds from asking to the picture: {p50, p95}."""
        return spread(waits(list(self.images.values())))

    def last_minute(self) -> int:
        since = now() - MINUTE
        return sum(1 for image in self.images.values() if image.status == "ready" and image.finished_at >= since)

    def minutes(self, count: int = 60) -> list[dict]:
        """Each of the last minutes as a step, oldest first."""
        last = now().replace(second=0, microsecond=0)
        begins = [last - MINUTE * back for back in reversed(range(count))]
        by_minute: dict[datetime, list[Finished]] = {begin: [] for begin in begins}
        for image in self.images.values():
            by_minute.get(image.finished_at.replace(second=0, microsecond=0), []).append(image)
        ended = (one for one in self.images.values() if one.attempt == one.tries)
        lines = [*unfinished(), *((one.created_at, one.started_at or one.finished_at) for one in ended)]
        return [_minute(begin, by_minute[begin], lines) for begin in begins]


def _minute(begin: datetime, ended: list[Finished], lines: list[tuple]) -> dict:
    end = min(begin + MINUTE, now())
    counts = Counter((image.connection, image.status) for image in ended)
    return step(begin, counts, ended, waiting_at(end, lines))


def unfinished() -> list[tuple[datetime, datetime | None]]:
    """(since when, until when) of each image that waits or is being made."""
    query = select(Image.created_at, Image.started_at)
    query = query.where(Image.status.in_(UNFINISHED), Image.deleted_at.is_(None)).limit(MOST)
    return [tuple(row) for row in db.session.execute(query)]


def waiting_at(moment: datetime, lines: list[tuple[datetime, datetime | None]]) -> int:
    """How many of these waited at that moment."""
    return sum(1 for since, until in lines if since <= moment and (until is None or until > moment))


def _end(image: Finished) -> datetime:
    return image.finished_at


lately = Lately()
