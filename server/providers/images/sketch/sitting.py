"""One picture being made: drawn step by step, shown as it develops, never faster than its pace."""

import time
from collections.abc import Iterator

from PIL import Image

from ..job import Progress
from .drawing import Request, draw
from .preview import Preview

MAX_PREVIEWS = 16
PATIENCE = 0.25  # seconds between signs of life


class Work:
    """A drawing under way: the fraction that is done, and the image at its end."""

    def __init__(self, request: Request, size: tuple[int, int] | None = None) -> None:
        self.pieces = draw(request, size)
        self.done = 0.0
        self.image: Image.Image | None = None

    def go_on(self) -> None:
        """Draw one piece more."""
        piece = next(self.pieces)
        if isinstance(piece, Image.Image):
            self.done, self.image = 1.0, piece
        else:
            self.done = piece


class Sitting:
    """Draws a request; `pace` is the least time a step takes, in seconds. `image` is the picture once all is done."""

    def __init__(self, request: Request, pace: float) -> None:
        self.pace, self.steps, self.step = pace, request.steps, 0
        self.preview = Preview(request)
        self.draft, self.work = Work(request, self.preview.size), Work(request)

    @property
    def image(self) -> Image.Image | None:
        """The finished picture, or None while it is being drawn."""
        return self.work.image

    def progress(self) -> Iterator[Progress]:
        """Every step, with a preview at every second or so, and signs of life where a step takes long."""
        yield Progress(0.0, 0, self.steps, self.preview.bare())
        yield from self._draw(self.draft, 1)
        self.preview.draft(self.draft.image)
        every = 1 if self.pace > PATIENCE else max(2, -(-self.steps // MAX_PREVIEWS))
        for step in range(1, self.steps + 1):
            due = time.monotonic() + self.pace
            yield from self._draw(self.work, step / self.steps)
            shown = self.preview.at(step / (self.steps + 1)) if step % every == 0 or step == self.steps else None
            yield from self._wait_until(due)
            self.step = step
            yield Progress(step / self.steps, step, self.steps, shown)

    def _draw(self, work: Work, until: float) -> Iterator[Progress]:
        seen = time.monotonic()
        while work.done < until:
            work.go_on()
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
