"""When a waiting picture will be ready, judged by what its model took lately."""

import heapq
from statistics import median
from time import monotonic

from sqlalchemy import select

from server.actions import catalogue, claims
from server.extensions import config, db, now
from server.models import Image

LATELY = 15
KNOWN_FOR = 5.0
UNKNOWN = 10.0
SOON = 0.5
MOST_KNOWN = 500
_known: dict[tuple, tuple[float, float | None]] = {}


def usual(model: str, width: int, height: int) -> float | None:
    """Median seconds of the model's latest pictures of that size, of any size where there are none; None before its
    first. Asked once in five seconds."""
    wanted = (model, width, height)
    asked, seconds = _known.get(wanted, (-KNOWN_FOR, None))
    if monotonic() - asked > KNOWN_FOR:
        if len(_known) > MOST_KNOWN:
            _known.clear()
        seconds = _median(Image.model == model, Image.width == width, Image.height == height)
        seconds = _median(Image.model == model) if seconds is None else seconds
        _known[wanted] = (monotonic(), seconds)
    return seconds


def etas(waiting: list[claims.Waiting]) -> list[float | None]:
    """Seconds until each of the waiting is ready, in serving order; None where no model tells.

    Every slot of the workers takes the next one as it falls free; some connections make one picture at a time.
    """
    if not waiting:
        return []
    slots, alone = _running()
    found = []
    for image in waiting:
        seconds = usual(image.model, image.width, image.height)
        start = max(heapq.heappop(slots), alone.get(image.connection, 0.0))
        ready = start + (UNKNOWN if seconds is None else seconds)
        heapq.heappush(slots, ready)
        if image.connection in alone:
            alone[image.connection] = ready
        found.append(None if seconds is None else round(ready, 1))
    return found


def _running() -> tuple[list[float], dict[str, float]]:
    """Seconds until each slot is free, as a heap, and until each connection is that makes one at a time."""
    size = max(1, config().image_workers * config().image_slots)
    alone = {id: 0.0 for id, most in catalogue.bounds().items() if most == 1}
    busy = []
    for image in db.session.scalars(select(Image).where(Image.status == "running").limit(size)):
        took = (now() - image.started_at).total_seconds() if image.started_at else 0.0
        busy.append(max((usual(image.model, image.width, image.height) or UNKNOWN) - took, SOON))
        if image.connection in alone:
            alone[image.connection] = max(alone[image.connection], busy[-1])
    slots = busy + [0.0] * (size - len(busy))
    heapq.heapify(slots)
    return slots, alone


def _median(*where) -> float | None:
    query = select(Image.started_at, Image.finished_at).where(
        Image.status == "ready", Image.started_at.is_not(None), Image.finished_at.is_not(None), *where
    )
    rows = db.session.execute(query.order_by(Image.finished_at.desc()).limit(LATELY)).all()
    return median((finished - started).total_seconds() for started, finished in rows) if rows else None
