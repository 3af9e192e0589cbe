"""Figures, each beside its target: a module here has `rows()`, and optionally a baseline of the same run."""
