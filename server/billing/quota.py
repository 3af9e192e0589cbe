"""What a plan allows, and the images of a day against it. SQL decides."""

from datetime import UTC, date, datetime, time, timedelta

from server.errors import PlanLimit, QuotaExceeded
from server.extensions import config, now
from server.models import Image, UsageDay, User
from server.models.columns import iso

FREE_IMAGES = 20
FREE_WORKSPACES = 1


def plan_of(user: User) -> str:
    """All Inclusive for everyone while billing is off."""
    return user.plan if config().billing_enabled else "all_inclusive"


def limit_of(user: User) -> int | None:
    return FREE_IMAGES if plan_of(user) == "free" else None


def quota_of(user: User) -> dict:
    """{limit, used, resets_at} of today, in UTC."""
    today = now().date()
    tomorrow = datetime.combine(today + timedelta(days=1), time.min, UTC)
    return {"limit": limit_of(user), "used": UsageDay.used_on(user.id, today), "resets_at": iso(tomorrow)}


def left_of(user: User) -> int | None:
    quota = quota_of(user)
    return None if quota["limit"] is None else max(0, quota["limit"] - quota["used"])


def reserve(user: User, count: int) -> date:
    """Take `count` images from today, in the transaction that makes them; the day pays and is paid back."""
    today = now().date()
    if not UsageDay.spend(user.id, today, count, limit_of(user)):
        left = left_of(user)
        resets_at = quota_of(user)["resets_at"]
        wait = int((datetime.fromisoformat(resets_at) - now()).total_seconds()) + 1
        raise QuotaExceeded(
            f"You have {left} of {FREE_IMAGES} free images left today. Ask for fewer, or see All Inclusive.",
            retry_after=wait,
        )
    return today


def give_back(image: Image) -> None:
    """Return a failed or cancelled image's unit to the person and day that paid for it, once."""
    if image.charged_on is not None:
        UsageDay.give_back(image.charged_to, image.charged_on)
        image.charged_on = None


def check_workspaces(user: User, owned: int) -> None:
    if plan_of(user) == "free" and owned >= FREE_WORKSPACES:
        raise PlanLimit("The Free plan has one workspace. Rename or delete it, or see All Inclusive.")
