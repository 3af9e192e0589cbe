"""Keeping the prompt that a person is writing, in step across their tabs."""

from server.actions import access
from server.actions.transaction import transaction
from server.extensions import db, now
from server.models import Draft, User
from server.protocol.requests import SaveDraft


def save(user: User, workspace_id: str, request: SaveDraft) -> dict:
    """Last write wins; nobody else is told."""
    access.member(user, workspace_id)
    with transaction() as tx:
        draft = db.session.merge(
            Draft(
                workspace_id=workspace_id,
                user_id=user.id,
                text=request.text,
                negative=request.negative,
                settings=request.settings,
                updated_at=now(),
            )
        )
        payload = draft.to_payload()
        tx.tell(user.id, "draft", workspace_id=workspace_id, draft=payload)
    return payload
