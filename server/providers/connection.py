"""What a provider is told about itself and what it says of its models."""

from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Connection:
    """A configured backend: `kind` names the vendor's file, `models` the ids to offer (empty: ask it)."""

    id: str
    kind: str
    url: str = ""
    key: str = field(default="", repr=False)
    models: tuple[str, ...] = ()


@dataclass(frozen=True)
class Range:
    min: float
    max: float
    default: float


@dataclass(frozen=True)
class Size:
    """Either a range of pixels for both sides (multiples of `step`) or a list of `choices` [width, height];
    `usual` is made where nobody says."""

    min: int = 0
    max: int = 0
    step: int = 1
    choices: tuple[tuple[int, int], ...] = ()
    usual: tuple[int, int] = (1024, 1024)

    def to_dict(self) -> dict:
        if self.choices:
            return {"choices": [list(choice) for choice in self.choices]}
        return {"min": self.min, "max": self.max, "step": self.step, "default": list(self.usual)}


@dataclass(frozen=True)
class Capabilities:
    """What a model listens to; whatever is False or None here is ignored by it, and the screen says so."""

    seed: bool = False
    negative: bool = False
    img2img: bool = False
    progress: bool = False
    preview: bool = False
    cancel: bool = False
    vision: bool = False
    steps: Range | None = None
    cfg_scale: Range | None = None
    size: Size = field(default_factory=lambda: Size(64, 2048, 8))
    samplers: tuple[str, ...] = ()

    def to_dict(self) -> dict:
        return {**asdict(self), "size": self.size.to_dict(), "samplers": list(self.samplers)}


@dataclass(frozen=True)
class Model:
    """One model of a connection. `price` is US dollars an image, or None where nobody says."""

    id: str
    kind: str  # image or chat
    name: str
    description: str
    capabilities: Capabilities
    price: float | None = None
    built_in: bool = False
