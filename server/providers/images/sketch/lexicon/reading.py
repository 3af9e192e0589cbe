"""A prompt understood."""

from dataclasses import dataclass, field

from ..colour import Array


@dataclass
class Figure:
    """Someone or something to draw; `colour` only where the prompt names one."""

    name: str
    colour: Array | None = None
    count: int = 1
    gloss: bool = False


@dataclass
class Reading:
    """What to draw, in which light, how it should feel, how to finish it."""

    scene: str = ""
    figures: list[Figure] = field(default_factory=list)
    time: str = ""
    season: str = ""
    weather: set[str] = field(default_factory=set)
    flavours: set[str] = field(default_factory=set)  # variants of scenes
    extras: dict[str, int] = field(default_factory=dict)  # moons, lanterns, rays: how many
    local: dict[str, Array] = field(default_factory=dict)  # colours of named things
    tints: list[Array] = field(default_factory=list)  # colours of the whole
    mood: dict[str, float] = field(default_factory=dict)
    styles: list[str] = field(default_factory=list)
    avoid: list[Array] = field(default_factory=list)  # hues that the negative forbids
    banned: set[str] = field(default_factory=set)
    unmoods: set[tuple[str, float]] = field(default_factory=set)
    known: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    salt: str = ""  # the unknown words
    plot: tuple[str, ...] = ()  # the scenes and figures asked for, banned or not: what a composition hangs on

    def feel(self, name: str) -> float:
        """A mood, -1 to 1."""
        return max(-1.0, min(1.0, self.mood.get(name, 0)))
