"""Each place of a batch holds one image."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade():
    op.create_index("uq_images_place", "images", ["generation_id", "index"], unique=True)
    op.drop_index(op.f("ix_images_generation_id"), "images")


def downgrade():
    op.create_index(op.f("ix_images_generation_id"), "images", ["generation_id"])
    op.drop_index("uq_images_place", "images")
