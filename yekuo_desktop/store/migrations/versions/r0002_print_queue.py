"""The print queue: a row on disk before anything is sent to a printer."""

from alembic import op

revision = "0002"
down_revision = "0001"
STATEMENTS = (
    """\
CREATE TABLE prints (
    id TEXT NOT NULL,
    batch TEXT NOT NULL,
    place INTEGER NOT NULL,
    printing TEXT NOT NULL,
    sheet_no TEXT NOT NULL,
    state TEXT NOT NULL,
    asked TEXT NOT NULL,
    content BLOB NOT NULL,
    pdf BLOB NOT NULL,
    CONSTRAINT pk_prints PRIMARY KEY (id),
    CONSTRAINT uq_prints_printing UNIQUE (printing)
)""",
    "CREATE INDEX ix_prints_state ON prints (state, batch, place)",
    "CREATE INDEX ix_prints_sheet_no ON prints (sheet_no)",
    "CREATE INDEX ix_prints_batch ON prints (batch, place)",
)


def upgrade() -> None:
    """Make the table; there is nothing to bring over."""
    for statement in STATEMENTS:
        op.execute(statement)
