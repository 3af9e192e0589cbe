"""Settle what a prompt leaves open: its scene, hour and season."""

import numpy as np

from ..colour import near_hue
from ..fields import rng_of
from .homes import ANYWHERE, AT_SEA, EXTRA_HOMES, HOMES, HOURS, RANK, SKY_LIGHTS
from .reading import Reading


def settle(r: Reading, scenes: dict[str, float], seed: int) -> Reading:
    """Take out what is banned, then choose what the prompt leaves open; `scenes` are those it names, by weight."""
    r.salt = " ".join(sorted(r.unknown))
    r.plot = (*sorted(scenes), *(f.name for f in r.figures), r.salt)
    rng = rng_of("settle", seed, *r.plot)
    _heed_the_negative(r)
    scenes = {name: weight for name, weight in scenes.items() if name not in r.banned}
    r.scene = _named(scenes) if scenes else _home(r, rng)
    _move(r, bool(scenes), rng)
    r.time = r.time or _hour(r, rng)
    if r.scene in ("abstract", "space"):
        r.tints += [c for c in r.local.values() if not any((c == t).all() for t in r.tints)]
    r.season = r.season or _pick(["summer", "summer", "spring", "autumn"], rng)
    return r


def _pick(options: list[str], rng: np.random.Generator) -> str:
    return options[int(rng.random() * len(options))]


def _heed_the_negative(r: Reading) -> None:
    ban = r.banned
    r.figures = [f for f in r.figures if f.name not in ban]
    r.weather -= ban
    r.flavours -= ban
    r.styles = [s for s in r.styles if s not in ban]
    r.extras = {name: count for name, count in r.extras.items() if name not in ban}
    r.tints = [c for c in r.tints if not any(near_hue(c, a) for a in r.avoid)]
    r.time = "" if r.time in ban else r.time
    r.season = "summer" if r.season == "winter" and "winter" in ban else r.season
    for key, value in sorted(r.unmoods):
        r.mood[key] = r.mood.get(key, 0) - value


def _named(scenes: dict[str, float]) -> str:
    """The most particular of the scenes that weigh enough."""
    best = max(scenes.values())
    return next(name for name in RANK if scenes.get(name, 0) > 0.62 * best)


def _home(r: Reading, rng: np.random.Generator) -> str:
    """Where the first figure lives, else where the extras belong, else anywhere."""
    homes = [HOMES[f.name] for f in r.figures] or [EXTRA_HOMES[e] for e in r.extras if e in EXTRA_HOMES]
    options = homes[0].split() if homes else ANYWHERE
    if "snow" in r.weather and r.figures and "hills" in HOMES[r.figures[0].name]:
        options = ["hills", "forest", "hills"]
    if {"moon", "star", "aurora", "meteor"} & set(r.extras):  # these want a sky
        options = [o for o in options if o not in ("forest", "window")] or options
    return _pick([o for o in options if o not in r.banned] or ["hills"], rng)


def _move(r: Reading, named: bool, rng: np.random.Generator) -> None:
    """Move a picture to where its figures can be."""
    if r.scene == "sea" and any(f.name not in AT_SEA for f in r.figures) and "coast" not in r.banned:
        r.scene = "coast"  # nobody stands on the water
    if r.scene == "mountains" and any(f.name == "lighthouse" for f in r.figures) and "coast" not in r.banned:
        r.scene = "coast"  # its cliff stands over water
    if named:
        return
    if r.figures and "star" in r.extras and "space" in HOMES[r.figures[0].name]:
        r.scene = "space"
    if r.scene == "deep" and ({"cloud", "star", "moon"} & (r.weather | set(r.extras)) or "sky" in r.known):
        r.scene = _pick(["hills", "sea", "mountains"], rng)  # a whale among clouds is meant to fly
    if r.scene == "window" and any(f.name in ("fox", "wolf", "bear") for f in r.figures):
        r.scene = "forest"


def _hour(r: Reading, rng: np.random.Generator) -> str:
    dark = {"neon", "noir"} & set(r.styles) or SKY_LIGHTS & set(r.extras)
    hours = ["night", "dusk"] if dark else HOURS.get(r.scene, HOURS[""])
    return _pick([hour for hour in hours if hour not in r.banned] or ["day"], rng)
