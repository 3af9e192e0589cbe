"""Who of the staff has taken a ticket, and pictures in what is said there."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade():
    # Both databases take this form; rebuilding the table would delete the replies with it in SQLite.
    op.execute(
        "ALTER TABLE tickets ADD COLUMN assignee_id VARCHAR(36)"
        " CONSTRAINT fk_tickets_assignee_id REFERENCES users (id)"
    )
    op.add_column("ticket_replies", sa.Column("picture_key", sa.String(length=120), nullable=True))


def downgrade():
    op.drop_column("ticket_replies", "picture_key")
    op.drop_column("tickets", "assignee_id")
