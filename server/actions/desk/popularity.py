"""Which models and styles are liked, how often pictures succeed, how long they take; counted once a minute at most."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from time import monotonic

from sqlalchemy import func, select

from server.actions.desk.lately import spread, taken
from server.actions.desk.line import give_way
from server.extensions import db, now
from server.models import Generation, Image

KEPT = 60.0
SAMPLE = 5000
MOST_A_DAY = 2000
MOST_STYLES = 20
_reports: dict[int, tuple[float, dict]] = {}


def report(days: int) -> dict:
    """{days, models: [{model, ready, failed, cancelled, success}], styles: [{name, count}], success, wait, making}."""
    counted, known = _reports.get(days, (-KEPT, {}))
    if monotonic() - counted < KEPT:
        return known
    models = _models(days)
    totals = {status: sum(model[status] for model in models) for status in ("ready", "failed")}
    fresh = {
        "days": days,
        "models": models,
        "styles": _styles(days),
        "success": _share(totals["ready"], totals["failed"]),
        **_times(now() - timedelta(days=days)),
    }
    _reports[days] = monotonic(), fresh
    return fresh


def _days(days: int) -> Iterator[tuple[datetime, datetime]]:
    """A day after the other, the newest first."""
    end = now()
    for _ in range(days):
        yield end - timedelta(days=1), end
        end -= timedelta(days=1)
        give_way()


def _models(days: int) -> list[dict]:
    models: dict[str, dict] = {}
    query = select(Image.model, Image.status, func.count()).group_by(Image.model, Image.status)
    for begin, end in _days(days):
        of_day = query.where(Image.finished_at >= begin, Image.finished_at < end)
        for model, status, count in db.session.execute(of_day):
            entry = models.setdefault(model, {"model": model, "ready": 0, "failed": 0, "cancelled": 0})
            entry[status] = entry.get(status, 0) + count
    for entry in models.values():
        entry["success"] = _share(entry["ready"], entry["failed"])
    return sorted(models.values(), key=lambda entry: (-entry["ready"], entry["model"]))


def _styles(days: int) -> list[dict]:
    """How many requests used each style, by the name that it had then; of a day the newest requests only."""
    used: Counter[str] = Counter()
    query = select(Generation.styles).order_by(Generation.created_at.desc()).limit(MOST_A_DAY)
    for begin, end in _days(days):
        for styles in db.session.scalars(query.where(Generation.created_at >= begin, Generation.created_at < end)):
            used.update(style.get("name", "") for style in styles or ())
    return [{"name": name, "count": count} for name, count in used.most_common(MOST_STYLES)]


def _times(since) -> dict:
    """Seconds until a picture was there and seconds of making it, of the newest few thousand."""
    query = select(Image.created_at, Image.started_at, Image.finished_at)
    query = query.where(Image.finished_at >= since, Image.status == "ready")
    images = db.session.execute(query.order_by(Image.finished_at.desc()).limit(SAMPLE)).all()
    waits = [(image.finished_at - image.created_at).total_seconds() for image in images]
    return {"wait": spread(waits), "making": spread([taken(image) for image in images])}


def _share(ready: int, failed: int) -> float | None:
    return round(ready / (ready + failed), 4) if ready + failed else None
