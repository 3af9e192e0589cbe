"""What a vendor's HTTP status means, in the words that people read."""

import email.utils
import re
import time
from collections.abc import Mapping

from server.errors import ProviderError

LONGEST_WAIT = 3600.0
FIELD = re.compile(r"[a-z][a-z_]{0,30}")
BY_STATUS = {
    401: ("auth", True, "The image server refused our key. Whoever runs this place has to check the connection."),
    402: ("quota", True, "The image server's account has no credit left. Whoever runs this place has to top it up."),
    403: ("auth", True, "The image server refused our key. Whoever runs this place has to check the connection."),
    404: ("model_not_found", True, "The image server does not know this model."),
    408: ("timeout", False, "The image server did not answer in time. Nothing was charged."),
    413: ("invalid_parameter", True, "The image server finds this too large. A smaller size or prompt may help."),
    429: ("rate_limited", False, "The image server takes no more requests just now. Try again in a moment."),
    502: ("busy", False, "The image server is busy or still starting. Try again in a moment."),
    503: ("busy", False, "The image server is busy or still starting. Try again in a moment."),
    504: ("timeout", False, "The image server did not answer in time. Nothing was charged."),
}
NOT_ACCEPTED = ("invalid_parameter", True, "The image server did not accept these settings.")
FAILED = ("busy", False, "The image server failed at this. Nothing was charged; trying again may help.")
REDIRECTED = ("bad_reply", True, "The image server's address leads elsewhere. Whoever runs this place has to check it.")


def refusal(status: int, headers: Mapping[str, str], body: object) -> ProviderError:
    """The ProviderError for a status that is not 2xx; `retry_after` from the header, else the body."""
    usual = REDIRECTED if status < 400 else NOT_ACCEPTED if status < 500 else FAILED
    kind, permanent, words = BY_STATUS.get(status, usual)
    field = refused_field(body) if kind == "invalid_parameter" else None
    words = f"The image server did not accept the {field}." if field else words
    wait = None if permanent else retry_after(headers, body)
    return ProviderError(kind, words, permanent=permanent, retry_after=wait, unsure=kind == "timeout")


def refused_field(body: object) -> str | None:
    """The setting that a refusal names: FastAPI's `detail[].loc`, OpenAI's `error.param`."""
    if not isinstance(body, dict):
        return None
    detail, error = body.get("detail"), body.get("error")
    name = error.get("param") if isinstance(error, dict) else None
    if isinstance(detail, list) and detail and isinstance(detail[0], dict) and isinstance(detail[0].get("loc"), list):
        name = detail[0]["loc"][-1:] and detail[0]["loc"][-1]
    return name.replace("_", " ") if isinstance(name, str) and FIELD.fullmatch(name) else None


def retry_after(headers: Mapping[str, str], body: object = None) -> float | None:
    """Seconds to wait, 0 to 3600, from a number or an HTTP date."""
    said = headers.get("retry-after")
    if said is None and isinstance(body, dict):
        said = body.get("retry_after")
    seconds = _seconds(said)
    return None if seconds is None else min(max(seconds, 0.0), LONGEST_WAIT)


def _seconds(said: object) -> float | None:
    try:
        seconds = float(said)
        return seconds if seconds == seconds else None
    except (TypeError, ValueError):
        pass
    try:
        return email.utils.parsedate_to_datetime(str(said)).timestamp() - time.time()
    except (TypeError, ValueError):
        return None


def bad_reply() -> ProviderError:
    words = "The image server sent an answer that we do not understand."
    return ProviderError("bad_reply", words, permanent=False, unsure=True)
