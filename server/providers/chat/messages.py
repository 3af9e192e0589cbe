"""Turns as OpenAI's wire writes them."""

import base64
from collections.abc import Iterable
from itertools import groupby

from server.providers.chat.talk import Turn

_MAGIC = ((b"\x89PNG", "image/png"), (b"\xff\xd8", "image/jpeg"), (b"GIF8", "image/gif"), (b"RIFF", "image/webp"))


def messages(turns: Iterable[Turn]) -> list[dict]:
    """The `messages` field. Neighbours of one role become one, since many chat templates insist on alternation."""
    spoken = [turn for turn in turns if turn.content or turn.images]
    several = len({turn.name for turn in spoken if turn.name}) > 1
    return [_message(role, list(group), several) for role, group in groupby(spoken, key=lambda turn: turn.role)]


def _message(role: str, turns: list[Turn], several: bool) -> dict:
    """Names are told only where several people talk."""
    text = "\n\n".join(f"{turn.name}: {turn.content}" if several and turn.name else turn.content for turn in turns)
    images = [image for turn in turns for image in turn.images]
    if not images:
        return {"role": role, "content": text}
    parts = [{"type": "text", "text": text}] if text else []
    return {"role": role, "content": parts + [_picture(image) for image in images]}


def _picture(data: bytes) -> dict:
    media_type = next((name for magic, name in _MAGIC if data.startswith(magic)), "image/png")
    encoded = base64.b64encode(data).decode("ascii")
    return {"type": "image_url", "image_url": {"url": f"data:{media_type};base64,{encoded}"}}
