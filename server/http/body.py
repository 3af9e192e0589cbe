"""Reading commands and lists from HTTP, and answering them."""

import base64
import binascii
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from flask import Response, jsonify, request
from flask_login import current_user
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import BadRequest

from server.errors import Invalid, NotFound, SignedOut, TooLarge
from server.models import User
from server.protocol import strict_json
from server.protocol.complaints import complaint

LARGEST = 256 * 1024


def me() -> User:
    """The signed-in user, or SignedOut."""
    if not current_user.is_authenticated:
        raise SignedOut("Sign in first.")
    return current_user.user


def read(kind: type[BaseModel]):
    """The body of the request as `kind`; strict JSON, plain words about the first thing that is wrong."""
    if (request.content_length or 0) > LARGEST or len(request.get_data()) > LARGEST:
        raise TooLarge("This is too much at once. Send less than 256 KB.")
    try:
        value = strict_json.loads(request.get_data() or b"{}")
    except ValueError:
        raise BadRequest("The body is not valid JSON.") from None
    return fit(kind, value)


def fit(kind: type[BaseModel], value):
    """A value from outside as `kind`."""
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        message, field = complaint(error)
        raise Invalid(message, field=field) from None


def answer(status: int = 200, /, **fields) -> tuple[Response, int]:
    """Entities under their nouns."""
    return jsonify({name: travel(value) for name, value in fields.items()}), status


def travel(value):
    if isinstance(value, list):
        return [travel(item) for item in value]
    return value.to_payload() if hasattr(value, "to_payload") else value


def empty() -> tuple[str, int]:
    return "", 204


def page_limit(most: int = 200, usual: int = 60) -> int:
    try:
        limit = int(request.args.get("limit", usual))
    except ValueError:
        raise Invalid("The limit must be a number.", field="limit") from None
    if not 1 <= limit <= most:
        raise Invalid(f"The limit must be 1 to {most}.", field="limit")
    return limit


def page(rows: list, limit: int, show: Callable = travel, **beside) -> tuple[Response, int]:
    """A page of rows that were asked for with `limit` + 1, the cursor to the next one, and what goes beside."""
    shown = rows[:limit]
    return answer(
        items=[show(row) for row in shown], next=cursor_of(shown[-1].place) if len(rows) > limit else None, **beside
    )


def page_of(rows: list, show: Callable = travel) -> tuple[Response, int]:
    """The page that the address asks for, of a short list that is here as a whole."""
    limit, place = page_limit(), before()
    rows = sorted(rows, key=lambda row: row.place, reverse=True)
    return page([row for row in rows if place is None or row.place < place][: limit + 1], limit, show)


def cursor_of(place: tuple[datetime, str]) -> str:
    """Where a row stands, its time and id, opaque to clients."""
    moment, id = place
    return base64.urlsafe_b64encode(f"{moment.isoformat()}|{id}".encode()).decode().rstrip("=")


def before() -> tuple[datetime, str] | None:
    """The place that `?before=` names."""
    text = request.args.get("before")
    if not text:
        return None
    try:
        moment, id = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().split("|")
        return utc(moment), str(UUID(id))
    except (ValueError, OverflowError, binascii.Error):
        raise Invalid("This place in the list is not known. Start from the first page.", field="before") from None


def moment_of(name: str) -> datetime | None:
    text = request.args.get(name)
    try:
        return utc(text) if text else None
    except (ValueError, OverflowError):
        raise Invalid(f"{name.capitalize()} must be an ISO 8601 time.", field=name) from None


def text_in(name: str) -> str:
    """A text from the query, empty when it is not there."""
    text = request.args.get(name, "")
    if "\x00" in text:
        raise Invalid(f"{name.capitalize()} holds a NUL character.", field=name)
    return text


def id_in(name: str) -> str | None:
    """An id from the query, canonical."""
    text = request.args.get(name)
    try:
        return str(UUID(text)) if text else None
    except ValueError:
        raise Invalid(f"{name.replace('_', ' ').capitalize()} must be an id.", field=name) from None


def utc(text: str) -> datetime:
    """An ISO 8601 time in UTC, which is also meant where the zone is left out."""
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def id_of(text: str) -> str:
    """An id from the address, canonical; what is no UUID names nothing."""
    try:
        return str(UUID(text))
    except ValueError:
        raise NotFound("There is nothing with this id.") from None
