"""The sky, its sun and its haze of light."""

from ..colour import look, mix, ramp, rgb
from ..painter import Painter
from .heavens import aurora, meteors, moon, rainbow, stars


def sky(p: Painter, bottom: float | None = None) -> None:
    """A sky from zenith to horizon (or `bottom`), with the lights that hour, weather and words put in it."""
    c, pal, night = p.c, p.pal, p.r.time == "night"
    lut = ramp([pal.zenith, pal.mid, pal.horizon], [0, 0.58, 1])
    c.px[:] = look(lut, c.y / (bottom or p.horizon) + 0.03 * c.noise("sky", 2, 4, stretch=3))
    overcast = bool({"storm", "cloud", "fog", "rain"} & p.r.weather)
    if night:
        stars(p, 0.35 if overcast else 1)
    elif p.has("star"):
        stars(p, 0.9)
    elif p.r.time == "dusk":
        stars(p, 0.3)
    if p.has("aurora"):
        aurora(p)
    if "sun" not in p.r.banned or night:
        strength = 0.35 if overcast else 1
        c.glow(*p.sun, 0.75, pal.light, (0.2 if night else 0.42) * strength, squash=1.5)
        c.glow(*p.sun, 0.24, pal.light, (0.22 if night else 0.5) * strength)
    if moons := _moons(p):
        moon(p, moons)
    elif not night and _sunny(p, overcast):
        sun(p)
    if p.has("meteor"):
        meteors(p)
    if p.has("rainbow"):
        rainbow(p)


def _moons(p: Painter) -> int:
    """How many moons: as many as named, else one in most nights."""
    if "moon" in p.r.banned:
        return 0
    if named := p.r.extras.get("moon", 0):
        return named
    return int(p.r.time == "night" and p.rng("moon").random() >= 0.25)


def _sunny(p: Painter, overcast: bool) -> bool:
    low = p.r.time in ("sunset", "golden", "dawn", "dusk") and not overcast
    return "sun" not in p.r.banned and (p.has("sun") or low)


def sun(p: Painter) -> None:
    """The sun's disc in its glow."""
    c, pal, (x, y) = p.c, p.pal, p.sun
    r = 0.045 + 0.035 * p.rng("sun").random()
    c.glow(x, y, r * 2.6, pal.light, 0.4)
    colour = mix(mix(pal.light, rgb("#ffffff"), 0.35), pal.accent, 0.12 if p.r.time == "sunset" else 0)
    c.lay(c.disc(x, y, r) * (0.8 if p.r.time == "dusk" else 0.95), colour)
    c.glow(x, y, r * 1.5, pal.light, 0.25)
