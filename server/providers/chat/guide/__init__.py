"""The built-in chat provider: rules and a vocabulary, no model, no key, the same answer to the same conversation."""

import time
from collections.abc import Iterator

from server.providers.chat.guide.advice import advise
from server.providers.chat.talk import ChatJob
from server.providers.connection import Capabilities, Connection, Model


class Guide:
    """`pace` is seconds a word, at most 0.25."""

    def __init__(self, connection: Connection, pace: float = 0.02):
        self._connection = connection
        self._pace = min(pace, 0.25)

    def models(self) -> list[Model]:
        """The one model there is."""
        description = "Built in: rules about prompts, no language model. Needs no key."
        return [Model("guide", "chat", "Guide", description, Capabilities(), built_in=True)]

    def reply(self, job: ChatJob) -> Iterator[str]:
        """The answer word by word, proposals as fenced blocks."""
        for piece in advise(job).pieces():
            yield piece
            if self._pace:
                time.sleep(self._pace)
