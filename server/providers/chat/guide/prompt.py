"""A prompt as phrases: sentences of phrases parted by commas, macros never cut."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_FILLER = re.compile(r"^(?:\s|\b(?:a|an|the|and|with|of|in|at|on|very|more|some|is|it)\b)*$", re.IGNORECASE)


@dataclass(frozen=True)
class Prompt:
    """`sentences` of phrases; a prompt of one sentence is a list of tags, more of them are prose."""

    sentences: tuple[tuple[str, ...], ...]

    @classmethod
    def read(cls, text: str) -> "Prompt":
        sentences = (_split(sentence, ",;\n") for sentence in _split(text, "."))
        return cls(tuple(sentence for sentence in sentences if sentence))

    @property
    def prose(self) -> bool:
        return len(self.sentences) > 1

    def phrases(self) -> list[str]:
        return [phrase for sentence in self.sentences for phrase in sentence]

    def __str__(self) -> str:
        if not self.prose:
            return ", ".join(self.phrases())
        return " ".join(_capital(", ".join(sentence)) + "." for sentence in self.sentences)

    def plus(self, addition: str, prose: bool = False) -> "Prompt":
        """With an addition at the end, as tags or as a sentence; phrases that stand there already are not repeated."""
        there = {phrase.lower() for phrase in self.phrases()}
        new = tuple(phrase for phrase in _split(addition, ",;\n") if phrase.lower() not in there)
        if not new:
            return self
        if prose or self.prose or not self.sentences:
            return Prompt((*self.sentences, new))
        return Prompt((self.sentences[0] + new,))

    def after_subject(self, addition: str) -> "Prompt":
        """With an addition right behind the first phrase, where models weigh it most."""
        if not self.sentences:
            return Prompt(((addition,),))
        first, *others = self.sentences
        return Prompt(((first[0], addition, *first[1:]), *others))

    def edited(self, change: Callable[[str], str]) -> "Prompt":
        """Each phrase changed outside its macros; phrases of which nothing is left go."""
        edited = (tuple(_outside(phrase, change) for phrase in sentence) for sentence in self.sentences)
        kept = (tuple(phrase for phrase in sentence if not _FILLER.match(phrase)) for sentence in edited)
        return Prompt(tuple(sentence for sentence in kept if sentence))

    def without(self, words: re.Pattern) -> "Prompt":
        return self.edited(lambda text: words.sub("", text))

    def shortened(self, phrases: int) -> "Prompt":
        """The first phrases, a long one cut down to its first dozen words."""
        first, *others = self.phrases()
        joined = [first, *(phrase[:1].lower() + phrase[1:] for phrase in others)]
        kept = [phrase if "{" in phrase else " ".join(phrase.split()[:12]) for phrase in joined]
        return Prompt((tuple(kept[:phrases]),))


def balance(text: str) -> int:
    """Braces opened less braces closed, or -1 as soon as one closes that was never opened."""
    depth = 0
    for letter in re.sub(r"\\.", "", text):
        depth += (letter == "{") - (letter == "}")
        if depth < 0:
            return -1
    return depth


def _split(text: str, marks: str) -> tuple[str, ...]:
    """Parts between marks outside of braces and brackets; a full stop counts only before a space or the end."""
    parts, depth, start = [], 0, 0
    for place, letter in enumerate(text):
        depth += (letter in "{(") - (letter in "})")
        ends = letter in marks and (letter != "." or text[place + 1 : place + 2] in ("", " ", "\n"))
        if ends and depth <= 0:
            parts.append(text[start:place])
            start = place + 1
    parts.append(text[start:])
    return tuple(" ".join(part.split()) for part in parts if part.strip())


def _outside(phrase: str, change: Callable[[str], str]) -> str:
    if balance(phrase) != 0 or "{" not in phrase:
        return _tidy(change(phrase) if "{" not in phrase else phrase)
    pieces, depth, current = [], 0, ""
    for letter in phrase:
        if letter == "{" and depth == 0:
            pieces.append(change(current))
            current = ""
        depth += (letter == "{") - (letter == "}")
        current += letter
        if letter == "}" and depth == 0:
            pieces.append(current)
            current = ""
    return _tidy("".join(pieces) + change(current))


def _tidy(phrase: str) -> str:
    phrase = re.sub(r"\s+", " ", phrase).strip(" -")
    return re.sub(r"\s+(?:and|with|of|in|at|on|under|the|a|an)$", "", phrase)


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
