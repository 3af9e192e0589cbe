"""Proposals in an assistant's text: blocks fenced by three backticks and the word `proposal`, one JSON object in each.

`{"prompt", "negative"?, "settings"?: {"style_ids"?, "width"?, "height"?, "steps"?, "cfg_scale"?}, "reason"?}`
"""

import json
import re

MAX_PROPOSALS = 6
MAX_PROMPT = 8000
MAX_REASON = 500
MAX_BLOCK = 24_000
MAX_STYLES = 8
RANGES = {"width": (64, 4096), "height": (64, 4096), "steps": (1, 150), "cfg_scale": (0, 30)}
OPENING = "```proposal"
CLOSING = "```"
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class ProposalReader:
    """Parts a streamed text into what people see and what is proposed; how the text was cut never matters.

    Only what may still become a fence is withheld. A block that is no proposal is shown as it was written.
    """

    def __init__(self):
        self.proposals: list[dict] = []
        self._state = self._text
        self._blank_line = True
        self._held: list[str] = []
        self._opened = ""

    def feed(self, text: str) -> str:
        """The visible part of what came."""
        return "".join([self._state(letter) for letter in text])

    def finish(self) -> tuple[str, list[dict]]:
        """What was withheld without need, and the proposals; a block that was never closed may still be one."""
        rest = "".join(self._held)
        if self._state == self._block and self._accept(rest):
            rest = ""
        rest, self._held, self._opened = self._opened + rest if rest else "", [], ""
        return rest, self.proposals

    def _text(self, letter: str) -> str:
        if letter == "`" and self._blank_line:
            self._held, self._state = [letter], self._fence
            return ""
        self._blank_line = letter == "\n" or (self._blank_line and letter.isspace())
        return letter

    def _fence(self, letter: str) -> str:
        held = "".join(self._held)
        if held.lower() == OPENING and letter in " \t\r\n{":
            self._opened, self._held, self._state = held, [letter], self._block
            return ""
        if OPENING.startswith((held + letter).lower()):
            self._held.append(letter)
            return ""
        self._held, self._state, self._blank_line = [], self._text, letter == "\n"
        return held + letter

    def _block(self, letter: str) -> str:
        self._held.append(letter)
        if letter == "`" and self._held[-3:] == ["`"] * 3:
            return self._close()
        return self._show() if len(self._held) > MAX_BLOCK else ""

    def _close(self) -> str:
        if not self._accept("".join(self._held[:-3])):
            return self._show()
        self._held, self._opened, self._state = [], "", self._gap
        return ""

    def _show(self) -> str:
        shown = self._opened + "".join(self._held)
        self._held, self._opened, self._state, self._blank_line = [], "", self._text, False
        return shown

    def _gap(self, letter: str) -> str:
        """A block stood between lines; the blank ones after it would leave a hole."""
        if letter.isspace():
            return ""
        self._state, self._blank_line = self._text, True
        return self._text(letter)

    def _accept(self, body: str) -> bool:
        found = _proposal(body)
        if found and len(self.proposals) < MAX_PROPOSALS:
            self.proposals.append(found)
        return found is not None


def fenced(proposal: dict) -> str:
    """A proposal as the assistant writes it."""
    return f"{OPENING}\n{json.dumps(proposal, ensure_ascii=False)}\n{CLOSING}"


def _proposal(body: str) -> dict | None:
    try:
        written = json.loads(body, strict=False)
    except (ValueError, RecursionError):
        return None
    prompt = _line(written.get("prompt"), MAX_PROMPT) if isinstance(written, dict) else ""
    if not prompt:
        return None
    return {
        "prompt": prompt,
        "negative": _line(written.get("negative"), MAX_PROMPT),
        "settings": _settings(written.get("settings")),
        "reason": _line(written.get("reason"), 10 * MAX_REASON)[:MAX_REASON],
    }


def _line(value: object, longest: int) -> str:
    """Text without what no screen or database can hold; empty when it is no text or longer than `longest`."""
    text = _UNPRINTABLE.sub("", value).strip() if isinstance(value, str) else ""
    return text if len(text) <= longest else ""


def _settings(value: object) -> dict:
    settings = value if isinstance(value, dict) else {}
    kept = {name: settings[name] for name in RANGES if _within(name, settings.get(name))}
    ids = settings.get("style_ids")
    ids = [name for name in ids if isinstance(name, str) and 0 < len(name) <= 64] if isinstance(ids, list) else []
    return {**kept, "style_ids": ids[:MAX_STYLES]} if ids else kept


def _within(name: str, value: object) -> bool:
    kinds = (int, float) if name == "cfg_scale" else (int,)
    low, high = RANGES[name]
    return isinstance(value, kinds) and not isinstance(value, bool) and low <= value <= high
