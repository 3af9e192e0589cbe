"""The built-in image provider."""

from .provider import Sketch

__all__ = ["Sketch"]
