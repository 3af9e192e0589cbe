"""A prompt understood."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..fields import Array


@dataclass
class Figure:
    name: str
    colour: Array | None = None
    count: int = 1
    gloss: bool = False


@dataclass
class Reading:
    """A prompt understood: what to draw, in which light, how it should feel, how to finish it."""
    scene: str = ""
    figures: list[Figure] = field(default_factory=list)
    time: str = ""
    season: str = ""
    weather: set[str] = field(default_factory=set)
    flavours: set[str] = field(default_factory=set)
    extras: dict[str, int] = field(default_factory=dict)
    local: dict[str, Array] = field(default_factory=dict)
    tints: list[Array] = field(default_factory=list)
    mood: dict[str, float] = field(default_factory=dict)
    styles: list[str] = field(default_factory=list)
    avoid: list[Array] = field(default_factory=list)
    banned: set[str] = field(default_factory=set)
    known: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    salt: str = ""  # the unknown words
    plot: tuple[str, ...] = ()  # the scenes and figures asked for, banned or not: what a composition hangs on

    def feel(self, name: str) -> float:
        return max(-1.0, min(1.0, self.mood.get(name, 0)))
