"""Failures on demand: what a marker in a prompt makes this provider do."""

import re

from ....errors import ProviderError

FAULTS = {  # kind: (what is said, permanent, seconds to wait)
    "auth": ("Sketch was asked to refuse the key.", True, None),
    "quota": ("Sketch was asked to run out of credit.", True, None),
    "rate_limited": ("Sketch was asked to be in a hurry: try again in a moment.", False, 2.0),
    "moderated": ("Sketch was asked to refuse this prompt.", True, None),
    "invalid_parameter": ("Sketch was asked to refuse a setting.", True, None),
    "model_not_found": ("Sketch was asked to have lost its model.", True, None),
    "busy": ("Sketch was asked to be busy: try again in a moment.", False, 2.0),
    "timeout": ("Sketch was asked to take too long.", False, None),
    "transport": ("Sketch was asked to be out of reach.", False, None),
    "bad_image": ("Sketch was asked to deliver a broken picture.", False, None),
    "bad_reply": ("Sketch was asked to answer nonsense.", False, None),
}
SLOWEST = 30.0  # seconds
_MARKER = re.compile(r"\[(?:fail:([a-z_]{1,20})|slow:(\d{1,4}(?:\.\d{1,3})?))\]", re.IGNORECASE)


def stumble(prompt: str) -> None:
    """Raise what the first `[fail:kind]` of a prompt asks for; unknown kinds are passed over."""
    for kind, _ in _MARKER.findall(prompt):
        if fault := FAULTS.get(kind.lower()):
            message, permanent, wait = fault
            raise ProviderError(kind.lower(), message, permanent=permanent, retry_after=wait)


def delay(prompt: str) -> float | None:
    """Seconds that `[slow:N]` asks a whole picture to take, at most SLOWEST."""
    asked = [float(seconds) for _, seconds in _MARKER.findall(prompt) if seconds]
    return min(asked[0], SLOWEST) if asked else None


def without_markers(prompt: str) -> str:
    """The prompt as it is drawn."""
    return _MARKER.sub(" ", prompt)
