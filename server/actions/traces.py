"""What the helpdesk must know of how an image was made: no prompt, no picture, nothing secret."""

import re
from datetime import datetime

from server.models import Image
from server.models.columns import iso

MOST = 500
SECRETS = (
    (re.compile(r"\b[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE), "[address]"),
    (re.compile(r"\b[^@\s]+@[^@\s]+\.[^@\s]+"), "[email]"),
    (re.compile(r"\b\d{1,3}(\.\d{1,3}){3}(:\d+)?\b"), "[address]"),
    (re.compile(r"(?<![\w-])(?=[\w-]*\d)[\w-]{20,}"), "[key]"),
    (re.compile(r"(?<!\w)/(?:[\w.-]+/)+[\w.-]*"), "[path]"),
)


def trace_of(image: Image) -> dict:
    """Its state, attempts, model, connection, settings, error and times; seconds where it says so."""
    return {
        "status": image.status,
        "attempts": image.attempt,
        "model": image.model,
        "connection": image.connection,
        "settings": {
            name: getattr(image, name)
            for name in ("width", "height", "steps", "cfg_scale", "sampler", "seed", "strength")
        },
        "ignored": image.ignored,
        "error": image.error and {"kind": image.error.get("kind"), "message": redacted(image.error.get("message"))},
        "timings": {
            "created_at": iso(image.created_at),
            "started_at": iso(image.started_at),
            "finished_at": iso(image.finished_at),
            "waited_s": _seconds(image.created_at, image.started_at),
            "took_s": _seconds(image.started_at, image.finished_at),
        },
    }


def redacted(text: str | None) -> str:
    """The words without addresses, keys and paths that a vendor may have put into them."""
    text = text or ""
    for pattern, instead in SECRETS:
        text = pattern.sub(instead, text)
    return text[:MOST]


def _seconds(since: datetime | None, until: datetime | None) -> float | None:
    return round((until - since).total_seconds(), 3) if since and until else None
