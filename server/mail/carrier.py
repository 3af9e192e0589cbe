"""Flask-Mail with patience that ends, and with certificates that are checked."""

import smtplib
import ssl
from urllib.parse import parse_qs, unquote, urlsplit

from flask import current_app
from flask_mail import Connection, Mail

PATIENCE = 20.0


class Line(Connection):
    """One conversation with the SMTP server; the library's own would wait for ever."""

    def configure_host(self) -> smtplib.SMTP:
        mail = self.mail
        if mail.use_ssl:
            trusted = ssl.create_default_context()
            host = smtplib.SMTP_SSL(mail.server, mail.port, timeout=PATIENCE, context=trusted)
        else:
            host = smtplib.SMTP(mail.server, mail.port, timeout=PATIENCE)
        if mail.use_tls:
            host.starttls(context=ssl.create_default_context())
        if mail.username:
            host.login(mail.username, mail.password)
        return host


class Carrier(Mail):
    def connect(self) -> Line:
        return Line(current_app.extensions["mail"])


def settings(url: str, sender: str) -> dict:
    """Flask-Mail's settings from `smtp://user:password@host:port?tls=1` or `smtps://…`."""
    parts = urlsplit(url)
    secure = parts.scheme == "smtps"
    return {
        "MAIL_SERVER": parts.hostname or "",
        "MAIL_PORT": parts.port or (465 if secure else 25),
        "MAIL_USE_SSL": secure,
        "MAIL_USE_TLS": parse_qs(parts.query).get("tls") == ["1"],
        "MAIL_USERNAME": unquote(parts.username or ""),
        "MAIL_PASSWORD": unquote(parts.password or ""),
        "MAIL_DEFAULT_SENDER": sender or f"emulsion@{parts.hostname}",
    }
