"""The log of the desk, as a superuser reads it, and what a sign-in is called there."""

from tests.harness.client import Client


def did(root: Client, act: str, target_id: str | None = None) -> list[dict]:
    """The lines of the log about an act on somebody or something."""
    lines = root.get("/api/admin/audit", q=act, limit=200)["items"]
    return [line for line in lines if line["act"].startswith(act) and line["target_id"] == target_id]


def session_of(client: Client) -> str:
    return next(item["id"] for item in client.get("/api/account/sessions")["items"] if item["current"])
