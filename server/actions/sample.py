"""The workspace "Start here" of a fresh installation: pictures, a macro batch, a short chat."""

import json
from datetime import timedelta
from pathlib import Path

from server.actions import workspaces
from server.extensions import db, now, storage
from server.models import Generation, Image, Message, Proposal, Style, User, Workspace
from server.models.columns import new_id

TAKES = timedelta(seconds=3)
FOLDER = Path(__file__).resolve().parents[1] / "sample"


def create(tx, user: User) -> Workspace:
    """Made once, for the first account; it never counts against a plan."""
    script = json.loads((FOLDER / "script.json").read_text())
    workspace = Workspace(name="Start here", owner_id=user.id, is_sample=True)
    db.session.add(workspace)
    db.session.flush()
    workspaces.add_member(tx, workspace, user, "owner")
    for style in script["styles"]:
        row = Style(workspace_id=workspace.id, author_id=user.id, **style)
        db.session.add(row)
        tx.publish(workspace.id, "style.saved", user.id, style=row)
    moment = now() - timedelta(minutes=12)
    for line in script["story"]:
        moment += timedelta(minutes=2)
        if "pictures" in line:
            _show(tx, workspace, user, line, moment)
        else:
            _say(tx, workspace, user, line, moment)
    return workspace


def _say(tx, workspace: Workspace, user: User, line: dict, moment) -> None:
    by_user = line["role"] == "user"
    message = Message(
        id=new_id(),
        workspace_id=workspace.id,
        author_id=user.id if by_user else None,
        role=line["role"],
        status="complete",
        content=line["content"],
        model=None if by_user else "guide",
        connection=None if by_user else "guide",
        image_ids=[],
        attempt=0 if by_user else 1,
        created_at=moment,
        finished_at=moment,
    )
    message.proposals = [
        Proposal(
            workspace_id=workspace.id,
            position=place,
            decided_by=user.id if offer["status"] != "open" else None,
            negative="",
            settings={},
            **offer,
        )
        for place, offer in enumerate(line.get("proposals", []))
    ]
    db.session.add(message)
    tx.publish(workspace.id, "message.created", user.id, message=message)


def _show(tx, workspace: Workspace, user: User, line: dict, moment) -> None:
    generation = Generation(
        id=new_id(),
        workspace_id=workspace.id,
        author_id=user.id,
        template=line["template"],
        model="sketch",
        styles=[],
        settings=line["settings"],
        axes=line["axes"],
        count=len(line["pictures"]),
        created_at=moment,
    )
    db.session.add(generation)
    db.session.flush()
    images = [_hang(workspace, user, generation, index, picture) for index, picture in enumerate(line["pictures"])]
    db.session.add_all(images)
    tx.publish(workspace.id, "generation.created", user.id, generation=generation, images=images)


def _hang(workspace: Workspace, user: User, generation: Generation, index: int, picture: dict) -> Image:
    """One of the shipped pictures, which `sketch` made of exactly this recipe."""
    id = new_id()
    key = f"{workspace.id[:2]}/{workspace.id}/{id}-1.webp"
    file = FOLDER / picture["file"]
    storage.put(key, file.read_bytes())
    for width in storage.THUMB_WIDTHS:
        storage.put(storage.thumb_key(key, width), file.with_suffix(f".{width}.webp").read_bytes())
    facts = {
        name: picture[name]
        for name in (
            "prompt",
            "negative",
            "assignment",
            "seed",
            "width",
            "height",
            "steps",
            "cfg_scale",
            "sha256",
            "bytes",
            "thumbhash",
        )
    }
    return Image(
        id=id,
        workspace_id=workspace.id,
        generation_id=generation.id,
        index=index,
        author_id=user.id,
        status="ready",
        attempt=1,
        model="sketch",
        connection="sketch",
        file_key=key,
        media_type="image/webp",
        created_at=generation.created_at,
        started_at=generation.created_at,
        finished_at=generation.created_at + TAKES,
        stars=[],
        ignored=[],
        tags=[],
        cost=0.0,
        **facts,
    )
