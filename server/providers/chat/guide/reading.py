"""What a prompt says already, and what it leaves open."""

from dataclasses import dataclass

from server.providers.chat.guide.vocabulary import WORDS, role_pattern

SUBJECTS = ("mark", "animal", "person", "thing", "place")
NIGHT = {"night", "midnight", "moonlight", "moonlit", "dusk", "twilight", "blue hour", "evening", "nocturnal", "starry"}
INSIDE = {"room", "kitchen", "bedroom", "cafe", "library", "museum", "hall", "attic", "cathedral", "indoors", "window",
          "greenhouse", "station", "cave", "table", "still life", "vase", "book", "teapot", "cup"}
MADE = {"perfume", "watch", "shoe", "bottle", "ring", "product", "still life"}
SCENES = {"animal", "place", "person"}


@dataclass(frozen=True)
class Reading:
    """`found` maps a role to the words of the prompt that play it, in their order."""

    found: dict[str, tuple[str, ...]]

    def has(self, *roles: str) -> bool:
        return any(self.found.get(role) for role in roles)

    @property
    def subject(self) -> str:
        """The first word of the most telling role, or nothing."""
        for role in SUBJECTS:
            if self.found.get(role):
                return self.found[role][0]
        return ""

    @property
    def missing(self) -> list[str]:
        """What a picture needs and nobody said, the weightiest first."""
        gaps = {
            "light": self.has("light") or bool(set(self.found["hour"]) - NIGHT),
            "composition": self.has("composition", "camera"),
            "style": self.has("style"),
            "mood": self.has("mood", "weather"),
        }
        return [gap for gap, filled in gaps.items() if not filled]

    @property
    def place(self) -> str:
        """Where it happens, as looks name it: day, night, inside, mark or any."""
        words = {word for words in self.found.values() for word in words}
        if self.has("mark"):
            return "mark"
        if words & NIGHT:
            return "night"
        if words & INSIDE:
            return "inside"
        if words & MADE or not self.has(*SCENES):
            return "any"
        return "day"


def read(prompt: str) -> Reading:
    """The roles found in a prompt, options of macros included."""
    found = {}
    for role in WORDS:
        said = (match.group().lower() for match in role_pattern(role).finditer(prompt))
        found[role] = tuple(dict.fromkeys(_singular(word, WORDS[role]) for word in said))
    return Reading(found)


def _singular(word: str, known: tuple[str, ...]) -> str:
    return next((form for form in (word, word.removesuffix("s"), word.removesuffix("es")) if form in known), word)
