"""What superusers send: the body of each command, and what a tab at the desk wants to see."""

from typing import Annotated, Literal

from pydantic import Field

from server.protocol.requests import Password, Request


class Confirm(Request):
    password: Password


class ChangePerson(Request):
    """What is absent stays; `daily_images: null` is the plan's own number again."""

    disabled: bool | None = None
    plan: Literal["free", "all_inclusive"] | None = None
    is_superuser: bool | None = None
    daily_images: Annotated[int, Field(ge=1, le=1000)] | None = None


class Watch(Request):
    topics: Annotated[list[Literal["stats", "events"]], Field(max_length=2)]
