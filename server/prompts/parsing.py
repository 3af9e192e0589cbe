"""Reads a prompt as parts: text, groups and references; every fault is told with its place."""

import re

from server.errors import Invalid
from server.prompts.braces import CHOOSE, NAME, REFERENCE, Brace, scan, unescape
from server.prompts.nodes import Group, Option, Parts, Range, Reference, longest
from server.prompts.places import fault
from server.prompts.ranges import RANGE, values

LONGEST = 8_000
DEEPEST = 8
MOST_OPTIONS = 64

WEIGHT = re.compile(r" *(-?[0-9]{1,9}(?:\.[0-9]{1,6})?)::")


class Parser:
    """Reads one field; `names` are the named axes so far and their longest values, shared by prompt and negative."""

    def __init__(self, field: str, text: str, names: dict[str, int]):
        self.field = field
        self.text = text
        self.names = names
        self.can_grow = "=" in text or "$$" in text

    def read(self) -> Parts:
        if len(self.text) > LONGEST:
            raise self.fault(LONGEST, f"shorten this to {LONGEST:,} characters, it has {len(self.text):,}")
        found = scan(self.text)
        if found.unmatched >= 0:
            stray = self.text[found.unmatched] == "}"
            raise self.fault(found.unmatched, r"remove this } or write \}" if stray else "add a closing }")
        return self.parts(0, len(self.text), found.macros, 0)

    def fault(self, offset: int, hint: str) -> Invalid:
        return fault(self.field, self.text, offset, hint)

    def parts(self, start: int, end: int, macros: list[Brace], depth: int) -> Parts:
        if not macros:
            return (unescape(self.text[start:end]),) if start < end else ()
        parts = []
        for brace in macros:
            if start < brace.start:
                parts.append(unescape(self.text[start : brace.start]))
            parts.append(self.macro(brace, depth + 1))
            start = brace.end + 1
        if start < end:
            parts.append(unescape(self.text[start:end]))
        if self.can_grow and longest(parts) > LONGEST:
            raise self.fault(macros[-1].start, f"repeat less, the prompt could grow beyond {LONGEST:,} characters")
        return tuple(parts)

    def macro(self, brace: Brace, depth: int) -> Group | Range | Reference:
        if depth > DEEPEST:
            raise self.fault(brace.start, f"nest braces at most {DEEPEST} deep")
        if not brace.bars:
            reference = REFERENCE.fullmatch(self.text, brace.start + 1, brace.end)
            if reference:
                return self.reference(brace, reference[1])
        found = NAME.match(self.text, brace.start + 1, brace.end)
        name = found[1] if found else None
        if name in self.names:
            raise self.fault(brace.start, f"{name} is taken, write {{={name}}} to use it again or pick another name")
        group = self.group(brace, found.end() if found else brace.start + 1, name, depth)
        if name:
            self.names[name] = group.longest
        return group

    def reference(self, brace: Brace, name: str) -> Reference:
        if name not in self.names:
            raise self.fault(brace.start, f"define {name} before this, as in {{{name}: a|b}}")
        return Reference(name, self.names[name])

    def group(self, brace: Brace, start: int, name: str | None, depth: int) -> Group | Range:
        choose = CHOOSE.match(self.text, start, brace.end)
        if choose:
            return self.choose(brace, choose, name, depth)
        if brace.bars:
            return Group(self.options(brace, start, depth), name)
        return self.range(brace, start, name)

    def choose(self, brace: Brace, counts: re.Match, name: str | None, depth: int) -> Group:
        low, high = int(counts[1]), int(counts[2] or counts[1])
        joiner, start = self.joiner(brace, counts.end())
        options = self.options(brace, start, depth)
        if low > high:
            raise self.fault(brace.start, f"write the smaller count first, as in {{{high}-{low}$$")
        if high > len(options):
            raise self.fault(brace.start, f"choose at most {len(options)}, the group has no more options")
        return Group(options, name, low, high, joiner)

    def joiner(self, brace: Brace, start: int) -> tuple[str, int]:
        """The text before a second `$$`, and where the options begin."""
        ends = [brace.end, *brace.bars[:1], *(macro.start for macro in brace.macros[:1])]
        end = self.text.find("$$", start, min(ends))
        return (", ", start) if end < 0 else (unescape(self.text[start:end]), end + 2)

    def options(self, brace: Brace, start: int, depth: int) -> tuple[Option, ...]:
        if len(brace.bars) >= MOST_OPTIONS:
            raise self.fault(brace.start, f"keep to {MOST_OPTIONS} options, this group has {len(brace.bars) + 1:,}")
        macros, options = brace.macros[::-1], {}
        for end in [*brace.bars, brace.end]:
            inside = []
            while macros and macros[-1].start < end:
                inside.append(macros.pop())
            option = self.option(start, end, inside, depth)
            if option.weight > 0:
                options.setdefault(option.parts, option)
            start = end + 1
        if not options:
            raise self.fault(brace.start, "give at least one option a weight above 0")
        return tuple(options.values())

    def option(self, start: int, end: int, macros: list[Brace], depth: int) -> Option:
        """One option; the names defined inside it end with it."""
        weight = WEIGHT.match(self.text, start, end)
        if weight and weight[1].startswith("-"):
            raise self.fault(start, "give a weight of 0 or more")
        begin, outside = weight.end() if weight else start, len(self.names)
        parts = self.parts(begin, end, macros, depth)
        while len(self.names) > outside:
            self.names.popitem()
        return Option(parts, float(weight[1]) if weight else 1.0, self.text[begin:end])

    def range(self, brace: Brace, start: int, name: str | None) -> Range:
        written = RANGE.fullmatch(self.text, start, brace.end)
        if not written:
            raise self.fault(brace.start, "write a range as {1..5} or {0.5..1.5..0.25}")
        found = values(*written.groups())
        if found is None:
            raise self.fault(brace.start, "give the range a step above 0")
        if len(found.steps) > MOST_OPTIONS:
            raise self.fault(brace.start, f"keep a range to {MOST_OPTIONS} values, this one has {len(found.steps):,}")
        return Range(found, name)
