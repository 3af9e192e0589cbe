"""Customers, subscriptions and invoices at Stripe, and the events that were heeded."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STRIPE_ID = sa.String(length=255)
MOMENT = sa.DateTime(timezone=True)


def upgrade():
    op.create_table(
        "customers",
        sa.Column("id", STRIPE_ID, nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("livemode", sa.Boolean(), nullable=False),
        sa.Column("checkout_id", STRIPE_ID, nullable=True),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("applied", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("deleted_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_customers_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers")),
    )
    op.create_index(op.f("ix_customers_user_id"), "customers", ["user_id"])
    op.create_table(
        "subscriptions",
        sa.Column("id", STRIPE_ID, nullable=False),
        sa.Column("customer_id", STRIPE_ID, nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("period_end", MOMENT, nullable=True),
        sa.Column("ends_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_subscriptions_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriptions")),
    )
    op.create_index(op.f("ix_subscriptions_customer_id"), "subscriptions", ["customer_id"])
    op.create_table(
        "invoices",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("stripe_id", STRIPE_ID, nullable=False),
        sa.Column("customer_id", STRIPE_ID, nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=True),
        sa.Column("url", sa.String(length=2000), nullable=True),
        sa.Column("pdf_url", sa.String(length=2000), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_invoices_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoices")),
        sa.UniqueConstraint("stripe_id", name=op.f("uq_invoices_stripe_id")),
    )
    op.create_index(op.f("ix_invoices_customer_id"), "invoices", ["customer_id"])
    op.create_index(op.f("ix_invoices_created_at"), "invoices", ["created_at"])
    op.create_table(
        "stripe_events",
        sa.Column("id", STRIPE_ID, nullable=False),
        sa.Column("type", sa.String(length=80), nullable=False),
        sa.Column("heeded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stripe_events")),
    )
    op.create_index(op.f("ix_stripe_events_heeded_at"), "stripe_events", ["heeded_at"])


def downgrade():
    for table in ("stripe_events", "invoices", "subscriptions", "customers"):
        op.drop_table(table)
