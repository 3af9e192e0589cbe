"""Which models and styles are liked, how often pictures succeed, how long they take; counted once a minute at most."""

from collections import Counter
from datetime import timedelta
from time import monotonic

from sqlalchemy import func, select

from server.actions.desk.lately import spread, taken
from server.extensions import db, now
from server.models import Generation, Image

KEPT = 60.0
SAMPLE = 5000
MOST_GENERATIONS = 20_000
MOST_STYLES = 20
_reports: dict[int, tuple[float, dict]] = {}


def report(days: int) -> dict:
    """{days, models: [{model, ready, failed, cancelled, success}], styles: [{name, count}], success, wait, making}."""
    counted, known = _reports.get(days, (-KEPT, {}))
    if monotonic() - counted < KEPT:
        return known
    since = now() - timedelta(days=days)
    models = _models(since)
    totals = {status: sum(model[status] for model in models) for status in ("ready", "failed")}
    fresh = {
        "days": days,
        "models": models,
        "styles": _styles(since),
        "success": _share(totals["ready"], totals["failed"]),
        **_times(since),
    }
    _reports[days] = monotonic(), fresh
    return fresh


def _models(since) -> list[dict]:
    query = select(Image.model, Image.status, func.count()).where(Image.finished_at >= since)
    models: dict[str, dict] = {}
    for model, status, count in db.session.execute(query.group_by(Image.model, Image.status)):
        entry = models.setdefault(model, {"model": model, "ready": 0, "failed": 0, "cancelled": 0})
        entry[status] = count
    for entry in models.values():
        entry["success"] = _share(entry["ready"], entry["failed"])
    return sorted(models.values(), key=lambda entry: (-entry["ready"], entry["model"]))


def _styles(since) -> list[dict]:
    """How many requests used each style, by the name that it had then."""
    query = select(Generation.styles).where(Generation.created_at >= since)
    used: Counter[str] = Counter()
    for styles in db.session.scalars(query.order_by(Generation.created_at.desc()).limit(MOST_GENERATIONS)):
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
