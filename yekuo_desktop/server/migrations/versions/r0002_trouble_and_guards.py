"""A device says why its last contact came to nothing; no partition of the journal can be emptied alone."""

from collections.abc import Iterator

from alembic import op
from sqlalchemy import Column, Connection, Text, text

revision = "0002"
down_revision = "0001"
GUARDED = ("entries", "log", "checkpoints")
_PARTITIONS = text(
    "SELECT c.relname FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid"
    " WHERE i.inhparent = CAST(:parent AS regclass) ORDER BY 1"
)


def upgrade() -> None:
    """The devices there are have said nothing yet."""
    op.add_column("devices", Column("trouble", Text, nullable=False, server_default=""))
    if op.get_bind().dialect.name == "postgresql":
        for statement in _guards(op.get_bind()):
            op.execute(statement)


def _guards(connection: Connection) -> Iterator[str]:
    """A trigger of a statement is not handed down to partitions as one of rows is."""
    for table in GUARDED:
        for name in connection.execute(_PARTITIONS, {"parent": table}).scalars().all():
            yield (
                f"CREATE TRIGGER {name}_never_emptied BEFORE TRUNCATE ON {name}"
                " FOR EACH STATEMENT EXECUTE FUNCTION never_change()"
            )
