"""The image vendors, by the kind of their connection."""

from collections.abc import Iterator
from importlib import import_module
from typing import Protocol

from server.errors import ProviderError
from server.providers.connection import Connection, Model
from server.providers.images.job import ImageJob, Picture, Progress, Submitted

VENDORS = {
    "sketch": ("sketch", "Sketch"),
    "a1111": ("a1111", "A1111"),
    "forge": ("a1111", "A1111"),
    "openai": ("openai", "OpenAI"),
    "bfl": ("bfl", "BFL"),
}


class ImageProvider(Protocol):
    """Safe to use from many threads."""

    def models(self) -> list[Model]:
        """What it offers; ProviderError where the vendor is asked and is down."""

    def check(self) -> None:
        """ProviderError when the vendor does not answer or refuses our key."""

    def make(self, job: ImageJob) -> Iterator[Submitted | Progress | Picture]:
        """Something at least every half second and one Picture last; closing the generator cancels."""


def open_provider(connection: Connection, **options) -> ImageProvider:
    """The provider of a connection; imports only its own vendor's file. `options` are its constructor's own, in
    seconds (`silence`, `poll`, `longest`, the sketch's `pace`). ProviderError where the connection cannot be meant."""
    if connection.kind not in VENDORS:
        raise ProviderError("invalid_parameter", "This kind of image connection is unknown.", permanent=True)
    module, name = VENDORS[connection.kind]
    return getattr(import_module(f"server.providers.images.{module}"), name)(connection, **options)
