"""What the statistics count (the course of every case that was connected, its nodes once archived), and
what the work bench puts before somebody.

All is derived: the release that brings it folds the journal anew when it opens an older store.
"""

from alembic import op

revision = "0004"
down_revision = "0003"
STATEMENTS = (
    """\
CREATE TABLE courses (
    case_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    place INTEGER NOT NULL,
    connected TEXT,
    archived TEXT,
    kept INTEGER,
    CONSTRAINT pk_courses PRIMARY KEY (case_id, position)
)""",
    """\
CREATE TABLE nodes (
    case_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    place INTEGER NOT NULL,
    limit_id TEXT NOT NULL,
    label TEXT NOT NULL,
    stage TEXT NOT NULL,
    unit TEXT NOT NULL,
    days INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    whole INTEGER NOT NULL,
    CONSTRAINT pk_nodes PRIMARY KEY (case_id, position)
)""",
    """\
CREATE TABLE reminders (
    case_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    place INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    CONSTRAINT pk_reminders PRIMARY KEY (case_id, position)
)""",
    "CREATE INDEX ix_reminders_kind ON reminders (kind, at, person)",
    "CREATE INDEX ix_courses_archived ON courses (archived)",
    "CREATE INDEX ix_courses_connected ON courses (connected)",
)


def upgrade() -> None:
    """Make the three tables."""
    for statement in STATEMENTS:
        op.execute(statement)
