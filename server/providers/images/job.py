"""One picture to make, and what a provider says while it makes it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ImageJob:
    """A request for one picture. Sizes in pixels; a setting that the model ignores may be None.

    `task_id` is ours, unique an attempt: send it where the vendor knows idempotency keys. `handle` is
    what an earlier attempt reported by `Submitted`: re-attach to it instead of paying twice.
    """

    task_id: str
    model: str
    prompt: str
    negative: str
    seed: int
    width: int
    height: int
    steps: int | None = None
    cfg_scale: float | None = None
    sampler: str | None = None
    init_image: bytes | None = None
    strength: float | None = None
    handle: str | None = None


@dataclass(frozen=True)
class Submitted:
    """The vendor took the job; `handle` (text) finds it again after a crash."""

    handle: str


@dataclass(frozen=True)
class Progress:
    """`fraction` 0 to 1, or None while the vendor is silent; `preview` is an encoded picture of any size."""

    fraction: float | None = None
    step: int | None = None
    steps: int | None = None
    preview: bytes | None = None


@dataclass(frozen=True)
class Picture:
    """The result: bytes as delivered, checked to begin like PNG, JPEG or WebP. `cost` in US dollars."""

    data: bytes
    media_type: str
    seed: int | None = None
    cost: float | None = None
