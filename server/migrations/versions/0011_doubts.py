"""How often nobody knew whether an image's vendor had taken the order."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("images", sa.Column("doubts", sa.Integer(), nullable=False, server_default="0"))


def downgrade():
    op.drop_column("images", "doubts")
