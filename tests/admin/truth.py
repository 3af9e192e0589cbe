"""What the desk tells of images whose numbers are known."""

from collections import Counter

from tests.admin.known import CANCELLED, FAILED, LATE, MODEL, READY, SLOW, write_known
from tests.harness.client import Client
from tests.harness.making import make
from tests.harness.product import Product

DONE = READY + SLOW + 1
WHOLE = {"ready": DONE, "failed": FAILED, "cancelled": CANCELLED}
SUCCESS = round(DONE / (DONE + FAILED), 4)


def check_known(product: Product, root: Client, person: Client, enter) -> None:
    """Before anybody asked for thirty days: that report is remembered for a minute."""
    known = write_known(product, make(person, enter(person, person.workspace()["id"]))[0]["id"])
    check_popularity(root.get("/api/admin/popularity", days=30)["popularity"])
    check_history(root, known)
    lines = root.get("/api/admin/usage", q=MODEL)["items"]
    assert {status: sum(line[status] for line in lines) for status in WHOLE} == WHOLE
    assert {line["name"] for line in lines} == {person.user["name"]}


def check_popularity(told: dict) -> None:
    assert told["models"][0] == {"model": MODEL, **WHOLE, "success": SUCCESS}
    styles = Counter({style["name"]: style["count"] for style in told["styles"]})
    assert (styles["Known ink"], styles["Known oil"], styles["Known stranger"]) == (3, 1, 0)
    assert told["wait"] == {"p50": 7.0, "p95": 30.0}
    assert told["making"] == {"p50": 3.0, "p95": 20.0}


def check_history(root: Client, known) -> None:
    steps = {step["at"][:16]: step for step in root.get("/api/admin/history", span="24h")["steps"]}
    assert len(steps) == 96
    step, after = (steps[f"{moment:%Y-%m-%dT%H:%M}"] for moment in (known.begin, known.end))
    assert {status: step[status] for status in WHOLE} == {**WHOLE, "cancelled": CANCELLED - LATE}
    assert (step["wait_p95"], step["waiting"], after["cancelled"], after["waiting"]) == (30.0, LATE, LATE, 0)
    failed = round(1 - SUCCESS, 4)
    assert step["connections"] == {"known": {"p50": 3.0, "p95": 20.0, "failed_share": failed}}
    assert not any(one["waiting"] for at, one in steps.items() if at < f"{known.begin:%Y-%m-%dT%H:%M}")
    for span, count in {"7d": 84, "30d": 90}.items():
        steps = root.get("/api/admin/history", span=span)["steps"]
        assert len(steps) == count and sum(step["failed"] for step in steps) >= FAILED
