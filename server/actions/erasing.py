"""Erasing for good: a workspace with its files, and what belongs to a person alone."""

from sqlalchemy import delete, select

from server.actions import tickets
from server.actions.importing import folder_of
from server.actions.transaction import Transaction, transaction
from server.extensions import db, storage
from server.models import Image, Ticket, Workspace

KEPT = {
    "customers.user_id": "who paid is in the books, and Stripe keeps the rest",
    "generations.author_id": "a shared workspace keeps what was made in it",
    "images.author_id": "the same",
    "images.charged_to": "the ledger says who paid",
    "images.deleted_by": "the trash says who threw it there",
    "invites.author_id": "a link that was given out stays open",
    "messages.author_id": "the talk of a shared workspace stays whole",
    "proposals.decided_by": "the same",
    "styles.author_id": "a shared workspace keeps its styles",
    "ticket_replies.author_id": "an answer of the helpdesk stays with whom it was given; the others go with a ticket",
    "tickets.assignee_id": "a request of somebody else's is still theirs",
    "themes.owner_id": "themes that a workspace uses stay; the others are dropped",
    "usage_days.user_id": "the ledger is kept, under no name",
    "workspaces.owner_id": "workspaces pass to an heir or are erased",
}
ERASED = (
    "api_keys.user_id",
    "drafts.user_id",
    "image_stars.user_id",
    "mail_links.user_id",
    "memberships.user_id",
    "sessions.user_id",
    "tickets.author_id",
    "transfers.user_id",
)


def columns_naming_people() -> set[str]:
    """Every `table.column` that points to a user; each must be in KEPT or ERASED."""
    keys = (key for table in db.metadata.sorted_tables for key in table.foreign_keys)
    return {str(key.parent) for key in keys if key.column.table.name == "users"}


def erase_traces(tx: Transaction, user_id: str) -> None:
    """Delete the rows that belong to a person alone, and pictures in them; their archives went after a day."""
    folders = [tickets.folder_of(id) for id in db.session.scalars(select(Ticket.id).where(Ticket.author_id == user_id))]
    tx.after(lambda: [storage.remove_all(folder) for folder in folders])
    for name in ERASED:
        table, column = name.split(".")
        owned = db.metadata.tables[table]
        db.session.execute(delete(owned).where(owned.c[column] == user_id))


def erase_workspace(workspace_id: str) -> None:
    """Delete a workspace, everything that lies in it, and then its files."""
    with transaction():
        for table in reversed(db.metadata.sorted_tables):
            if table.name == "image_stars":
                images = select(Image.id).where(Image.workspace_id == workspace_id)
                db.session.execute(delete(table).where(table.c.image_id.in_(images)))
            elif "workspace_id" in table.c:
                db.session.execute(delete(table).where(table.c.workspace_id == workspace_id))
        db.session.execute(delete(Workspace).where(Workspace.id == workspace_id))
    storage.remove_all(folder_of(workspace_id))
