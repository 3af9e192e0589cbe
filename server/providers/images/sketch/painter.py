"""The painter: a canvas with a reading, a palette and a place for the light."""

import numpy as np

from .canvas import Canvas
from .fields import Array, rng_of
from .lexicon.reading import Reading
from .light.palette import Palette
from .sheet import Sheet


class Painter:
    """A canvas with a reading, a palette and a place for the light. Scenes paint through it, back to front."""

    def __init__(
        self, canvas: Canvas, reading: Reading, palette: Palette, detail: float = 1, amount: float = 1
    ) -> None:
        self.c, self.r, self.pal, self.detail, self.amount = canvas, reading, palette, detail, amount
        g = self.rng("place")
        a = canvas.aspect
        self.side = -1 if g.random() < 0.5 else 1  # which side the light comes from
        self.horizon = 0.56 + 0.14 * g.random()
        height = {"day": 0.2, "golden": 0.2, "dawn": 0.1, "sunset": 0.05, "dusk": 0.04, "night": 0.36}[reading.time]
        if "moon" in reading.extras:
            height = max(height, 0.27)
        self.sun = (a * (0.5 + self.side * (0.1 + 0.2 * g.random())), self.horizon - height - 0.06 * g.random())
        self.focus = a * (0.5 - self.side * (0.1 + 0.1 * g.random()))  # the subject stands away from the light
        self.energy = 0.5 + 0.5 * reading.feel("energy") + (0.3 if "storm" in reading.weather else 0)
        self.dark = reading.time in ("night", "dusk")

    def rng(self, name: str) -> np.random.Generator:
        """Chance that depends on the picture and a name only."""
        return rng_of(*self.c.key, name)

    def has(self, name: str) -> bool:
        """Whether the words ask for an extra, a weather or a variant, and no negative forbids it."""
        return name not in self.r.banned and (
            name in self.r.extras or name in self.r.weather or name in self.r.flavours
        )

    def wants(self, name: str, chance: float) -> bool:
        """Named by the prompt, or added by chance unless the negative forbids it."""
        return self.has(name) or (name not in self.r.banned and self.rng("wants " + name).random() < chance)

    def sheet(self, scale: int = 2) -> Sheet:
        """A sheet over the whole canvas."""
        return Sheet(self.c, scale)

    def mist(self, y: float, thickness: float, amount: float, colour: Array | None = None) -> None:
        """A soft band of air centred on y."""
        amount *= 1 + 1.2 * max(0, self.r.feel("haze")) + (1.1 if "fog" in self.r.weather else 0)
        if "fog" in self.r.banned:
            amount *= 0.3
        band = np.exp(-(((self.c.y - y) / thickness) ** 2)) * min(0.95, amount)
        cloud = 1 + 0.35 * self.c.noise(f"mist{y:.2f}", 3, 3, stretch=4)
        self.c.lay(np.clip(band * cloud, 0, 1), self.pal.haze(1) if colour is None else colour)
