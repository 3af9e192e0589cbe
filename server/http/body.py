"""Reading commands and lists from HTTP, and answering them."""

import base64
import binascii
import json
from datetime import datetime
from uuid import UUID

from flask import Response, jsonify, request
from flask_login import current_user
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import BadRequest

from server.errors import Invalid, NotFound, SignedOut, TooLarge
from server.models import User

LARGEST = 256 * 1024


def me() -> User:
    """The signed-in user, or SignedOut."""
    if not current_user.is_authenticated:
        raise SignedOut("Sign in first.")
    return current_user.user


def read(kind: type[BaseModel]):
    """The body of the request as `kind`; strict JSON, plain words about the first thing that is wrong."""
    if (request.content_length or 0) > LARGEST:
        raise TooLarge("This is too much at once. Send less than 256 KB.")
    try:
        data = json.loads(request.get_data() or b"{}", object_pairs_hook=_unique, parse_constant=_refuse)
        return kind.model_validate(data)
    except ValidationError as error:
        raise invalid(error) from None
    except (ValueError, RecursionError):
        raise BadRequest("The body is not valid JSON.") from None


def invalid(error: ValidationError) -> Invalid:
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"]) or None
    return Invalid(f"{(field or 'The body').replace('_', ' ').capitalize()}: {words_of(first)}.", field=field)


def words_of(problem: dict) -> str:
    kind, context = problem["type"], problem.get("ctx", {})
    match kind:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return "is not known here"
        case "string_too_long":
            return f"has more than {context['max_length']:,} characters"
        case "string_too_short":
            return "is empty" if context["min_length"] == 1 else f"needs at least {context['min_length']} characters"
        case "string_pattern_mismatch":
            return "does not look right"
        case "value_error":
            return str(context["error"])
        case _:
            return problem["msg"][0].lower() + problem["msg"][1:]


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


def page(rows: list, limit: int) -> tuple[Response, int]:
    """A page of rows that were asked for with `limit` + 1, and the cursor to the next one."""
    shown = rows[:limit]
    return answer(items=shown, next=cursor_of(shown[-1]) if len(rows) > limit else None)


def cursor_of(row) -> str:
    """Where a row stands: its time and id, opaque to clients."""
    return base64.urlsafe_b64encode(f"{row.created_at.isoformat()}|{row.id}".encode()).decode().rstrip("=")


def before() -> tuple[datetime, str] | None:
    """The place that `?before=` names."""
    text = request.args.get("before")
    if not text:
        return None
    try:
        moment, id = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().split("|")
        return datetime.fromisoformat(moment), str(UUID(id))
    except (ValueError, binascii.Error):
        raise Invalid("This place in the list is not known. Start from the first page.", field="before") from None


def moment_of(name: str) -> datetime | None:
    text = request.args.get(name)
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid(f"{name.capitalize()} must be an ISO 8601 time.", field=name) from None


def id_of(text: str) -> str:
    """An id from the address, canonical; what is no UUID names nothing."""
    try:
        return str(UUID(text))
    except ValueError:
        raise NotFound("There is nothing with this id.") from None


def _unique(pairs):
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("duplicate key")
    return found


def _refuse(constant: str):
    raise ValueError(f"{constant} is not JSON")
