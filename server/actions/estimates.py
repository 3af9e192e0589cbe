"""When a waiting picture will be ready, judged by what its model took lately."""

import heapq
from statistics import median
from time import monotonic

from sqlalchemy import select

from server.actions import catalogue
from server.extensions import config, db, now
from server.models import Image

LATELY = 15
KNOWN_FOR = 5.0
UNKNOWN = 10.0
_known: dict[str, tuple[float, float | None]] = {}


def usual(model: str) -> float | None:
    """Median seconds of the model's latest ready pictures, or None before its first; asked once in five seconds."""
    asked, seconds = _known.get(model, (-KNOWN_FOR, None))
    if monotonic() - asked > KNOWN_FOR:
        seconds = _median(model)
        _known[model] = (monotonic(), seconds)
    return seconds


def etas(waiting: list[tuple[str, str]]) -> list[float | None]:
    """Seconds until each of the waiting (model, connection) is ready, in serving order; None where no model tells.

    Every slot of the workers takes the next one as it falls free; some connections make one picture at a time.
    """
    if not waiting:
        return []
    slots, alone = _running()
    found = []
    for model, connection in waiting:
        seconds = usual(model)
        start = max(heapq.heappop(slots), alone.get(connection, 0.0))
        ready = start + (UNKNOWN if seconds is None else seconds)
        heapq.heappush(slots, ready)
        if connection in alone:
            alone[connection] = ready
        found.append(None if seconds is None else round(ready, 1))
    return found


def _running() -> tuple[list[float], dict[str, float]]:
    """Seconds until each slot is free, as a heap, and until each connection is that makes one at a time."""
    size = max(1, config().image_workers * config().image_slots)
    alone = dict.fromkeys(catalogue.busy_alone(), 0.0)
    busy = []
    query = select(Image.model, Image.connection, Image.started_at).where(Image.status == "running")
    for model, connection, started in db.session.execute(query.limit(size)):
        took = (now() - started).total_seconds() if started else 0.0
        busy.append(max((usual(model) or UNKNOWN) - took, 0.5))
        if connection in alone:
            alone[connection] = max(alone[connection], busy[-1])
    slots = busy + [0.0] * (size - len(busy))
    heapq.heapify(slots)
    return slots, alone


def _median(model: str) -> float | None:
    query = select(Image.started_at, Image.finished_at).where(
        Image.model == model, Image.status == "ready", Image.started_at.is_not(None), Image.finished_at.is_not(None)
    )
    rows = db.session.execute(query.order_by(Image.finished_at.desc()).limit(LATELY)).all()
    return median((finished - started).total_seconds() for started, finished in rows) if rows else None
