"""A real SMTP server on loopback, and a person's way of reading what came."""

import re
import threading
import time
from dataclasses import dataclass
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller

from server.launch.port import unused


@dataclass(frozen=True)
class Letter:
    """What one recipient finds in their box."""

    to: str
    sender: str
    subject: str
    text: str
    html: str
    id: str

    @property
    def link(self) -> str:
        """The path of the link in it, with its secret."""
        return re.search(r"http://[^/\s]+(/\S+)", self.text)[1]

    @property
    def token(self) -> str:
        return self.link.partition("#")[2]


class PostOffice:
    """`say` is what the server answers to the next letters instead of taking them."""

    def __init__(self):
        self.letters: list[Letter] = []
        self.say: list[str] = []
        self.tries = 0
        self.changed = threading.Condition()
        self.controller = Controller(self, hostname="127.0.0.1", port=unused())

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.controller.port}"

    def open(self) -> "PostOffice":
        self.controller.start()
        return self

    def close(self) -> None:
        self.controller.stop()

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 (aiosmtpd calls it so)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
        with self.changed:
            self.tries += 1
            answer = self.say.pop(0) if self.say else "250 Taken"
            if answer.startswith("250"):
                for to in envelope.rcpt_tos:
                    letter = Letter(to, envelope.mail_from, mail["Subject"], text, html, mail["Message-ID"])
                    self.letters.append(letter)
            self.changed.notify_all()
        return answer

    def wait_for(self, to: str, subject: str, number: int = 1, patience: float = 15.0) -> Letter:
        """The `number`th letter to an address with these words in its subject."""
        deadline = time.monotonic() + patience
        with self.changed:
            while len(found := self.to(to, subject)) < number:
                left = deadline - time.monotonic()
                assert left > 0, f"no letter “{subject}” to {to}; there are {[(x.to, x.subject) for x in self.letters]}"
                self.changed.wait(left)
        return found[number - 1]

    def to(self, to: str, subject: str = "") -> list[Letter]:
        return [letter for letter in self.letters if letter.to == to and subject in letter.subject]
