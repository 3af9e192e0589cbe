"""The language of prompts: macros, samples, offers, styles and infotext; pure functions."""
