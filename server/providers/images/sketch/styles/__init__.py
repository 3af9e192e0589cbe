"""Every finish by name, in the order in which several are laid over one another."""

from collections.abc import Callable

from ..canvas import Canvas
from ..lexicon.reading import Reading
from ..light.palette import Palette
from .blueprint import blueprint
from .effects import Grade
from .film import film
from .glass import glass
from .gouache import gouache
from .ink import ink
from .lowpoly import lowpoly
from .neon import neon
from .noir import noir
from .oil import oil
from .papercut import papercut
from .pastel import pastel
from .pencil import pencil
from .pixel import pixel
from .screenprint import screenprint
from .watercolor import watercolor
from .woodcut import woodcut

STYLES: dict[str, Callable[[Canvas, Palette, Reading], Grade]] = {
    "neon": neon,
    "noir": noir,
    "film": film,
    "lowpoly": lowpoly,
    "mosaic": glass,
    "oil": oil,
    "paper": papercut,
    "watercolor": watercolor,
    "pastel": pastel,
    "print": screenprint,
    "woodcut": woodcut,
    "ink": ink,
    "pencil": pencil,
    "blueprint": blueprint,
    "pixel": pixel,
    "gouache": gouache,
}
