"""Settle what a prompt leaves open: its scene, hour and season."""

from __future__ import annotations

from ..colour import near_hue
from ..fields import rng_of
from .reading import Reading

_HOME = {  # where a figure lives when no scene is named
    "fox": "forest hills meadow", "cat": "window hills skyline", "wolf": "hills forest mountains", "rabbit": "meadow hills",
    "bear": "forest mountains lake", "deer": "forest hills meadow", "horse": "hills meadow dunes", "bird": "hills forest meadow",
    "crane": "lake", "owl": "forest hills", "whale": "deep", "fish": "deep", "person": "hills mountains dunes",
    "astronaut": "space dunes", "ship": "sea", "boat": "lake sea", "lighthouse": "coast", "house": "hills meadow mountains",
    "castle": "hills mountains", "windmill": "meadow hills", "balloon": "hills mountains meadow", "tower": "hills coast",
    "butterfly": "meadow", "elephant": "dunes hills", "turtle": "deep coast", "lantern": "street lake", "tree": "hills meadow",
    "dragon": "mountains hills", "robot": "street hills hall", "rocket": "space dunes", "car": "street hills", "mushroom": "forest meadow",
    "swan": "lake", "penguin": "coast hills",
}
_AT_SEA = {"ship", "boat", "whale", "fish", "turtle", "swan", "balloon", "butterfly", "dragon", "lantern", "bird"}
_EXTRA_HOME = {"moon": "lake hills sea", "star": "space hills", "sun": "sea hills", "aurora": "lake mountains",
               "blossom": "meadow", "jelly": "deep", "flock": "sea hills", "lightning": "hills sea", "planet": "space",
               "rainbow": "hills meadow", "reeds": "lake", "plant": "window", "umbrella": "street", "petal": "hills lake"}
_RANK = ["street", "window", "deep", "hall", "still", "space", "dunes", "lake", "coast", "meadow", "forest", "mountains", "sea",
         "skyline", "hills", "abstract"]


def _settle(r: Reading, scenes: dict[str, float], seed: int) -> None:
    """Take out what is banned, then choose what the prompt leaves open."""
    ban = r.banned
    r.plot = (*sorted(scenes), *(f.name for f in r.figures), r.salt)
    r.figures = [f for f in r.figures if f.name not in ban]
    r.weather -= ban
    r.flavours -= ban
    r.styles = [s for s in r.styles if s not in ban]
    r.extras = {k: v for k, v in r.extras.items() if k not in ban}
    scenes = {k: v for k, v in scenes.items() if k not in ban}
    for mark in sorted(b for b in ban if b.startswith("mood:")):
        key, value = mark[5:].split("=")
        r.mood[key] = r.mood.get(key, 0) - float(value)
    r.tints = [c for c in r.tints if not any(near_hue(c, a) for a in r.avoid)]
    rng = rng_of("settle", seed, *r.plot)
    pick = lambda options: options[int(rng.random() * len(options))]  # noqa: E731
    if r.time in ban:
        r.time = ""
    if scenes:
        best = max(scenes.values())
        r.scene = next(name for name in _RANK if scenes.get(name, 0) > .62 * best)
    else:
        homes = [_HOME[f.name] for f in r.figures] or [_EXTRA_HOME[e] for e in r.extras if e in _EXTRA_HOME]
        options = homes[0].split() if homes else ["abstract", "abstract", "hills", "lake", "dunes", "sea", "mountains"]
        if "snow" in r.weather and "hills" in _HOME.get(r.figures[0].name if r.figures else "", ""):
            options = ["hills", "forest", "hills"]
        if {"moon", "star", "aurora", "meteor"} & set(r.extras):  # these want a sky
            options = [o for o in options if o not in ("forest", "window")] or options
        r.scene = pick([o for o in options if o not in ban] or ["hills"])
    if r.scene == "sea" and any(f.name not in _AT_SEA for f in r.figures) and "coast" not in ban:
        r.scene = "coast"  # nobody stands on the water
    if not scenes and r.figures and "star" in r.extras and "space" in _HOME[r.figures[0].name]:
        r.scene = "space"
    if r.scene == "deep" and not scenes and ({"cloud", "star", "moon"} & (r.weather | set(r.extras)) or "sky" in r.known):
        r.scene = pick(["hills", "sea", "mountains"])  # a whale among clouds is meant to fly
    if r.scene == "window" and any(f.name in ("fox", "wolf", "bear") for f in r.figures) and not scenes:
        r.scene = "forest"
    if not r.time:
        dark = {"neon", "noir"} & set(r.styles) or {"moon", "star", "aurora", "firefly", "lanterns", "meteor"} & set(r.extras)
        likely = {"space": ["night"], "hall": ["day", "golden", "dawn"], "street": ["dusk", "night", "sunset"],
                  "deep": ["day", "night", "dusk"], "still": ["day", "golden", "dawn"]}
        r.time = pick([t for t in (["night", "dusk"] if dark else likely.get(
            r.scene, ["golden", "day", "dawn", "sunset", "dusk", "day"])) if t not in ban] or ["day"])
    if r.scene in ("abstract", "space"):
        r.tints += [c for c in r.local.values() if not any((c == t).all() for t in r.tints)]
    if not r.season:
        r.season = pick(["summer", "summer", "spring", "autumn"])
    if "winter" in ban and r.season == "winter":
        r.season = "summer"
