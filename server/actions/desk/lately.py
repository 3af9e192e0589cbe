"""The images that were finished within the last hour, kept in memory: each look reads only what is new.

It holds a few columns of the newest few thousand rows, found by the index of `finished_at`.
"""

from collections import Counter, namedtuple
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import select

from server.extensions import db, now
from server.models import Image
from server.models.columns import iso
from server.models.image import UNFINISHED

HOUR = timedelta(hours=1)
LATE = timedelta(seconds=15)  # an image is finished a moment before that is committed
MOST = 5000
MINUTE = timedelta(minutes=1)
COLUMNS = (
    Image.id, Image.status, Image.connection, Image.error, Image.created_at, Image.started_at, Image.finished_at,
)  # fmt: skip
Finished = namedtuple("Finished", [column.key for column in COLUMNS])


class Lately:
    def __init__(self):
        self.images: dict[str, Finished] = {}
        self._known: datetime | None = None

    def look(self) -> "Lately":
        """Bring it up to date."""
        moment = now()
        since = max(moment - HOUR, self._known - LATE) if self._known else moment - HOUR
        query = select(*COLUMNS).where(Image.finished_at >= since).order_by(Image.finished_at.desc()).limit(MOST)
        fresh = [Finished(*row) for row in reversed(db.session.execute(query).all())]
        images = {**self.images, **{image.id: image for image in fresh}}
        young = sorted((one for one in images.values() if one.finished_at >= moment - HOUR), key=_end)[-MOST:]
        self.images, self._known = {image.id: image for image in young}, moment
        return self

    def failures(self) -> dict[str, int]:
        """How many failed, by the kind of failure."""
        failed = (image for image in self.images.values() if image.status == "failed")
        return dict(Counter((image.error or {}).get("kind", "unknown") for image in failed))

    def latency(self, connection: str | None = None) -> dict:
        """Seconds from the start to the picture: {p50, p95}, None while there is none."""
        return spread([taken(image) for image in self._ready() if connection in (None, image.connection)])

    def failed_share(self, connection: str) -> float | None:
        """The part of a connection's images that failed."""
        ended = [image.status for image in self.images.values() if image.connection == connection]
        ended = [status for status in ended if status in ("ready", "failed")]
        return round(ended.count("failed") / len(ended), 4) if ended else None

    def wait(self) -> dict:
        """Seconds from asking to the picture: {p50, p95}."""
        return spread([(image.finished_at - image.created_at).total_seconds() for image in self._ready()])

    def last_minute(self) -> int:
        since = now() - MINUTE
        return sum(1 for image in self._ready() if image.finished_at >= since)

    def minutes(self, count: int = 60) -> list[dict]:
        """For each of the last minutes, oldest first: {at, ready, failed, cancelled, waiting, wait_p95}."""
        last = now().replace(second=0, microsecond=0)
        begins = [last - MINUTE * back for back in reversed(range(count))]
        by_minute: dict[datetime, list[Finished]] = {begin: [] for begin in begins}
        for image in self.images.values():
            by_minute.get(image.finished_at.replace(second=0, microsecond=0), []).append(image)
        unfinished = _unfinished()
        return [self._minute(begin, by_minute[begin], unfinished) for begin in begins]

    def _minute(self, begin: datetime, ended: list[Finished], unfinished: list) -> dict:
        counts = Counter(image.status for image in ended)
        waits = [(image.finished_at - image.created_at).total_seconds() for image in ended if image.status == "ready"]
        end = min(begin + MINUTE, now())
        waiting = sum(
            1
            for created, started, finished in [*unfinished, *(image[4:] for image in self.images.values())]
            if created <= end and (started or finished or now()) > end
        )
        shown = {status: counts[status] for status in ("ready", "failed", "cancelled")}
        return {"at": iso(begin), **shown, "waiting": waiting, "wait_p95": spread(waits)["p95"]}

    def _ready(self) -> list[Finished]:
        return [image for image in self.images.values() if image.status == "ready"]


def _unfinished() -> list[tuple]:
    query = select(Image.created_at, Image.started_at, Image.finished_at)
    query = query.where(Image.status.in_(UNFINISHED), Image.deleted_at.is_(None)).limit(MOST)
    return [tuple(row) for row in db.session.execute(query)]


def _end(image: Finished) -> datetime:
    return image.finished_at


def taken(image) -> float:
    return (image.finished_at - (image.started_at or image.created_at)).total_seconds()


def spread(seconds: list[float]) -> dict:
    """{p50, p95} of a list of seconds."""
    ranked = sorted(seconds)
    if not ranked:
        return {"p50": None, "p95": None}
    return {name: round(ranked[ceil(part * len(ranked)) - 1], 2) for name, part in (("p50", 0.5), ("p95", 0.95))}


lately = Lately()
