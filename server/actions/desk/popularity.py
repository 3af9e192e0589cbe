"""Which models and styles are liked, how often pictures succeed, how long they take; counted once a minute at most."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from time import monotonic

from sqlalchemy import func, select

from server.actions.desk.line import give_way
from server.actions.desk.steps import COLUMNS, ENDS, MADE_HERE, Finished, making, share, spread, waits
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
        "success": share(totals["ready"], totals["failed"]),
        **_times(now() - timedelta(days=days)),
    }
    _reports[days] = monotonic(), fresh
    return fresh


def sheet(days: int) -> list[dict]:
    """The report as lines of one table."""
    told = report(days)
    times = {f"{name}_{part}": told[name][part] for name in ("wait", "making") for part in ("p50", "p95")}
    blank = dict.fromkeys(("kind", "name", "requests", *ENDS, "success", *times))
    whole = {status: sum(model[status] for model in told["models"]) for status in ENDS}
    return [
        {**blank, "kind": "all", **whole, "success": told["success"], **times},
        *({**blank, "kind": "model", "name": one.pop("model"), **one} for one in map(dict, told["models"])),
        *({**blank, "kind": "style", "name": one["name"], "requests": one["count"]} for one in told["styles"]),
    ]


def _days(days: int) -> Iterator[tuple[datetime, datetime]]:
    """A day after the other, the newest first."""
    end = now()
    for _ in range(days):
        yield end - timedelta(days=1), end
        end -= timedelta(days=1)
        give_way()


def _models(days: int) -> list[dict]:
    models: dict[str, dict] = {}
    query = select(Image.model, Image.status, func.count()).where(MADE_HERE).group_by(Image.model, Image.status)
    for begin, end in _days(days):
        of_day = query.where(Image.finished_at >= begin, Image.finished_at < end)
        for model, status, count in db.session.execute(of_day):
            entry = models.setdefault(model, {"model": model, "ready": 0, "failed": 0, "cancelled": 0})
            entry[status] = entry.get(status, 0) + count
    for entry in models.values():
        entry["success"] = share(entry["ready"], entry["failed"])
    return sorted(models.values(), key=lambda entry: (-entry["ready"], entry["model"]))


def _styles(days: int) -> list[dict]:
    """How many requests used each style, by the name that it had then; of a day the newest requests only."""
    used: Counter[str] = Counter()
    payer = select(Image.charged_to).where(Image.generation_id == Generation.id).order_by(Image.index).limit(1)
    asked_here = payer.scalar_subquery().is_not(None)
    query = select(Generation.styles).where(asked_here).order_by(Generation.created_at.desc()).limit(MOST_A_DAY)
    for begin, end in _days(days):
        for styles in db.session.scalars(query.where(Generation.created_at >= begin, Generation.created_at < end)):
            used.update(style.get("name", "") for style in styles or ())
    return [{"name": name, "count": count} for name, count in used.most_common(MOST_STYLES)]


def _times(since) -> dict:
    """Seconds until a picture was there and seconds of making it, of the newest few thousand."""
    query = select(*COLUMNS).where(Image.finished_at >= since, Image.status == "ready", MADE_HERE)
    rows = db.session.execute(query.order_by(Image.finished_at.desc()).limit(SAMPLE))
    images = [Finished(*row) for row in rows]
    return {"wait": spread(waits(images)), "making": spread(making(images))}
