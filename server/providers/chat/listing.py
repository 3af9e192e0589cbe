"""The chat models that a server lists."""

import re

from server.providers.connection import Capabilities, Model

MAX_MODELS = 200
_OTHER = re.compile(
    r"embed|whisper|tts|dall-e|image|moderation|transcribe|realtime|audio|rerank|sora|ocr|babbage|davinci", re.I
)
_SEES = re.compile(r"gpt-4o|gpt-4\.1|gpt-5|\bo[34]\b|llava|pixtral|vision|[-_]vl|vl[-_:]|gemma-?3|claude|gemini", re.I)


def named(name: str, vendor: str) -> Model:
    """A model of which nothing but the name is known."""
    return _model(name, vendor, bool(_SEES.search(name)))


def listed(document: object, vendor: str) -> list[Model]:
    """The chat models in the answer to `GET /models`; those that cannot chat are left out."""
    rows = document.get("data") if isinstance(document, dict) else None
    rows = [row for row in rows if _chats(row)] if isinstance(rows, list) else []
    unique = {row["id"]: row for row in rows}
    return [_model(name, vendor, _sees(row)) for name, row in list(unique.items())[:MAX_MODELS]]


def _model(name: str, vendor: str, vision: bool) -> Model:
    return Model(name, "chat", name.rsplit("/", 1)[-1], vendor, Capabilities(vision=vision))


def _chats(row: object) -> bool:
    if not isinstance(row, dict) or not isinstance(row.get("id"), str) or not 0 < len(row["id"]) <= 200:
        return False
    can = row.get("capabilities")
    if isinstance(can, dict) and isinstance(can.get("completion_chat"), bool):
        return can["completion_chat"]
    return not _OTHER.search(row["id"])


def _sees(row: dict) -> bool:
    can, shape = row.get("capabilities"), row.get("architecture")
    if isinstance(can, dict) and isinstance(can.get("vision"), bool):
        return can["vision"]
    if isinstance(shape, dict) and isinstance(shape.get("input_modalities"), list):
        return "image" in shape["input_modalities"]
    return bool(_SEES.search(row["id"]))
