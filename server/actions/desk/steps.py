"""One step of time as the charts of the desk show it, and the arithmetic of waiting."""

from collections import Counter, defaultdict, namedtuple
from datetime import datetime
from math import ceil

from server.models import Image
from server.models.columns import iso

ENDS = ("ready", "failed", "cancelled")
COLUMNS = (
    Image.id, Image.status, Image.connection, Image.error, Image.attempt, Image.tries, Image.created_at,
    Image.started_at, Image.finished_at,
)  # fmt: skip
Finished = namedtuple("Finished", [column.key for column in COLUMNS])
MADE_HERE = Image.charged_to.is_not(None)  # what an archive or the sample brought was made by nobody here


def step(begin: datetime, counts: Counter, images: list[Finished], waiting: int) -> dict:
    """{at, ready, failed, cancelled, waiting, wait_p95, connections: {id: {p50, p95, failed_share}}}.

    `counts` is how many ended, by connection and status; `images` are those of them whose times are looked at.
    """
    by_status = Counter()
    for (_, status), count in counts.items():
        by_status[status] += count
    by_connection = defaultdict(list)
    for image in images:
        by_connection[image.connection].append(image)
    return {
        "at": iso(begin),
        **{status: by_status[status] for status in ENDS},
        "waiting": waiting,
        "wait_p95": spread(waits(images))["p95"],
        "connections": {
            id: {**spread(making(by_connection[id])), "failed_share": share(counts[id, "failed"], counts[id, "ready"])}
            for id in sorted({id for id, _ in counts})
        },
    }


def waits(images: list) -> list[float]:
    """Seconds from asking to the picture; without those that were asked for again, since when is not kept."""
    ready = (image for image in images if image.status == "ready" and image.attempt == image.tries)
    return [(image.finished_at - image.created_at).total_seconds() for image in ready]


def making(images: list) -> list[float]:
    """Seconds from the start of the last attempt to the picture."""
    ready = (image for image in images if image.status == "ready")
    return [(image.finished_at - (image.started_at or image.created_at)).total_seconds() for image in ready]


def share(some: int, others: int) -> float | None:
    """The part that some are of all."""
    return round(some / (some + others), 4) if some + others else None


def spread(seconds: list[float]) -> dict:
    """{p50, p95} of a list of seconds."""
    ranked = sorted(seconds)
    if not ranked:
        return {"p50": None, "p95": None}
    return {name: round(ranked[ceil(part * len(ranked)) - 1], 2) for name, part in (("p50", 0.5), ("p95", 0.95))}
