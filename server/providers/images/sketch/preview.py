"""Previews: a small draft under thinning fog, as WebP small enough for the wire."""

from io import BytesIO

from PIL import Image

from .drawing import Request
from .fields import Array, to_array
from .fog import Fog

SIDE = 224  # longest side, pixels
LIMIT = 6 * 1024  # bytes; in base64 it fits the wire's 8 KB
QUALITIES = (70, 50, 30, 12)


class Preview:
    """How a request's picture shows while it develops."""

    def __init__(self, request: Request) -> None:
        scale = min(1, SIDE / max(request.width, request.height))
        self.size = max(8, round(request.width * scale)), max(8, round(request.height * scale))
        self.fog = Fog(*self.size, request.seed)
        self.seen: Array | None = None

    def draft(self, image: Image.Image) -> None:
        """What the fog lies over, at this preview's size."""
        self.seen = to_array(image)

    def bare(self) -> bytes:
        """Fog, before anything is drawn."""
        return encoded(self.fog.bare())

    def at(self, done: float) -> bytes:
        """What shows of the draft when a fraction of the steps is done."""
        return encoded(self.fog.over(self.seen, done))


def encoded(image: Image.Image) -> bytes:
    """WebP of at most LIMIT bytes: noise gives up quality first, then size."""
    while True:
        for quality in QUALITIES:
            out = BytesIO()
            image.save(out, "WEBP", quality=quality, method=2)
            if out.tell() <= LIMIT:
                return out.getvalue()
        image = image.reduce(2)
