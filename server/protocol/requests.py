"""The body of every command. Unknown fields are refused, every text and number is bounded."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints


def canonical(value: str) -> str:
    try:
        return str(UUID(value))
    except ValueError:
        raise ValueError("is not a UUID") from None


def storable(value: str) -> str:
    """PostgreSQL refuses NUL, and a lone surrogate cannot be sent."""
    if "\x00" in value:
        raise ValueError("holds a NUL character")
    value.encode("utf-8")
    return value


def moment(value: object) -> object:
    """A time with its zone, in UTC."""
    if value is None:
        return None
    try:
        parsed = datetime.fromisoformat(value)
        if parsed.tzinfo is None:
            raise ValueError
        return parsed.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        raise ValueError("must be an ISO 8601 time with its zone") from None


Moment = Annotated[datetime, BeforeValidator(moment)]
Id = Annotated[str, StringConstraints(max_length=45), AfterValidator(canonical)]
Storable = AfterValidator(storable)
Text = Annotated[str, Storable]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), Storable]
Prompt = Annotated[str, StringConstraints(max_length=8000), Storable]
Seed = Annotated[int, Field(ge=0, le=2**32 - 1)]
Side = Annotated[int, Field(ge=16, le=8192)]
Steps = Annotated[int, Field(ge=1, le=500)]
Scale = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Sampler = Annotated[str, StringConstraints(max_length=80), Storable]
Role = Literal["owner", "editor", "viewer"]
Email = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$"), Storable
]
Password = Annotated[str, StringConstraints(max_length=1000), Storable]
NewPassword = Annotated[str, StringConstraints(min_length=8, max_length=1000), Storable]
Token = Annotated[str, StringConstraints(min_length=1, max_length=100), Storable]


class Request(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Empty(Request):
    pass


class LogOutEverywhere(Request):
    keys: bool = False


class Register(Request):
    email: Email
    password: NewPassword
    name: Name


class Login(Request):
    email: Annotated[str, StringConstraints(strip_whitespace=True, max_length=254), Storable]
    password: Password
    restore: bool = False


class ChangePassword(Request):
    current: Password
    password: NewPassword


class AskReset(Request):
    email: Email


class ConfirmReset(Request):
    token: Token
    password: NewPassword


class ConfirmAddress(Request):
    token: Token


class ChangeAccount(Request):
    name: Name | None = None
    email: Email | None = None
    current: Password | None = None


class DeleteAccount(Request):
    current: Password


class CreateKey(Request):
    id: Id | None = None
    name: Name
    scopes: Annotated[list[Literal["read", "generate", "admin"]], Field(min_length=1, max_length=3)]


class CreateWorkspace(Request):
    id: Id | None = None
    name: Name
    theme_id: Id | None = None


class ChangeWorkspace(Request):
    name: Name | None = None
    theme_id: Id | None = None


class ChangeMember(Request):
    role: Literal["editor", "viewer"]


class CreateInvite(Request):
    id: Id | None = None
    role: Literal["editor", "viewer"]
    expires_at: Moment | None = None
    max_uses: Annotated[int, Field(ge=1, le=1000)] | None = None


class SaveTheme(Request):
    id: Id | None = None
    name: Name
    base_prompt: Prompt = ""
    description: Prompt = ""


class ChangeTheme(Request):
    name: Name | None = None
    base_prompt: Prompt | None = None
    description: Prompt | None = None


class SaveStyle(Request):
    id: Id | None = None
    name: Name
    positive: Prompt = ""
    negative: Prompt = ""
    cfg_scale: Scale | None = None
    steps: Steps | None = None
    seed: Seed | None = None
    width: Side | None = None
    height: Side | None = None
    sampler: Sampler | None = None


class ChangeStyle(SaveStyle):
    id: None = None
    name: Name | None = None
    positive: Prompt | None = None
    negative: Prompt | None = None


class SaveDraft(Request):
    text: Prompt = ""
    negative: Prompt = ""
    settings: Annotated[dict[str, Any], Field(max_length=40)] = {}


class SendMessage(Request):
    id: Id | None = None
    content: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=8000), Storable]
    model: Annotated[str, StringConstraints(max_length=200), Storable] | None = None
    image_ids: Annotated[list[Id], Field(max_length=8)] = []


class DecideProposal(Request):
    status: Literal["used", "generated", "dismissed", "open"]


class ExpandPrompt(Request):
    prompt: Text
    negative: Text = ""
    limit: Annotated[int, Field(ge=1, le=200)] | None = None
    seed: Seed = 0


class Generate(Request):
    id: Id | None = None
    workspace_id: Id
    model: Annotated[str, StringConstraints(max_length=200), Storable]
    prompt: Text
    negative: Text = ""
    style_ids: Annotated[list[Id], Field(max_length=8)] = []
    style_id: Id | None = None
    batch_size: Annotated[int, Field(ge=1, le=100_000)] | None = None
    indices: (
        Annotated[
            list[Annotated[str, StringConstraints(pattern=r"^[0-9]+$", max_length=4300)]],
            Field(min_length=1, max_length=1000),
        ]
        | None
    ) = None
    seed: Seed | None = None
    seed_mode: Literal["each", "same"] = "each"
    width: Side | None = None
    height: Side | None = None
    steps: Steps | None = None
    cfg_scale: Scale | None = None
    sampler: Sampler | None = None
    parent_id: Id | None = None
    strength: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] | None = None
    proposal_id: Id | None = None


class ChangeImage(Request):
    starred: bool | None = None
    tags: (
        Annotated[
            list[Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40), Storable]],
            Field(max_length=20),
        ]
        | None
    ) = None


class VaryImage(Request):
    id: Id | None = None
    count: Annotated[int, Field(ge=1, le=64)] = 4
    strength: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] = 0.6


class MoveImages(Request):
    image_ids: Annotated[list[Id], Field(min_length=1, max_length=200)]
    workspace_id: Id


class CreateExport(Request):
    id: Id | None = None


class ConfirmImport(Request):
    name: Name | None = None


class Join(Request):
    workspace_id: Id
    since: Annotated[int, Field(ge=0)] | None = None
    epoch: Annotated[str, StringConstraints(max_length=64)] | None = None
    hidden: bool = False


class Leave(Request):
    workspace_id: Id


class Hide(Request):
    workspace_id: Id
    hidden: bool


class Typing(Request):
    workspace_id: Id
    typing: bool


class Focus(Request):
    workspace_id: Id
    image_id: Id | None = None


class WatchReplies(Request):
    message_id: Id
