"""The bodies of the helpdesk's commands."""

from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints

from server.protocol.requests import Email, Id, Name, Request, Storable


def one_line(value: str) -> str:
    return " ".join(value.split())


Subject = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160), Storable, AfterValidator(one_line)
]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=8000), Storable]
Status = Literal["open", "waiting", "solved"]


class OpenTicket(Request):
    id: Id | None = None
    subject: Subject
    body: Words
    email: Email | None = None
    image_id: Id | None = None


class ReplyToTicket(Request):
    id: Id | None = None
    body: Words
    internal: bool = False


class ChangeTicket(Request):
    """`assignee_id` null lets it go; what is absent stays."""

    status: Status | None = None
    assignee_id: Id | None = None


class SaveCannedReply(Request):
    id: Id | None = None
    title: Name
    body: Words


class ChangeCannedReply(Request):
    title: Name | None = None
    body: Words | None = None
