"""Mix a palette: an hour bent by weather, unknown words and colour words."""

import math

import numpy as np

from ..colour import Array, from_lab, lean, mix, rgb, to_lab, tone
from ..fields import rng_of
from ..lexicon.reading import Reading
from .hours import GREYS, LOCAL, MATERIALS, PARTS, SEASONS, TIMES
from .palette import Palette

Colours = dict[str, Array]


def palette(r: Reading, rng: np.random.Generator, adherence: float) -> Palette:
    """The palette of a reading; `adherence` (0 to 1.1) is how far colour words bend it."""
    codes, exposure, pull = TIMES[r.time][int(rng.random() * len(TIMES[r.time]))]
    colours = _turned(_greyed(_decoded(codes), r), r, rng)
    colours = _tinted(colours, r, adherence)
    local, named = _materials(r, adherence)
    lift = r.feel("light")
    colours = {part: tone(colour, 1 + 0.5 * lift) for part, colour in colours.items()}
    return Palette(**colours, exposure=exposure * (1 + 0.4 * lift), pull=pull, local=local, named=named)


def _decoded(codes: str) -> Colours:
    return dict(zip(PARTS, map(rgb, codes.split()), strict=True))


def _greyed(colours: Colours, r: Reading) -> Colours:
    """Weather mixes grey in, but leaves colour low in a warm sky: light under a lid."""
    warm = r.time in ("dusk", "sunset", "golden", "dawn")
    dark = {"night": 0.42, "dusk": 0.55, "sunset": 0.75}.get(r.time, 1)
    for weather, (codes, share) in GREYS.items():
        if weather not in r.weather or (weather == "snow" and r.time in ("sunset", "golden")):
            continue
        for part, grey in _decoded(codes).items():
            shaded = tone(grey, 1 if part in ("light", "accent") else dark)
            low = warm and part in ("horizon", "light", "accent")
            part_share = share * (0.3 if low else 0.6 if r.time == "night" else 1)
            colours[part] = mix(colours[part], shaded, part_share)
    return colours


def _turned(colours: Colours, r: Reading, rng: np.random.Generator) -> Colours:
    """Every hue turned a little by the seed, and further by unknown words."""
    salt = float(rng_of("salt", r.salt).random())
    turn = (rng.random() - 0.5) * 0.22 + (salt - 0.5) * (1.1 if r.unknown and not r.tints else 0.2)
    spin = np.array([[1, 0, 0], [0, math.cos(turn), -math.sin(turn)], [0, math.sin(turn), math.cos(turn)]])
    return {part: from_lab(spin @ to_lab(colour)) for part, colour in colours.items()}


def _tinted(colours: Colours, r: Reading, adherence: float) -> Colours:
    """The first colour of the whole bends everything, the second the lights, the third the distance."""
    shares = (dict.fromkeys(PARTS, 0.75), {"accent": 0.8, "light": 0.8}, {"far": 0.8, "horizon": 0.8})
    for tint, parts in zip(r.tints, shares, strict=False):
        for part, share in parts.items():
            quiet = 0.75 if part == "light" else 1
            colours[part] = lean(colours[part], tint, min(0.95, share * adherence * quiet))
    if "sky" in r.local:
        for part in ("zenith", "mid", "horizon"):
            colours[part] = lean(colours[part], r.local["sky"], min(0.9, 0.8 * adherence))
    return colours


def _materials(r: Reading, adherence: float) -> tuple[Colours, set[str]]:
    """What things are made of, and which of that the prompt gave a colour."""
    local = {name: rgb(code) for name, code in {**LOCAL, **SEASONS.get(r.season, {})}.items()}
    if "snow" in r.weather or r.season == "winter":
        local["grass"] = local["snow"]
        local["earth"] = mix(local["earth"], local["snow"], 0.8)
    named = set()
    for noun, names in MATERIALS.items():
        for name in names.split() if noun in r.local else ():
            local[name] = mix(local[name], r.local[noun], min(1, 0.85 * adherence))
            named.add(name)
    for name in ("grass", "foliage", "pine", "sand", "rock", "water", "concrete", "wall"):
        if r.tints and name not in r.local:
            local[name] = lean(local[name], r.tints[0], min(0.8, 0.5 * adherence))
    return local, named
