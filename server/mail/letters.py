"""The words of every letter; one template shows them as HTML, one as text."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import render_template


@dataclass(frozen=True)
class Letter:
    """Texts with `{facts}`: paragraphs before the button, the button with its path, paragraphs after it.

    A letter that is `secret` lets in whoever reads it.
    """

    subject: str
    before: tuple[str, ...]
    button: str = ""
    path: str = ""
    after: tuple[str, ...] = ()
    secret: bool = False


@dataclass(frozen=True)
class Written:
    subject: str
    text: str
    html: str


NOT_YOU = "It was not you? Then nothing has changed and there is nothing to do."
LETTERS = {
    "reset": Letter(
        "Choose a new password",
        (
            "Someone asked for a new password for {email}, on {at}. "
            "If that was you, the button below works once, for 30 minutes.",
        ),
        "Choose a new password",
        "/reset#{token}",
        (NOT_YOU,),
        secret=True,
    ),
    "confirm": Letter(
        "Confirm your address",
        ("Somebody gave {email} as the address of an account, on {at}. If that was you, press the button.",),
        "Confirm this address",
        "/confirm#{token}",
        ("It was not you? Then do nothing, and the address stays unconfirmed.",),
        secret=True,
    ),
    "already": Letter(
        "You already have an account",
        ("Someone, perhaps you, tried to make an account with {email}, on {at}. There is one already: log in to it.",),
        "Log in",
        "/login",
        (NOT_YOU,),
    ),
    "password_changed": Letter(
        "Your password was changed",
        ("The password of {email} was changed on {at}. Every other device was signed out.",),
        "Go to your account",
        "/account/security",
        ("It was not you? Choose a new password at once: {home}/forgot",),
    ),
    "address_asked": Letter(
        "A new address for your account",
        ("Someone signed in as {email} asked on {at} to use {new} instead. It counts once it is confirmed there.",),
        "Go to your account",
        "/account",
        ("It was not you? Choose a new password, and it comes to nothing: {home}/forgot",),
    ),
    "address_changed": Letter(
        "Your address was changed",
        ("The account of {email} now belongs to the address {new}, since {at}. Mail goes there from now on.",),
        after=("It was not you? Write to whoever runs this Emulsion.",),
    ),
    "paid": Letter(
        "All Inclusive is yours",
        ("Your payment has cleared, on {at}. Images without a daily limit and as many workspaces as you like.",),
        "See your plan and invoices",
        "/billing",
    ),
    "unpaid": Letter(
        "Your payment did not go through",
        (
            "The payment for All Inclusive was refused, on {at}. Everything you made is there and can be read; "
            "once it is paid, all of it can be changed again.",
        ),
        "Look at your card",
        "/billing",
    ),
    "ticket_received": Letter(
        "We have your request",
        ("Your request {number} reached the helpdesk on {at}. The answer comes to this address.",),
        after=("You asked nothing? Then somebody gave your address by mistake, and there is nothing to do.",),
    ),
    "ticket_answered": Letter(
        "Answer to: {subject}",
        ("{body}",),
        "Open the conversation",
        "/help?ticket={ticket}",
    ),
    "ticket_answered_by_mail": Letter(
        "Answer to: {subject}",
        ("{body}",),
        after=("To answer, open another request at {home}/help and name the number {number}.",),
    ),
    "ticket_opened": Letter(
        "New request: {subject}",
        ("{who} ({address}) wrote on {at}:", "{body}"),
        "Open request {number}",
        "/help?ticket={ticket}",
    ),
    "ticket_replied": Letter(
        "Reply to: {subject}",
        ("{who} ({address}) wrote on {at}:", "{body}"),
        "Open request {number}",
        "/help?ticket={ticket}",
    ),
    "access_asked": Letter(
        "Someone would like to make pictures with you",
        ("{who} may look at “{room}” and asked on {at} to make pictures there too. You decide, where it is shared.",),
        "See who may do what",
        "/w/{workspace}#share",
        ("You would rather not? Then there is nothing to do.",),
    ),
    "leaving": Letter(
        "Your account will be deleted",
        (
            "As you asked, the account of {email} will be deleted on {until}. "
            "Until then nothing that you made is lost; API keys, and a plan if you paid for one, have ended.",
            "Do you want to keep it? Log in before that day.",
        ),
        "Log in and keep it",
        "/login",
    ),
}


def write(kind: str, facts: dict, home: str) -> Written:
    """The letter of a kind; `facts` fill its texts, `home` is the address that its links begin with."""
    letter = LETTERS[kind]
    facts = {"home": home, **facts}
    filled = {
        "subject": letter.subject.format_map(facts),
        "before": [text.format_map(facts) for text in letter.before],
        "button": letter.button,
        "link": home + letter.path.format_map(facts) if letter.button else "",
        "after": [text.format_map(facts) for text in letter.after],
        "place": urlsplit(home).netloc,
    }
    html, text = (render_template(f"mails/letter.{form}", **filled) for form in ("html", "txt"))
    return Written(filled["subject"][:200], text, html)


def is_secret(kind: str) -> bool:
    return LETTERS[kind].secret
