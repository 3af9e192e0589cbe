"""What a chat server's refusals mean, in our words."""

import email.utils
import json
import re
import time
from collections.abc import Mapping

import httpx

from server.errors import ProviderError

MAX_WAIT = 3600.0
_NO_MODEL = re.compile(r"model.{0,80}(not found|does not exist|invalid)|invalid.?model|not a valid model", re.S)
_SPENT = re.compile(r"insufficient_quota|exceeded your current quota|insufficient.{0,10}(credit|balance)")
_SECRET = re.compile(r"(https?://|/)\S{6,}|\b(sk|key|pk|Bearer)[-_ ]\S{4,}|[A-Za-z0-9_\-*]{24,}")


def from_status(status: int, headers: Mapping[str, str], body: bytes, key: str = "") -> ProviderError:
    """The error that an HTTP status other than 200 stands for."""
    said = _said(body)
    if status in (401, 403):
        return ProviderError("auth", "The chat server refused the API key.", permanent=True)
    if status == 402 or _SPENT.search(said):
        return ProviderError("quota", "The chat server's account has no credit left.", permanent=True)
    if status == 404 or (status in (400, 422) and _NO_MODEL.search(said)):
        return ProviderError("model_not_found", "The chat server does not know this model.", permanent=True)
    if status == 429:
        message = "The chat server has too many requests just now."
        return ProviderError("rate_limited", message, permanent=False, retry_after=_wait(headers))
    if status in (408, 504):
        return ProviderError("timeout", "The chat server took too long to answer.", permanent=False)
    if status >= 500:
        return _busy(status, said, headers)
    if status >= 400:
        return ProviderError("invalid_parameter", _with_reason("The chat server refused", said, key), permanent=True)
    message = "The chat server's address leads elsewhere. Check the connection's URL."
    return ProviderError("bad_reply", message, permanent=True)


def in_mid_stream(error: object, key: str = "") -> ProviderError:
    """The error that stands in an answer that had begun well: OpenAI's object or Ollama's bare sentence."""
    code = error.get("code") if isinstance(error, dict) else None
    if isinstance(code, int) and 400 <= code < 600:
        return from_status(code, {}, json.dumps({"error": error}).encode(), key)
    said = _message(error)
    if "rate_limit" in said or "rate limit" in said:
        return ProviderError("rate_limited", "The chat server has too many requests just now.", permanent=False)
    return ProviderError("busy", _with_reason("The chat server failed while it answered", said, key), permanent=False)


def from_transport(error: Exception) -> ProviderError:
    """The error that a failed exchange stands for."""
    if isinstance(error, httpx.ConnectTimeout | httpx.ConnectError):
        return ProviderError("transport", "The chat server cannot be reached.", permanent=False)
    if isinstance(error, httpx.TimeoutException):
        return ProviderError("timeout", "The chat server fell silent.", permanent=False)
    if isinstance(error, httpx.TransportError) and not isinstance(error, httpx.UnsupportedProtocol):
        return ProviderError("transport", "The connection to the chat server broke.", permanent=False)
    return ProviderError("transport", "The chat server cannot be asked. Check the connection's URL.", permanent=True)


def _busy(status: int, said: str, headers: Mapping[str, str]) -> ProviderError:
    loading = status == 503 and "loading" in said.lower()
    message = "The chat server is still loading its model." if loading else "The chat server is not working just now."
    return ProviderError("busy", message, permanent=False, retry_after=_wait(headers))


def _said(body: bytes) -> str:
    try:
        document = json.loads(body)
    except ValueError:
        return ""
    if not isinstance(document, dict):
        return ""
    return _message(document.get("error") or document.get("message") or document.get("detail") or "")


def _message(error: object) -> str:
    if isinstance(error, dict):
        parts = [error.get("message"), error.get("type"), error.get("code")]
        return " ".join(part for part in parts if isinstance(part, str))
    return error if isinstance(error, str) else json.dumps(error)


def _with_reason(start: str, said: str, key: str) -> str:
    """What the server said is shown bounded and without anything that looks like a key or an address."""
    said = said.replace(key, "…") if key else said
    said = " ".join(_SECRET.sub("…", said).split())[:200]
    return f"{start}: {said}" if said else f"{start}."


def _wait(headers: Mapping[str, str]) -> float | None:
    """Seconds named by Retry-After, as a number or as a date."""
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        seconds = _until(value)
    return None if seconds is None or seconds != seconds else min(max(seconds, 0.0), MAX_WAIT)


def _until(date: str) -> float | None:
    try:
        return email.utils.parsedate_to_datetime(date).timestamp() - time.time()
    except ValueError:
        return None
