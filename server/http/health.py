"""Whether the product is well."""

from flask import Blueprint

from server.actions import wellbeing
from server.http.body import answer

door = Blueprint("health", __name__, url_prefix="/api/health")


@door.get("")
def health():
    report = wellbeing.report()
    return answer(200 if report["database"] else 503, **report)


@door.get("/live")
def live():
    return answer(status="ok")
