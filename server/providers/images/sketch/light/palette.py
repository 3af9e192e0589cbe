"""The palette of a picture, and the one light through which every colour passes."""

from dataclasses import dataclass, field

import numpy as np

from ..colour import from_lab, lean, mix, to_lab, tone
from ..fields import Array


@dataclass
class Palette:
    """Seven colours of the hour, how dark it is, how far shadows pull, and what things are made of."""

    zenith: Array
    mid: Array
    horizon: Array
    light: Array
    far: Array
    near: Array
    accent: Array
    exposure: float
    pull: float
    local: dict[str, Array]
    named: set[str] = field(default_factory=set)  # local colours that the prompt named: they resist the air's hue

    def at(self, name: str, depth: float = 0, light: float = 1) -> Array:
        """A local colour as seen at a depth, 0 here and 1 at the horizon."""
        return self.lit(self.local[name], depth, light, *((0.7, 0.25) if name in self.named else ()))

    def lit(self, colour: Array, depth: float = 0, light: float = 1, pull: float = 1, unify: float = 1) -> Array:
        """Any colour under this light: darkened, pulled to the shadows, its hue bent to the air's, hazed by depth."""
        lab = to_lab(colour)
        lab = lab * np.array([self.exposure * light, 1, 1])
        lit = tone(mix(from_lab(lab), tone(self.near, 1 + 0.25 * light), self.pull * pull), 1, 1.1)
        lit = lean(lit, self.far, unify * min(0.62, 1.2 * self.pull * pull))  # one light on everything
        return mix(lit, self.haze(depth), min(1, depth) ** 0.8)

    def haze(self, depth: float = 1) -> Array:
        """The colour of distance: the far colour, as light as the horizon the farther it lies."""
        far, horizon = to_lab(self.far), to_lab(self.horizon)
        near_hue = 0.5 if far[1] * horizon[1] + far[2] * horizon[2] > 0 else 0.12
        return from_lab(far + (horizon - far) * np.array([0.5, near_hue, near_hue]) * depth)
