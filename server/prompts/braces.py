"""Finds the braces of a text and tells macros from braces that are left alone."""

import re
from dataclasses import dataclass, field

MARK = re.compile(r"\\[{}|\\]|[{}|]")
ESCAPE = re.compile(r"\\([{}|\\])")
REFERENCE = re.compile(r" *=([a-z][a-z0-9_]*) *")
NAME = re.compile(r" *([a-z][a-z0-9_]*): ")
CHOOSE = re.compile(r" *([0-9]{1,9})(?:-([0-9]{1,9}))?\$\$")
RANGE_HEAD = re.compile(r" *-?[0-9]{1,9}(?:\.[0-9]{1,6})?\.\.")


@dataclass(slots=True)
class Brace:
    """One `{…}`: the offsets of its marks, and the macros directly inside it."""

    start: int
    end: int = -1
    bars: list[int] = field(default_factory=list)
    macros: list["Brace"] = field(default_factory=list)

    def is_macro(self, text: str) -> bool:
        """False for braces that are left alone, so that JSON and CSS survive."""
        if self.bars or REFERENCE.fullmatch(text, self.start + 1, self.end):
            return True
        name = NAME.match(text, self.start + 1, self.end)
        body = name.end() if name else self.start + 1
        return bool(CHOOSE.match(text, body, self.end) or RANGE_HEAD.match(text, body, self.end))


@dataclass
class Scan:
    """The outermost macros of a text, and where its first unmatched brace stands (-1: nowhere)."""

    macros: list[Brace]
    unmatched: int


def scan(text: str) -> Scan:
    """Match the braces of `text`; unmatched ones count only beside macros."""
    root = Brace(-1, len(text))
    stack, strays = [root], []
    for mark in MARK.finditer(text):
        sign = mark[0]
        if sign == "{":
            stack.append(Brace(mark.start()))
        elif sign == "|":
            stack[-1].bars.append(mark.start())
        elif sign == "}" and len(stack) == 1:
            strays.append(mark.start())
        elif sign == "}":
            close(stack, mark.start(), text)
    strays += [brace.start for brace in stack[1:]]
    while len(stack) > 1:
        close(stack, len(text), text)
    return Scan(root.macros, min(strays) if strays and root.macros else -1)


def close(stack: list[Brace], end: int, text: str) -> None:
    """End the innermost brace; one that is left alone hands its macros to the brace around it."""
    brace = stack.pop()
    brace.end = end
    around = stack[-1]
    if brace.is_macro(text):
        around.macros.append(brace)
    elif brace.macros:
        around.macros = around.macros + brace.macros if around.macros else brace.macros


def unescape(text: str) -> str:
    """`\\{ \\| \\} \\\\` as the signs they stand for; any other backslash stays."""
    return ESCAPE.sub(r"\1", text) if "\\" in text else text
