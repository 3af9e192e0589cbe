"""How many images a day a superuser allows somebody, instead of what the plan says."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("users", sa.Column("daily_images", sa.Integer(), nullable=True))


def downgrade():
    op.drop_column("users", "daily_images")
