"""What came for an invoice and what went back of it; everybody is asked for once to fill it in."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("invoices", sa.Column("paid", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("invoices", sa.Column("refunded", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("invoices", sa.Column("payment", sa.String(length=255), nullable=True))
    op.create_index(op.f("ix_invoices_payment"), "invoices", ["payment"])
    op.execute("UPDATE invoices SET paid = amount WHERE status = 'paid'")
    op.execute("UPDATE customers SET asked = asked + 1 WHERE deleted_at IS NULL")


def downgrade():
    op.drop_index(op.f("ix_invoices_payment"), "invoices")
    for column in ("payment", "refunded", "paid"):
        op.drop_column("invoices", column)
