"""Some local servers leave a model's thinking in its answer, between <think> and </think> at the very beginning."""

OPENING = "<think>"
CLOSING = "</think>"


class Unthought:
    """Passes text on without such a beginning, withholding no more than may still belong to it."""

    def __init__(self):
        self._held = ""
        self._state = self._start

    def feed(self, text: str) -> str:
        """What of the text is meant for the reader."""
        text, self._held = self._held + text, ""
        return self._state(text)

    def finish(self) -> str:
        """What was withheld without need; a thought that never ended stays unsaid."""
        return self._held if self._state == self._start else ""

    def _start(self, text: str) -> str:
        beginning = text.lstrip()
        if beginning.startswith(OPENING):
            self._state = self._thought
            return self._thought(beginning.removeprefix(OPENING))
        if OPENING.startswith(beginning):
            self._held = text
            return ""
        self._state = self._speech
        return text

    def _thought(self, text: str) -> str:
        thought, found, rest = text.partition(CLOSING)
        if not found:
            self._held = thought[-len(CLOSING) :]
            return ""
        self._state = self._gap
        return self._gap(rest)

    def _gap(self, text: str) -> str:
        if text.lstrip():
            self._state = self._speech
        return text.lstrip()

    def _speech(self, text: str) -> str:
        return text
