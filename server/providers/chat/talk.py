"""One reply to make: what the model is told."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Turn:
    """`role` is system, user or assistant; `images` are encoded, for models that see; `name` says which user."""

    role: str
    content: str
    images: tuple[bytes, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class Room:
    """The briefing's facts, for a guide that does not read prose.

    `draft` is what stands in the asker's prompt box, `draft_is_newer` whether they wrote on it after the last proposal;
    `theme` and `image_model` are shaped as on the wire.
    """

    draft: str = ""
    draft_is_newer: bool = False
    theme: dict | None = None
    image_model: dict | None = None
    quota_left: int | None = None
    batch_cap: int = 64
    offer_size: int = 6


@dataclass(frozen=True)
class ChatJob:
    """The conversation, oldest turn first; `max_tokens` bounds the reply."""

    task_id: str
    model: str
    turns: tuple[Turn, ...]
    max_tokens: int = 2000
    room: Room = Room()
