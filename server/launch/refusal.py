"""The one error of the launch room."""


class Refusal(Exception):
    """Why nothing was started, in one plain sentence that says what to do."""
