"""The sky, its sun and its haze of light."""

from ..colour import look, mix, ramp, rgb
from ..painter import Painter
from .heavens import aurora, meteors, moon, rainbow, stars


def sky(p: Painter, bottom: float | None = None) -> None:
    c, pal = p.c, p.pal
    lut = ramp([pal.zenith, pal.mid, pal.horizon], [0, 0.58, 1])
    t = c.y / (bottom or p.horizon) + 0.03 * c.noise("sky", 2, 4, stretch=3)
    c.px[:] = look(lut, t)
    overcast = bool({"storm", "cloud", "fog", "rain"} & p.r.weather)
    if p.r.time == "night":
        stars(p, 0.35 if overcast else 1)
    elif p.r.time == "dusk" or p.has("star"):
        stars(p, 0.3 if not p.has("star") else 0.9)
    if p.has("aurora"):
        aurora(p)
    x, y = p.sun
    night = p.r.time == "night"
    strength = 0.35 if overcast else 1
    if "sun" not in p.r.banned or night:
        c.glow(x, y, 0.75, pal.light, (0.2 if night else 0.42) * strength, squash=1.5)
        c.glow(x, y, 0.24, pal.light, (0.22 if night else 0.5) * strength)
    moons = p.r.extras.get("moon", 0)
    if (night or moons) and "moon" not in p.r.banned and not (night and not moons and p.rng("moon").random() < 0.25):
        moon(p, max(1, moons))
    elif (
        not night
        and "sun" not in p.r.banned
        and (p.has("sun") or (p.r.time in ("sunset", "golden", "dawn", "dusk") and not overcast))
    ):
        r = 0.045 + 0.035 * p.rng("sun").random()
        c.glow(x, y, r * 2.6, pal.light, 0.4)
        colour = mix(mix(pal.light, rgb("#ffffff"), 0.35), pal.accent, 0.12 if p.r.time == "sunset" else 0)
        c.lay(c.disc(x, y, r) * (0.8 if p.r.time == "dusk" else 0.95), colour)
        c.glow(x, y, r * 1.5, pal.light, 0.25)
    if p.has("meteor"):
        meteors(p)
    if p.has("rainbow"):
        rainbow(p)
