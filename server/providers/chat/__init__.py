"""The chat vendors: a connection's kind names who answers."""

from server.errors import ProviderError
from server.providers.chat.compatible import Compatible
from server.providers.chat.dialects import DIALECTS
from server.providers.chat.guide import Guide
from server.providers.connection import Connection


def open_provider(connection: Connection, **options) -> Compatible | Guide:
    """Its `models()` lists, its `reply(job)` streams; `options` are the guide's. ProviderError for an unknown kind."""
    if connection.kind == "guide":
        return Guide(connection, **options)
    if connection.kind in DIALECTS:
        return Compatible(connection)
    known = ", ".join(["guide", *DIALECTS])
    raise ProviderError("invalid_parameter", f"Unknown chat connection kind. Use one of: {known}.", permanent=True)
