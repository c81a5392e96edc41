"""The first shape. Its statements are frozen in ``first_shape.sql``."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
STATEMENTS = Path(__file__).with_name("first_shape.sql")


def upgrade() -> None:
    """Make the tables, the search index and the guards of the journal."""
    for statement in STATEMENTS.read_text(encoding="utf-8").split(";\n\n"):
        op.execute(statement.rstrip(";\n"))
