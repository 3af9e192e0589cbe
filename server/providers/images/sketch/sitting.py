"""One picture being made: drawn step by step, shown as it develops, never faster than its pace."""

import time
from collections.abc import Iterator

from PIL import Image

from ..job import Progress
from .drawing import Request, draw
from .preview import Preview

MAX_PREVIEWS = 16
PATIENCE = 0.25  # seconds between signs of life


class Sitting:
    """Draws a request; `pace` is the least time a step takes, in seconds. `image` is the picture once all is done."""

    def __init__(self, request: Request, pace: float) -> None:
        self.request, self.pace, self.steps = request, pace, request.steps
        self.preview, self.work = Preview(request), draw(request)
        self.drawn, self.step = 0.0, 0
        self.image: Image.Image | None = None

    def progress(self) -> Iterator[Progress]:
        """Every step, with a preview at every second or so, and signs of life where a step takes long."""
        yield Progress(0.0, 0, self.steps, self.preview.bare())
        every = 1 if self.pace > PATIENCE else max(2, -(-self.steps // MAX_PREVIEWS))
        for step in range(1, self.steps + 1):
            due = time.monotonic() + self.pace
            yield from self._draw_until(step / self.steps)
            shown = self.preview.at(step / (self.steps + 1)) if step % every == 0 or step == self.steps else None
            yield from self._wait_until(due)
            self.step = step
            yield Progress(step / self.steps, step, self.steps, shown)

    def _draw_until(self, done: float) -> Iterator[Progress]:
        seen = time.monotonic()
        while self.image is None and self.drawn < done:
            piece = next(self.work)
            if isinstance(piece, Image.Image):
                self.image = piece
            else:
                self.drawn = piece
            if time.monotonic() - seen > PATIENCE:
                yield self._sign_of_life()
                seen = time.monotonic()

    def _wait_until(self, due: float) -> Iterator[Progress]:
        while (left := due - time.monotonic()) > 0:
            time.sleep(min(left, PATIENCE))
            if left > PATIENCE:
                yield self._sign_of_life()

    def _sign_of_life(self) -> Progress:
        return Progress(self.step / self.steps, self.step, self.steps)
