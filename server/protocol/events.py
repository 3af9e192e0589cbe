"""Every event of the namespace `/`: the durable ones with their data, the ephemeral ones with their fields."""

from pydantic import BaseModel

from server.protocol import payloads
from server.protocol.payloads import Payload


class WorkspaceChanged(Payload):
    workspace: payloads.Workspace


class MemberChanged(Payload):
    member: payloads.Member


class MemberRemoved(Payload):
    user_id: str


class MessageChanged(Payload):
    message: payloads.Message


class GenerationCreated(Payload):
    generation: payloads.Generation
    images: list[payloads.Image]


class ImageChanged(Payload):
    image: payloads.Image


class StyleSaved(Payload):
    style: payloads.Style


class ThemeSaved(Payload):
    theme: payloads.Theme


class Removed(Payload):
    id: str


DURABLE: dict[str, type[BaseModel]] = {
    "workspace.updated": WorkspaceChanged,
    "workspace.deleted": Removed,
    "member.added": MemberChanged,
    "member.updated": MemberChanged,
    "member.removed": MemberRemoved,
    "message.created": MessageChanged,
    "message.updated": MessageChanged,
    "message.deleted": Removed,
    "generation.created": GenerationCreated,
    "image.updated": ImageChanged,
    "image.restored": ImageChanged,
    "image.deleted": Removed,
    "style.saved": StyleSaved,
    "style.deleted": Removed,
    "theme.saved": ThemeSaved,
    "theme.deleted": Removed,
}

EPHEMERAL: dict[str, tuple[str, ...]] = {
    "message.delta": ("workspace_id", "message_id", "attempt", "offset", "text"),
    "image.progress": ("workspace_id", "image_id", "attempt", "fraction", "step", "steps", "preview"),
    "presence": ("workspace_id", "members"),
    "head": ("workspace_id", "seq", "epoch"),
    "account": ("plan", "quota"),
    "workspaces": (),
    "themes": (),
    "draft": ("workspace_id", "draft"),
    "transfer": ("transfer",),
    "queue": ("mine", "all"),
    "ticket": ("ticket",),
    "asked": ("workspace_id", "member"),
    "signed_out": ("reason",),
    "draining": ("retry_in",),
}


def check_durable(type: str, data: dict) -> None:
    """Refuse an unknown type, a missing or an unknown field."""
    DURABLE[type].model_validate(data)


def check_ephemeral(type: str, data: dict) -> None:
    unknown = set(data) - set(EPHEMERAL[type])
    if unknown:
        raise ValueError(f"{type} does not carry {', '.join(sorted(unknown))}")
