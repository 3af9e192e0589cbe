"""Creating, changing and deleting themes: owned by their maker, used by workspaces."""

from sqlalchemy import select

from server.actions import access
from server.actions.transaction import transaction
from server.errors import NotFound
from server.extensions import db, now
from server.models import Theme, User, Workspace
from server.models.columns import new_id
from server.protocol.requests import ChangeTheme, SaveTheme


def create(user: User, request: SaveTheme) -> tuple[Theme, bool]:
    with transaction() as tx:
        earlier = access.repeated(Theme, request.id, owner_id=user.id)
        if earlier:
            return earlier, False
        theme = Theme(
            id=request.id or new_id(),
            owner_id=user.id,
            name=request.name,
            base_prompt=request.base_prompt,
            description=request.description,
        )
        db.session.add(theme)
        tx.tell(user.id, "themes")
    return theme, True


def change(user: User, theme_id: str, request: ChangeTheme) -> Theme:
    """Every workspace that uses it sees it change."""
    with transaction() as tx:
        theme = _own(user, theme_id)
        for name, value in request.model_dump(exclude_none=True).items():
            setattr(theme, name, value)
        theme.updated_at = now()
        for workspace in _users_of(theme):
            tx.publish(workspace.id, "theme.saved", user.id, theme=theme)
        tx.tell(user.id, "themes")
    return theme


def delete(user: User, theme_id: str) -> None:
    """Workspaces that used it go on without a theme."""
    with transaction() as tx:
        theme = _own(user, theme_id)
        theme.deleted_at = now()
        for workspace in _users_of(theme):
            workspace.theme_id, workspace.updated_at = None, now()
            tx.publish(workspace.id, "workspace.updated", user.id, workspace=workspace)
            tx.publish(workspace.id, "theme.deleted", user.id, id=theme.id)
        tx.tell(user.id, "themes")


def _own(user: User, theme_id: str) -> Theme:
    theme = db.session.get(Theme, theme_id, populate_existing=True)
    if theme is None or theme.deleted_at or theme.owner_id != user.id:
        raise NotFound("There is no such theme among yours.")
    return theme


def _users_of(theme: Theme) -> list[Workspace]:
    query = select(Workspace).where(Workspace.theme_id == theme.id, Workspace.deleted_at.is_(None))
    return list(db.session.scalars(query))
