"""Creating, changing and deleting the styles of a workspace."""

from server.actions import access
from server.actions.transaction import transaction
from server.extensions import db, now
from server.models import Style, User
from server.models.columns import new_id
from server.protocol.requests import ChangeStyle, SaveStyle


def create(user: User, workspace_id: str, request: SaveStyle) -> tuple[Style, bool]:
    access.member(user, workspace_id, "editor")
    with transaction() as tx:
        earlier = access.repeated(Style, request.id, author_id=user.id, workspace_id=workspace_id)
        if earlier:
            return earlier, False
        fields = request.model_dump(exclude={"id"})
        style = Style(id=request.id or new_id(), workspace_id=workspace_id, author_id=user.id, **fields)
        db.session.add(style)
        tx.publish(workspace_id, "style.saved", user.id, style=style)
    return style, True


def change(user: User, style_id: str, request: ChangeStyle) -> Style:
    """Only the fields that were sent change; a setting sent as null is left open again."""
    with transaction() as tx:
        style = access.row(user, Style, style_id, lock=True)
        for name in request.model_fields_set - {"id"}:
            value = getattr(request, name)
            if value is not None or name not in ("name", "positive", "negative"):
                setattr(style, name, value)
        style.updated_at = now()
        tx.publish(style.workspace_id, "style.saved", user.id, style=style)
    return style


def delete(user: User, style_id: str) -> None:
    with transaction() as tx:
        style = access.row(user, Style, style_id, lock=True)
        style.deleted_at = now()
        tx.publish(style.workspace_id, "style.deleted", user.id, id=style.id)
