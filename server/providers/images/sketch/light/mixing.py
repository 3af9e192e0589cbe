"""Mix a palette: an hour bent by weather, unknown words and colour words."""

from __future__ import annotations

import math

import numpy as np

from ..colour import from_lab, lean, mix, rgb, to_lab, tone
from ..fields import rng_of
from ..lexicon.reading import Reading
from .hours import _ROLES, GREY, LOCAL, SEASONS, TIMES
from .palette import Palette


def palette(r: Reading, rng: np.random.Generator, adherence: float) -> Palette:
    codes, exposure, pull = TIMES[r.time][int(rng.random() * len(TIMES[r.time]))]
    colours = dict(zip(_ROLES, (rgb(c) for c in codes.split())))
    for weather, share in (("cloud", .45), ("fog", .5), ("rain", .55), ("storm", .75), ("snow", .4)):
        if weather in r.weather and not (weather == "snow" and r.time in ("sunset", "golden")):
            warm = r.time in ("dusk", "sunset", "golden", "dawn")  # keep the colour low in the sky: light under a lid
            grey = dict(zip(_ROLES, (rgb(c) for c in GREY[weather].split())))
            dark = {"night": .42, "dusk": .55, "sunset": .75}.get(r.time, 1)
            colours = {k: mix(v, tone(grey[k], dark if k not in ("light", "accent") else 1),
                              share * (.3 if warm and k in ("horizon", "light", "accent") else .6 if r.time == "night" else 1))
                       for k, v in colours.items()}
    turn = (rng.random() - .5) * .22 + (rng_salt(r) - .5) * (1.1 if r.unknown and not r.tints else .2)
    spin = np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]])
    for key, colour in colours.items():
        lab = to_lab(colour)
        lab[1:] = spin @ lab[1:]
        colours[key] = from_lab(lab)
    for i, tint in enumerate(r.tints[:3]):
        for key in colours:
            share = (.75 if i == 0 else .0) * adherence
            if i and key in (("accent", "light"), ("far", "horizon"))[i - 1]:
                share = .8 * adherence
            colours[key] = lean(colours[key], tint, min(.95, share * (.75 if key == "light" else 1)))
    if "sky" in r.local:
        for key in ("zenith", "mid", "horizon"):
            colours[key] = lean(colours[key], r.local["sky"], min(.9, .8 * adherence))
    named: set[str] = set()
    local = {k: rgb(v) for k, v in {**LOCAL, **SEASONS.get(r.season, {})}.items()}
    if "snow" in r.weather or r.season == "winter":
        local["grass"] = local["snow"]
        local["earth"] = mix(local["earth"], local["snow"], .8)
    for target, names in {"forest": "foliage pine", "tree": "foliage leaf", "meadow": "grass", "hills": "grass", "dunes": "sand",
                          "mountains": "rock", "sea": "water", "lake": "water", "coast": "water", "water": "water",
                          "hall": "concrete wall", "window": "wall", "leaf": "leaf", "still": "wall"}.items():
        for name in names.split():
            if target in r.local:
                local[name] = mix(local[name], r.local[target], min(1, .85 * adherence))
                named.add(name)
    for name in ("grass", "foliage", "pine", "sand", "rock", "water", "concrete", "wall"):
        if r.tints and name not in r.local:
            local[name] = lean(local[name], r.tints[0], min(.8, .5 * adherence))
    lift = r.feel("light")
    colours = {k: tone(v, 1 + .5 * lift) for k, v in colours.items()}
    return Palette(**colours, exposure=exposure * (1 + .4 * lift), pull=pull, local=local, named=named)


def rng_salt(r: Reading) -> float:
    return float(rng_of("salt", r.salt).random())
