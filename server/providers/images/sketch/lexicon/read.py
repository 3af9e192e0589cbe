"""Read a prompt and its negative, word by word."""

from ..colour import Array, rgb
from .reading import Figure, Reading
from .settle import settle
from .words import WORDS, Role, roles, tokens

NOUNS = ("scene", "figure", "extra", "sky", "water", "flavour")
TINTED = ("space", "deep", "abstract", "street", "skyline")  # scenes whose colour is the colour of everything
REACH = 3  # words after "no" or "without" among which what it denies is looked for


def read(prompt: str, negative: str = "", seed: int = 0) -> Reading:
    """Read a prompt. What it leaves open is settled by the seed and by its unknown words."""
    reader = _Reader()
    for word in tokens(negative):
        _ban(reader.reading, word, roles(word))
    for place, word in enumerate(tokens(prompt)):
        reader.take(place, word)
    reader.rest()
    return settle(reader.reading, reader.scenes, seed)


class _Reader:
    """Holds colours, a count and gloss until the noun comes that they belong to."""

    def __init__(self) -> None:
        self.reading = Reading()
        self.scenes: dict[str, float] = {}
        self.denying = 0
        self.colours: list[Array] = []
        self._forget()

    def take(self, place: int, word: str) -> None:
        """Read one word, the `place`-th of its text."""
        found = roles(word)
        if word in ",.;":
            self.rest()
        elif self._denies(word, found):
            self.denying = 0
        elif found:
            self._understand(place, word, found)
        elif word.isdigit():
            self.count = int(word) if 0 < int(word) < 13 else self.count
        else:
            self.reading.unknown.append(word)

    def rest(self) -> None:
        """A comma: colours that found no noun tint the whole picture."""
        self.reading.tints += self.colours
        self.denying = 0
        self._forget()

    def _forget(self) -> None:
        self.colours, self.count, self.gloss = [], 1, False

    def _denies(self, word: str, found: list[Role]) -> bool:
        if not self.denying:
            return False
        self.denying -= 1
        if not found or found[0][0] in ("skip", "no"):
            return False
        _ban(self.reading, word, found)
        return True

    def _understand(self, place: int, word: str, found: list[Role]) -> None:
        self.reading.known.append(word)
        nouns = [target for role, target in found if role in NOUNS]
        for role, target in found:
            if role == "scene":
                self.scenes[target] = self.scenes.get(target, 0) + 1 / (1 + 0.02 * place)
            elif role == "figure":
                self._meet(word, target)
            elif role != "colour":
                self._note(role, target)
            elif not nouns:
                self.colours.append(rgb(target))
        if nouns:
            self._colour(word, nouns)
            self._forget()

    def _note(self, role: str, target: str) -> None:
        r = self.reading
        match role:
            case "gloss":
                self.gloss = True
            case "count":
                self.count = int(target)
            case "no":
                self.denying = REACH
            case "extra":
                r.extras[target] = max(self.count, r.extras.get(target, 0))
            case "weather":
                r.weather.add(target)
            case "flavour":
                r.flavours.add(target)
            case "time":
                r.time = r.time or target
            case "season":
                r.season = r.season or target
            case "style" if target not in r.styles:
                r.styles.append(target)
            case "mood":
                for key, value in _moods(target):
                    r.mood[key] = r.mood.get(key, 0) + value

    def _meet(self, word: str, name: str) -> None:
        several = 3 if self.count == 1 and word.endswith("s") and word not in WORDS else self.count
        colour = self.colours[-1] if self.colours else None
        for figure in self.reading.figures:
            if figure.name == name and (colour is None or figure.colour is None):  # "cherry blossom tree" is one tree
                figure.count = max(figure.count, several)
                figure.colour = figure.colour if colour is None else colour
                return
        self.reading.figures.append(Figure(name, colour, several, self.gloss))

    def _colour(self, word: str, nouns: list[str]) -> None:
        if self.colours:
            self.reading.local.update(dict.fromkeys((word, *nouns), self.colours[-1]))
            if nouns[0] in TINTED:
                self.reading.tints.append(self.colours[0])


def _ban(r: Reading, word: str, found: list[Role]) -> None:
    things = any(role in ("figure", "extra", "weather") for role, _ in found)
    for role, target in found:
        if role == "scene" and things:  # "flowers" takes the flowers out, not the meadow
            continue
        if role == "colour":
            r.avoid.append(rgb(target))
        elif role == "mood":
            r.unmoods.update(_moods(target))
        elif role not in ("skip", "no", "count", "gloss"):
            r.banned |= {target, word}


def _moods(target: str) -> list[tuple[str, float]]:
    pairs = (pair.split("=") for pair in target.split())
    return [(key, float(value)) for key, value in pairs]
