"""Sketch, the built-in image provider: an illustrator with rules, not a model.

It reads the words (lexicon), sets a light (light), paints a scene in layers (scenes, over parts and figures) and
finishes it (styles), with numpy and Pillow alone. The same request always gives the same picture.

For demos and tests a prompt may hold `[fail:kind]`, with any kind of `ProviderError` (`[fail:moderated]`,
`[fail:busy]`, `[fail:timeout]` and so on), which raises that error, and `[slow:N]`, which stretches the picture to
about N seconds, at most 30. Markers are not drawn.
"""

from collections.abc import Iterator
from io import BytesIO

from PIL import Image

from ....errors import ProviderError
from ...connection import Capabilities, Connection, Model, Range, Size
from ..job import ImageJob, Picture, Progress
from .drawing import Request
from .faults import delay, stumble, without_markers
from .sitting import Sitting

STEPS = Range(1, 40, 24)
CFG_SCALE = Range(1, 30, 7)
SIZE = Size(64, 2048, 8, usual=(768, 768))
MODEL = Model(
    id="sketch",
    kind="image",
    name="Sketch",
    description="Built in. An illustrator with rules, not a trained model: it knows about a thousand words, draws "
    "landscapes, streets, rooms and a few dozen figures in sixteen finishes, and guesses at the rest.",
    capabilities=Capabilities(
        seed=True, negative=True, progress=True, preview=True, cancel=True, steps=STEPS, cfg_scale=CFG_SCALE, size=SIZE
    ),
    price=0.0,
    built_in=True,
)


class Sketch:
    """Draws on this machine. `pace` is the least time a step takes, in seconds, so that people see it develop."""

    def __init__(self, connection: Connection, pace: float = 0.12) -> None:
        self.connection, self.pace = connection, pace

    def models(self) -> list[Model]:
        """The one model, always there."""
        return [MODEL]

    def make(self, job: ImageJob) -> Iterator[Progress | Picture]:
        """Draw a picture step by step; close the generator to stop it."""
        stumble(job.prompt)
        request = _request(job)
        slow = delay(job.prompt)
        sitting = Sitting(request, self.pace if slow is None else slow / request.steps)
        yield from sitting.progress()
        yield Picture(_png(sitting.image), "image/png", seed=job.seed, cost=0.0)


def _request(job: ImageJob) -> Request:
    if job.model != MODEL.id:
        raise ProviderError("model_not_found", "Sketch has one model: sketch.", permanent=True)
    steps = STEPS.default if job.steps is None else job.steps
    cfg = CFG_SCALE.default if job.cfg_scale is None else job.cfg_scale
    _check("steps", steps, STEPS)
    _check("cfg scale", cfg, CFG_SCALE)
    for side in (job.width, job.height):
        _check("width and height", side, SIZE)
    return Request(without_markers(job.prompt), job.negative, job.seed, job.width, job.height, int(steps), cfg)


def _check(name: str, value: float, limits: Range | Size) -> None:
    if not limits.min <= value <= limits.max:
        message = f"Sketch takes {name} from {limits.min:g} to {limits.max:g}."
        raise ProviderError("invalid_parameter", message, permanent=True)


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG", compress_level=3)
    return out.getvalue()
