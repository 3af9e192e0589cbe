"""One reply to make: what the model is told."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Turn:
    """`role` is system, user or assistant; `images` are encoded pictures for models that see."""

    role: str
    content: str
    images: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class ChatJob:
    """The conversation, oldest turn first; `max_tokens` bounds the reply."""

    task_id: str
    model: str
    turns: tuple[Turn, ...]
    max_tokens: int = 2000
