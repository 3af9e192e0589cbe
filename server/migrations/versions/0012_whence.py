"""From where and in which request a thing was done.

The triggers keep the new columns too: an address may be taken out after ninety days, nothing else
ever, and INSERT OR REPLACE is refused as well.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KEPT = ("id", "act", "actor_id", "target_id", "facts", "created_at", "request_id")
OLD, NEW = (", ".join(f"{row}.{name}" for name in KEPT) for row in ("OLD", "NEW"))
REFUSE = "BEGIN SELECT RAISE(ABORT, 'audit only grows'); END"
ON_SQLITE = (
    "DROP TRIGGER audit_keeps_UPDATE",
    "CREATE TRIGGER audit_keeps_UPDATE BEFORE UPDATE ON audit WHEN NEW.address IS NOT NULL "
    f"OR OLD.created_at > datetime('now', '-90 days') OR ({NEW}) IS NOT ({OLD}) {REFUSE}",
    "CREATE TRIGGER audit_keeps_INSERT BEFORE INSERT ON audit "
    f"WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id OR rowid = NEW.rowid) {REFUSE}",
)
ON_POSTGRESQL = (
    "DROP TRIGGER audit_keeps ON audit",
    "CREATE TRIGGER audit_keeps BEFORE DELETE OR TRUNCATE ON audit "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()",
    "CREATE TRIGGER audit_keeps_rows BEFORE UPDATE ON audit FOR EACH ROW WHEN (NEW.address IS NOT NULL "
    "OR OLD.created_at > now() - interval '90 days' OR to_jsonb(NEW) - 'address' <> to_jsonb(OLD) - 'address') "
    "EXECUTE FUNCTION audit_only_grows()",
)
BACK_ON_SQLITE = (
    "DROP TRIGGER audit_keeps_INSERT",
    "DROP TRIGGER audit_keeps_UPDATE",
    f"CREATE TRIGGER audit_keeps_UPDATE BEFORE UPDATE ON audit {REFUSE}",
)
BACK_ON_POSTGRESQL = (
    "DROP TRIGGER audit_keeps_rows ON audit",
    "DROP TRIGGER audit_keeps ON audit",
    "CREATE TRIGGER audit_keeps BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()",
)


def upgrade():
    op.add_column("audit", sa.Column("address", sa.String(length=64), nullable=True))
    op.add_column("audit", sa.Column("request_id", sa.String(length=36), nullable=True))
    has_address = sa.text("address IS NOT NULL")
    op.create_index(
        "ix_audit_addressed", "audit", ["created_at"], sqlite_where=has_address, postgresql_where=has_address
    )
    run(ON_SQLITE, ON_POSTGRESQL)


def downgrade():
    run(BACK_ON_SQLITE, BACK_ON_POSTGRESQL)
    op.drop_index("ix_audit_addressed", "audit")
    op.drop_column("audit", "request_id")
    op.drop_column("audit", "address")


def run(on_sqlite: tuple[str, ...], on_postgresql: tuple[str, ...]) -> None:
    for statement in on_postgresql if op.get_bind().dialect.name == "postgresql" else on_sqlite:
        op.execute(statement)
