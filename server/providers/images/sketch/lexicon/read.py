"""Read a prompt and its negative."""

from __future__ import annotations

from ..colour import rgb
from ..fields import Array
from .reading import Figure, Reading
from .settle import _settle
from .words import WORDS, roles, tokens


def read(prompt: str, negative: str = "", seed: int = 0) -> Reading:
    """Read a prompt. What it leaves open is settled by the seed and by its unknown words."""
    banned: set[str] = set()
    avoid: list[Array] = []
    for word in tokens(negative):
        _ban(word, banned, avoid)
    reading = Reading(banned=banned, avoid=avoid)
    scenes: dict[str, float] = {}
    colours: list[Array] = []
    count, gloss, deny = 1, False, 0
    for place, word in enumerate(tokens(prompt)):
        if word in ",.;":
            reading.tints += colours
            colours, count, gloss, deny = [], 1, False, 0
            continue
        found = roles(word)
        if deny:
            deny -= 1
            if found and found[0][0] not in ("skip", "no"):
                _ban(word, banned, avoid)
                deny = 0
                continue
        if not found:
            count = int(word) if word.isdigit() and 0 < int(word) < 13 else count
            if not word.isdigit():
                reading.unknown.append(word)
            continue
        reading.known.append(word)
        nouns = [(role, target) for role, target in found if role in ("scene", "figure", "extra", "sky", "water", "flavour")]
        for role, target in found:
            if role == "colour" and not nouns:
                colours.append(rgb(target))
            elif role == "gloss":
                gloss = True
            elif role == "count":
                count = int(target)
            elif role == "no":
                deny = 3
            elif role == "scene":
                scenes[target] = scenes.get(target, 0) + 1 / (1 + .02 * place)
            elif role == "figure":
                several = 3 if count == 1 and word.endswith("s") and word not in WORDS else count
                same = next((f for f in reading.figures if f.name == target and (not colours or f.colour is None)), None)
                if same:  # "cherry blossom tree" is one tree
                    same.count, same.colour = max(same.count, several), colours[-1] if colours else same.colour
                else:
                    reading.figures.append(Figure(target, colours[-1] if colours else None, several, gloss))
            elif role == "extra":
                reading.extras[target] = max(count, reading.extras.get(target, 0))
            elif role in ("weather", "flavour"):
                getattr(reading, "weather" if role == "weather" else "flavours").add(target)
            elif role in ("time", "season"):
                setattr(reading, role, getattr(reading, role) or target)
            elif role == "style" and target not in reading.styles:
                reading.styles.append(target)
            elif role == "mood":
                for pair in target.split():
                    key, value = pair.split("=")
                    reading.mood[key] = reading.mood.get(key, 0) + float(value)
        if nouns:
            if colours:
                for name in (word, *(target for _, target in nouns)):
                    reading.local[name] = colours[-1]
                if nouns[0][1] in ("space", "deep", "abstract", "street", "skyline"):
                    reading.tints += colours[:1]
            colours, count, gloss = [], 1, False
    reading.tints += colours
    reading.salt = " ".join(sorted(reading.unknown))
    _settle(reading, scenes, seed)
    return reading


def _ban(word: str, banned: set[str], avoid: list[Array]) -> None:
    found = roles(word)
    things = [pair for pair in found if pair[0] in ("figure", "extra", "weather")]
    for role, target in found:
        if role == "scene" and things:  # "flowers" takes the flowers out, not the meadow
            continue
        if role == "colour":
            avoid.append(rgb(target))
        elif role not in ("skip", "no", "count", "gloss", "mood"):
            banned.add(target)
            banned.add(word)
        elif role == "mood":
            banned.update("mood:" + pair for pair in target.split())
