"""The rows of an archive: the entities of the wire with their ids as they were, and paths where the wire has URLs.

Every text and number is bounded; fields that are not known are passed over, so that newer archives can be read.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from server.archive.layout import PICTURE

LONGEST_LINE = 1024 * 1024


def storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("holds a NUL character")
    return text


def picture(path: str) -> str:
    if not PICTURE.fullmatch(path):
        raise ValueError("is no picture of this archive")
    return path


def plausible(moment: datetime) -> datetime:
    if not 1970 < moment.year < 2200:
        raise ValueError("is no plausible time")
    return moment


Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
Text = Annotated[str, StringConstraints(max_length=400_000), AfterValidator(storable)]
Words = Annotated[str, StringConstraints(max_length=200), AfterValidator(storable)]
Label = Annotated[str, StringConstraints(max_length=40), AfterValidator(storable)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=80), AfterValidator(storable)]
Path = Annotated[str, AfterValidator(picture)]
Seed = Annotated[int, Field(ge=0, le=2**32 - 1)]
Side = Annotated[int, Field(ge=1, le=65_535)]
Moment = Annotated[AwareDatetime, AfterValidator(plausible)]
Small = Annotated[int, Field(ge=0, le=1_000_000)]
Real = Annotated[float, Field(ge=-1e9, le=1e9, allow_inf_nan=False)]
Scalar = bool | int | Real | Text | None
Loose = Annotated[dict[Words, Scalar | Annotated[list[Scalar], Field(max_length=1000)]], Field(max_length=60)]


class Row(BaseModel):
    model_config = ConfigDict(extra="ignore")


class Workspace(Row):
    name: Name
    theme_id: Id | None = None
    created_at: Moment


class Person(Row):
    """Somebody whose name stood beside what they made; after an import all of it is the importer's."""

    user_id: Id
    name: Name
    role: Literal["owner", "editor", "viewer"] = "viewer"


class Theme(Row):
    id: Id
    name: Name
    base_prompt: Text = ""
    description: Text = ""
    updated_at: Moment


class Style(Row):
    id: Id
    name: Name
    positive: Text = ""
    negative: Text = ""
    cfg_scale: Real | None = None
    steps: Small | None = None
    seed: Seed | None = None
    width: Side | None = None
    height: Side | None = None
    sampler: Name | None = None
    updated_at: Moment


class Room(Row):
    """`workspace.json`."""

    workspace: Workspace
    members: Annotated[list[Person], Field(max_length=10_000)] = []
    themes: Annotated[list[Theme], Field(max_length=100)] = []
    styles: Annotated[list[Style], Field(max_length=10_000)] = []


class Failure(Row):
    kind: Name
    message: Text


class Proposal(Row):
    id: Id
    prompt: Text
    negative: Text = ""
    settings: Loose = {}
    reason: Text = ""
    count: Annotated[int, Field(ge=0, le=2**31 - 1)] = 1
    status: Literal["open", "used", "generated", "dismissed"] = "open"
    decided_by: Id | None = None


class Message(Row):
    """One line of `messages.jsonl`."""

    id: Id
    author_id: Id | None = None
    role: Literal["user", "assistant", "system"]
    status: Literal["complete", "stopped", "failed"] = "complete"
    attempt: Small = 0
    content: Text = ""
    model: Words | None = None
    connection: Label | None = None
    reply_to: Id | None = None
    image_ids: Annotated[list[Id], Field(max_length=100)] = []
    proposals: Annotated[list[Proposal], Field(max_length=100)] = []
    error: Failure | None = None
    created_at: Moment
    finished_at: Moment | None = None


class Axis(Row):
    name: Text
    options: Annotated[list[Text], Field(max_length=10_000)] = []
    nested: bool = False


class Generation(Row):
    """One line of `generations.jsonl`; `styles` are snapshots from the time it was made."""

    id: Id
    author_id: Id | None = None
    template: Text
    negative: Text = ""
    model: Words
    styles: Annotated[list[Loose], Field(max_length=100)] = []
    settings: Loose = {}
    axes: Annotated[list[Axis], Field(max_length=1000)] = []
    count: Small
    proposal_id: Id | None = None
    parent_id: Id | None = None
    created_at: Moment


class Image(Row):
    """One line of `images.jsonl`; a picture that is ready has its original and both thumbnails in the archive."""

    id: Id
    generation_id: Id
    index: Small
    author_id: Id | None = None
    status: Literal["ready", "failed", "cancelled"]
    attempt: Small = 0
    prompt: Text
    negative: Text = ""
    assignment: Annotated[dict[Text, Text], Field(max_length=1000)] = {}
    model: Words
    connection: Label
    seed: Seed
    width: Side
    height: Side
    steps: Small | None = None
    cfg_scale: Real | None = None
    sampler: Name | None = None
    strength: Real | None = None
    parent_id: Id | None = None
    ignored: Annotated[list[Words], Field(max_length=60)] = []
    error: Failure | None = None
    original_url: Path | None = None
    thumbs: Annotated[dict[Literal["384", "768"], Path], Field(max_length=2)] = {}
    thumbhash: Annotated[str, StringConstraints(max_length=64, pattern=r"^[A-Za-z0-9+/=]*$")] | None = None
    starred_by: Annotated[list[Id], Field(max_length=10_000)] = []
    tags: Annotated[list[Label], Field(max_length=100)] = []
    cost: Real | None = None
    created_at: Moment
    started_at: Moment | None = None
    finished_at: Moment | None = None
    deleted_at: Moment | None = None
    deleted_by: Id | None = None

    @property
    def files(self) -> list[str]:
        """The names of its files in the archive."""
        return [self.original_url, *self.thumbs.values()] if self.original_url else []
