"""The language of prompts: macros, samples, offers, styles and infotext; pure functions."""

from server.prompts.offers import Offer, offer
from server.prompts.styles import compose
from server.prompts.template import Axis, Combination, Template, parse

__all__ = ["Axis", "Combination", "Offer", "Template", "compose", "offer", "parse"]
