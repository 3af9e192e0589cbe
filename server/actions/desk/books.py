"""What was paid, and what was made: a line for each day, person and model."""

from datetime import UTC, datetime, time, timedelta
from uuid import NAMESPACE_OID, uuid5

from sqlalchemy import func, select

from server.actions.desk.line import Line, Place, give_way, holds, newest
from server.actions.desk.people import names
from server.actions.desk.steps import MADE_HERE
from server.extensions import config, db, now
from server.models import Customer, Image, Invoice, User

DAYS = 30


def payments(words: str, limit: int, before: Place | None) -> list[Line]:
    """Invoices of the mode that the keys are for, found by the number, name or address."""
    query = select(Invoice, User.id, User.name, User.email).join(Customer, Customer.id == Invoice.customer_id)
    query = query.join(User, User.id == Customer.user_id).where(Customer.livemode == config().stripe.is_live)
    query = query.where(holds(words, Invoice.number, User.name, User.email))
    return [
        Line(invoice.place, {**invoice.to_payload(), "user_id": user_id, "name": name, "email": email})
        for invoice, user_id, name, email in newest(query, Invoice.created_at, Invoice.id, limit, before)
    ]


def usage(words: str, limit: int, before: Place | None) -> list[Line]:
    """Finished images of the last thirty days; one day at a time is counted until the page is full."""
    found: list[Line] = []
    day = (before[0] if before else now()).date()
    oldest = now().date() - timedelta(days=DAYS - 1)
    while day >= oldest and len(found) < limit:
        lines = [line for line in _day(day) if _says(line, words)]
        found += [line for line in lines if before is None or line.place < before]
        day -= timedelta(days=1)
        give_way()
    return found[:limit]


def _day(day) -> list[Line]:
    """What was finished on a UTC day, by person and model; the place of a line depends on nothing but these."""
    begin = datetime.combine(day, time.min, UTC)
    query = (
        select(Image.author_id, Image.model, Image.status, func.count(), func.sum(Image.cost))
        .where(Image.finished_at >= begin, Image.finished_at < begin + timedelta(days=1), MADE_HERE)
        .group_by(Image.author_id, Image.model, Image.status)
    )
    counts: dict[tuple[str, str], dict] = {}
    for author_id, model, status, count, cost in db.session.execute(query):
        entry = counts.setdefault((author_id, model), {"ready": 0, "failed": 0, "cancelled": 0, "cost": 0.0})
        entry[status] = entry.get(status, 0) + count
        entry["cost"] += cost or 0.0
    known = names({author_id for author_id, _ in counts})
    lines = [
        Line(
            (begin, str(uuid5(NAMESPACE_OID, f"{day} {author_id} {model}"))),
            {"day": day.isoformat(), "user_id": author_id, "name": known.get(author_id, ""), "model": model}
            | {name: entry[name] for name in ("ready", "failed", "cancelled", "cost")},
        )
        for (author_id, model), entry in counts.items()
    ]
    return sorted(lines, key=lambda line: line.place, reverse=True)


def _says(line: Line, words: str) -> bool:
    return words.lower() in f"{line.fields['name']} {line.fields['model']}".lower()
