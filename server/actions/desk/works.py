"""Work as the desk lists it: images under way or failed lately, worker processes, connections."""

from collections import defaultdict
from datetime import timedelta

from sqlalchemy import and_, select

from server import queue as bells
from server.actions import catalogue
from server.actions.desk.lately import lately
from server.actions.desk.line import Line, Place, holds, newest, part, still
from server.extensions import db, now
from server.models import ConnectionProbe, Image, Message, User, Workspace
from server.models.columns import iso

FAILED_SHOWN = timedelta(hours=24)
JOBS = ("queued", "running", "failed")
MOST_SHOWN = 8


def queue(words: str, limit: int, before: Place | None, status: str = "") -> list[Line]:
    """Images that wait, are being made, or failed within a day, or one of these; found by person, room or model."""
    chosen = {
        "queued": Image.status == "queued",
        "running": Image.status == "running",
        "failed": and_(Image.status == "failed", Image.finished_at >= now() - FAILED_SHOWN),
    }
    queries = [_images(words).where(chosen[name]) for name in JOBS if status in ("", name)]
    found = [row for query in queries for row in newest(query, Image.created_at, Image.id, limit, before)]
    lines = [_image(image, name, room) for image, name, room in found]
    return sorted(lines, key=lambda line: line.place, reverse=True)[:limit]


def _images(words: str):
    query = select(Image, User.name, Workspace.name).join(User, User.id == Image.author_id)
    query = query.join(Workspace, Workspace.id == Image.workspace_id)
    return query.where(Image.deleted_at.is_(None), holds(words, User.name, Workspace.name, Image.model, Image.status))


def _image(image: Image, name: str, room: str) -> Line:
    fields = {
        "id": image.id,
        "status": image.status,
        "user_id": image.author_id,
        "name": name,
        "workspace_id": image.workspace_id,
        "workspace": room,
        "model": image.model,
        "connection": image.connection,
        "attempt": image.attempt,
        "worker": image.worker,
        "error": image.error,
        "created_at": iso(image.created_at),
        "started_at": iso(image.started_at),
        "finished_at": iso(image.finished_at),
    }
    return Line(image.place, fields)


def workers(words: str, limit: int, before: Place | None) -> list[Line]:
    """The worker processes that attended lately, and how much each does now."""
    lines = crew()
    found = [line for line in lines if words.lower() in f"{line['kind']} {line['worker']}".lower()]
    return part([still(line, line["worker"]) for line in found], limit, before)


def crew() -> list[dict]:
    """{kind, worker, seen_s, busy, doing} of each; `busy` is how many of its slots work, `doing` on which ids."""
    making = select(Image.worker, Image.id).where(Image.status == "running", Image.worker.is_not(None))
    writing = select(Message.worker, Message.id).where(Message.status == "streaming", Message.worker.is_not(None))
    doing = defaultdict(list)
    for slot, id in [*db.session.execute(making), *db.session.execute(writing)]:
        doing[slot.rpartition(":")[0]].append(id)
    return [_at_work(worker, sorted(doing[worker["worker"]])) for worker in bells.roll()]


def _at_work(worker: dict, ids: list[str]) -> dict:
    return {**worker, "busy": len(ids), "doing": ids[:MOST_SHOWN]}


def connections(words: str, limit: int, before: Place | None) -> list[Line]:
    """The image and chat servers, and how they did within the last hour."""
    lately.look()
    found = [line for line in conditions() if words.lower() in line["id"].lower()]
    return part([still(line, f"{line['kind']} {line['id']}") for line in found], limit, before)


def conditions() -> list[dict]:
    """{id, kind, healthy, message, models, p50, p95, failed_share, checked_at} of each connection."""
    probes = {probe.id: probe for probe in db.session.scalars(select(ConnectionProbe))}
    return [
        _connection(kind, connection.id, probes.get(connection.id))
        for kind in ("image", "chat")
        for connection in catalogue.connections(kind)
    ]


def _connection(kind: str, id: str, probe: ConnectionProbe | None) -> dict:
    return {
        "id": id,
        "kind": kind,
        "healthy": bool(probe and probe.healthy),
        "message": probe.message if probe else None,
        "models": len(probe.models) if probe else 0,
        **lately.latency(id),
        "failed_share": lately.failed_share(id),
        "checked_at": iso(probe.checked_at) if probe else None,
    }
