"""The entities as they travel: the same fields in answers, snapshots and events. Unknown fields are refused."""

from typing import Any

from pydantic import BaseModel, ConfigDict


class Payload(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Workspace(Payload):
    id: str
    name: str
    owner_id: str
    theme_id: str | None
    is_sample: bool
    read_only: bool
    created_at: str
    updated_at: str


class Member(Payload):
    user_id: str
    name: str
    color: str
    role: str
    joined_at: str


class Theme(Payload):
    id: str
    owner_id: str
    name: str
    base_prompt: str
    description: str
    updated_at: str


class Style(Payload):
    id: str
    workspace_id: str
    name: str
    positive: str
    negative: str
    cfg_scale: float | None
    steps: int | None
    seed: int | None
    width: int | None
    height: int | None
    sampler: str | None
    updated_at: str


class Proposal(Payload):
    id: str
    message_id: str
    prompt: str
    negative: str
    settings: dict[str, Any]
    reason: str
    count: int
    status: str
    decided_by: str | None


class Failure(Payload):
    kind: str
    message: str


class Message(Payload):
    id: str
    workspace_id: str
    author_id: str | None
    role: str
    status: str
    attempt: int
    content: str
    model: str | None
    reply_to: str | None
    image_ids: list[str]
    proposals: list[Proposal]
    error: Failure | None
    created_at: str
    finished_at: str | None


class Generation(Payload):
    id: str
    workspace_id: str
    author_id: str
    template: str
    negative: str
    model: str
    styles: list[dict[str, Any]]
    settings: dict[str, Any]
    axes: list[dict[str, Any]]
    count: int
    proposal_id: str | None
    parent_id: str | None
    created_at: str


class Image(Payload):
    id: str
    workspace_id: str
    generation_id: str
    index: int
    author_id: str
    status: str
    attempt: int
    prompt: str
    negative: str
    assignment: dict[str, str]
    model: str
    connection: str
    seed: int
    width: int
    height: int
    steps: int | None
    cfg_scale: float | None
    parent_id: str | None
    ignored: list[str]
    error: Failure | None
    original_url: str | None
    thumbs: dict[str, str]
    thumbhash: str | None
    bytes: int | None
    sha256: str | None
    starred_by: list[str]
    tags: list[str]
    cost: float | None
    created_at: str
    started_at: str | None
    finished_at: str | None
    deleted_at: str | None
    deleted_by: str | None
