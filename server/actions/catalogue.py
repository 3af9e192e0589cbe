"""The backends that are connected, and the models they offer."""

from functools import cache

import structlog

from server.actions.transaction import transaction
from server.errors import Invalid, ProviderError
from server.extensions import config, db, now
from server.models import ConnectionProbe
from server.providers import chat, images
from server.providers.connection import Connection

SKETCH = Connection(id="sketch", kind="sketch")
GUIDE = Connection(id="guide", kind="guide")
BUILT_IN = {"sketch", "guide"}
MOST_AT_ONCE = {"a1111": 1, "forge": 1, "bfl": 24}
PAID = {"bfl", "openai"}
log = structlog.get_logger()


def connections(kind: str) -> list[Connection]:
    """The image or chat backends, the operator's own before the built-in one."""
    settings, built_in = {"image": (config().image_api, SKETCH), "chat": (config().chat_api, GUIDE)}[kind]
    if not settings.kind:
        return [built_in]
    own = Connection(id=f"{kind}-api", kind=settings.kind, url=settings.url, key=settings.key, models=settings.models)
    return [own, built_in]


def models() -> list[dict]:
    """Every model as it travels; the first of each kind is the default."""
    probes = {probe.id: probe for probe in db.session.query(ConnectionProbe)}
    offered = []
    for kind in ("image", "chat"):
        found = [
            {**model, "healthy": probe.healthy}
            for connection in connections(kind)
            if (probe := probes.get(connection.id))
            for model in probe.models
        ]
        offered += [{**model, "default": place == 0} for place, model in enumerate(found)]
    return offered


def find(kind: str, model_id: str | None) -> dict:
    """The model of that id, or the default one when none is named."""
    for model in models():
        if model["kind"] == kind and (model["id"] == model_id or (model_id is None and model["default"])):
            return model
    raise Invalid("There is no such model here. Choose one from the list.", field="model")


@cache
def _open(kind: str, connection: Connection, pace: float | None):
    options = {} if pace is None else {"pace": pace}
    return (images if kind == "image" else chat).open_provider(connection, **options)


def provider(kind: str, connection_id: str):
    """The provider object of a connection, one a process."""
    pace = {"sketch": config().sketch_pace, "guide": config().guide_pace}.get(connection_id)
    for connection in connections(kind):
        if connection.id == connection_id:
            return _open(kind, connection, pace)
    raise ProviderError("model_not_found", "This model is no longer connected. Choose another one.", permanent=True)


def bounds() -> dict[str, int]:
    """How many pictures a connection makes at once, where that is bounded."""
    return {own.id: MOST_AT_ONCE[own.kind] for own in connections("image") if own.kind in MOST_AT_ONCE}


def is_paid(connection_id: str) -> bool:
    """Whether each order to an image connection may cost money."""
    return any(own.id == connection_id and own.kind in PAID for own in connections("image"))


def introduce() -> None:
    """Write down, without asking anyone, what can be known of each connection at the start."""
    for kind in ("image", "chat"):
        for connection in connections(kind):
            if connection.id in BUILT_IN or connection.models:
                _note(kind, connection)


def probe() -> None:
    """Ask every connection what it offers now, and keep the answer; one that is down keeps its models."""
    for kind in ("image", "chat"):
        for connection in connections(kind):
            _note(kind, connection)


def _note(kind: str, connection: Connection) -> None:
    offered, message = [], None
    try:
        vendor = provider(kind, connection.id)
        offered = vendor.models()
        if connection.id not in BUILT_IN:
            vendor.check()
    except ProviderError as error:
        log.warning("connection does not answer", connection=connection.id, reason=error.message)
        message = error.message
    with transaction():
        kept = db.session.get(ConnectionProbe, connection.id)
        if kept is None:
            kept = ConnectionProbe(id=connection.id, models=[])
            db.session.add(kept)
        kept.healthy, kept.message, kept.checked_at = message is None, message, now()
        if offered and (kept.healthy or _ids(kept.models) != {model.id for model in offered}):
            kept.models = [_travel(model, connection) for model in offered]


def _ids(models: list[dict]) -> set[str]:
    return {model["id"] for model in models}


def _travel(model, connection: Connection) -> dict:
    return {
        "id": model.id,
        "kind": model.kind,
        "name": model.name,
        "description": model.description,
        "connection": connection.id,
        "default": False,
        "healthy": True,
        "built_in": model.built_in,
        "price": model.price,
        "capabilities": model.capabilities.to_dict(),
    }
