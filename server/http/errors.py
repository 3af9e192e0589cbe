"""Every error becomes one plain answer: JSON for the API, a page for people."""

import secrets
from math import ceil
from time import time

import structlog
from flask import Flask, jsonify, render_template, request
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from server.errors import AppError, RateLimited, TooLarge, Unavailable
from server.extensions import db, limiter
from server.http.security import csrf_failed

log = structlog.get_logger()
WORDS = {
    400: ("bad_request", None),
    404: ("not_found", "There is nothing here."),
    405: ("method_not_allowed", "This cannot be done here."),
    413: ("too_large", "This is too much at once."),
}


def register(app: Flask) -> None:
    app.register_error_handler(AppError, tell)
    app.register_error_handler(CSRFError, lambda error: tell(csrf_failed()))
    app.register_error_handler(RateLimitExceeded, slow_down)
    app.register_error_handler(OperationalError, without_database)
    app.register_error_handler(HTTPException, translate)
    app.register_error_handler(Exception, broken)


def tell(error: AppError):
    """Answer in the shape of protocol.md."""
    headers = {}
    if "retry_after" in error.details:
        headers["Retry-After"] = str(int(error.details["retry_after"]))
    if wants_json():
        return jsonify({"error": error.to_dict()}), error.status, headers
    return page(error.status, error.message), error.status, headers


def slow_down(error: RateLimitExceeded):
    wait = max(1, ceil(limiter.current_limit.reset_at - time()))
    return tell(RateLimited(f"That was too often. Try again in {wait} s.", retry_after=wait))


def without_database(error: OperationalError):
    log.error("database does not answer", error=str(error.orig)[:200])
    return tell(Unavailable("The database does not answer. Nothing was lost; try again in a moment.", retry_after=5))


def translate(error: HTTPException):
    if error.code == 413:
        return tell(TooLarge("This is too much at once."))
    code, message = WORDS.get(error.code, ("error", None))
    message = message or error.description
    if wants_json():
        return jsonify({"error": {"code": code, "message": message}}), error.code
    return page(error.code, message), error.code


def broken(error: Exception):
    """The last resort: a reference for the log, nothing of the inside."""
    reference = secrets.token_hex(2).upper()
    log.exception("request failed", reference=reference, path=request.path)
    db.session.rollback()
    message = f"Something broke on our side. Reference {reference}."
    if wants_json():
        return jsonify({"error": {"code": "error", "message": message, "reference": reference}}), 500
    return page(500, message, reference), 500


def wants_json() -> bool:
    return request.path.startswith(("/api/", "/media/", "/webhooks/"))


def page(status: int, message: str, reference: str | None = None) -> str:
    return render_template("error.html", status=status, message=message, reference=reference)
