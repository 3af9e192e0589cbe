"""What frames a landscape and what keeps it company."""

from ..colour import mix, rgb
from ..fields import Array
from ..figures.stand import stand
from ..lexicon.reading import Figure
from ..painter import Painter
from .flowers import blossoms
from .grass import grass
from .land import land


def foreground(p: Painter) -> None:
    """Grass, reeds or snow-drifts along the lower edge: a dark frame that makes the rest recede."""
    c, pal = p.c, p.pal
    if "snow" in p.r.weather or p.r.season == "winter":
        ridge = 0.95 - 0.025 * c.line("drift", 1.6, 3, 0.4)
        land(p, ridge, pal.at("snow", 0.05, 1.02), pal.at("snow", 0.2, 0.86), 0.12, 0.1)
        grass(p, 0.93, 1.03, 60, pal.lit(rgb("#8d7a62")), pal.lit(rgb("#c9b48f")), 0.1)
        return
    if p.r.scene in ("hills", "meadow", "forest", "mountains", "lake"):
        dark = mix(pal.at("grass", 0, 0.62), pal.near, 0.35)
        grass(p, 0.93, 1.06, 420, dark, mix(pal.at("grass", 0, 1.0), pal.light, 0.1), 0.13)
        if p.has("blossom"):
            blossoms(p, 0.93, 1.0, 26, 0.016)


def companion(p: Painter, ridge: Array) -> None:
    """Empty country gets one thing to look at: a great tree, a house, a mill."""
    g = p.rng("companion")
    name = ("tree", "house", "tree", "windmill", "tree", "")[int(g.random() * 6)]
    if name and name not in p.r.banned:
        x = p.focus
        y = p.c.on(ridge, x) + 0.03
        stand(p, Figure(name), x, y, 0.34 + 0.14 * g.random() if name == "tree" else 0.17 + 0.05 * g.random(), 0.1)
