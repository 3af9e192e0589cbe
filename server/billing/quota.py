"""What a plan allows, and the images of a day against it. SQL decides."""

from datetime import UTC, date, datetime, time, timedelta

from server.billing import gate
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
    """Images a day: the Free plan's number, or what a superuser allows this person instead; None is without limit."""
    return (user.daily_images or FREE_IMAGES) if plan_of(user) == "free" else None


def quota_of(user: User) -> dict:
    """{limit, used, resets_at} of today, in UTC."""
    today = now().date()
    tomorrow = datetime.combine(today + timedelta(days=1), time.min, UTC)
    return {"limit": limit_of(user), "used": UsageDay.used_on(user.id, today), "resets_at": iso(tomorrow)}


def left_of(user: User) -> int | None:
    quota = quota_of(user)
    return None if quota["limit"] is None else max(0, quota["limit"] - quota["used"])


def admit(user: User, count: int) -> None:
    """Turn away early, before any work, who has no `count` images left today; `reserve` decides."""
    limit, today = limit_of(user), now().date()
    if limit is None or gate.looks_open(user.id, today, count, limit):
        return
    if note(user) + count > limit:
        raise _exceeded(user)


def note(user: User) -> int:
    """Tell the gate what today holds; images used."""
    today = now().date()
    return gate.note(user.id, today, lambda: UsageDay.used_on(user.id, today))


def reserve(user: User, count: int) -> date:
    """Take `count` images from today, in the transaction that makes them; the day pays and is paid back."""
    today = now().date()
    if not UsageDay.spend(user.id, today, count, limit_of(user)):
        raise _exceeded(user)
    return today


def give_back(image: Image) -> None:
    """Return a failed or cancelled image's unit to the person and day that paid for it, once."""
    if image.charged_on is not None:
        UsageDay.give_back(image.charged_to, image.charged_on)
        image.charged_on = None


def _exceeded(user: User) -> QuotaExceeded:
    quota = quota_of(user)
    left = max(0, quota["limit"] - quota["used"])
    wait = int((datetime.fromisoformat(quota["resets_at"]) - now()).total_seconds()) + 1
    return QuotaExceeded(
        f"You have {left} of {quota['limit']} free images left today. Ask for fewer, or see All Inclusive.",
        retry_after=wait,
    )


def check_workspaces(user: User, owned: int) -> None:
    if plan_of(user) == "free" and owned >= FREE_WORKSPACES:
        raise PlanLimit("The Free plan has one workspace. Rename or delete it, or see All Inclusive.")
