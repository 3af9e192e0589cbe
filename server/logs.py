"""Logs: key=value lines for people, JSON where LOG_FORMAT asks for it; both go to standard error."""

import logging
import sys

import structlog


def configure(format: str) -> None:
    """Set up structlog, once a process."""
    told = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    lines = [structlog.dev.ConsoleRenderer(colors=False)]
    if format == "json":
        lines = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    structlog.configure(
        processors=[*told, *lines],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
    )
    logging.basicConfig(level=logging.WARNING)
