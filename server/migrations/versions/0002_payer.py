"""who pays for an image: whoever asked for it last."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("images") as table:
        table.add_column(sa.Column("charged_to", sa.String(length=36), nullable=True))
        table.create_foreign_key(op.f("fk_images_charged_to"), "users", ["charged_to"], ["id"])
    op.execute("UPDATE images SET charged_to = author_id WHERE charged_on IS NOT NULL")


def downgrade():
    with op.batch_alter_table("images") as table:
        table.drop_constraint(op.f("fk_images_charged_to"), type_="foreignkey")
        table.drop_column("charged_to")
