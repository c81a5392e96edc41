"""What a station keeps of the centre: its rulings line by line, how far each stream was read, receipts.

An id may stand under two lives of a store from now on (a clone writes again what its twin delivers), and an
entry may leave ``entries`` when its very bytes lie in ``replaced``.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
COLUMNS = "seq, id, incarnation, n, act, subject, kind, actor, terminal, stated, recorded, body, hash"
ENTRIES = (
    """\
CREATE TABLE entries_again (
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    incarnation TEXT NOT NULL,
    n INTEGER NOT NULL,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    terminal TEXT NOT NULL,
    stated TEXT NOT NULL,
    recorded TEXT NOT NULL,
    body BLOB NOT NULL,
    hash BLOB NOT NULL,
    CONSTRAINT pk_entries PRIMARY KEY (seq),
    CONSTRAINT uq_entries_incarnation_n UNIQUE (incarnation, n)
)""",
    f"INSERT INTO entries_again ({COLUMNS}) SELECT {COLUMNS} FROM entries ORDER BY seq",
    "DROP TRIGGER IF EXISTS entries_never_change",
    "DROP TRIGGER IF EXISTS entries_never_go",
    "DROP TABLE entries",
    "ALTER TABLE entries_again RENAME TO entries",
    "CREATE INDEX ix_entries_recorded ON entries (recorded)",
    "CREATE INDEX ix_entries_subject_seq ON entries (subject, seq)",
    "CREATE INDEX ix_entries_id ON entries (id)",
)
TABLES = (
    """\
CREATE TABLE log (
    stream TEXT NOT NULL,
    seq INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    subject TEXT NOT NULL,
    received TEXT NOT NULL,
    verdict TEXT NOT NULL,
    ruling TEXT NOT NULL,
    origin TEXT NOT NULL,
    prev BLOB NOT NULL,
    signature BLOB NOT NULL,
    hash BLOB NOT NULL,
    CONSTRAINT pk_log PRIMARY KEY (stream, seq)
)""",
    "CREATE INDEX ix_log_entry ON log (entry)",
    "CREATE INDEX ix_log_subject ON log (subject, stream, seq)",
    "CREATE INDEX ix_log_verdict ON log (verdict) WHERE verdict IN ('held', 'refused')",
    """\
CREATE TABLE receipts (
    entry INTEGER NOT NULL,
    stream TEXT NOT NULL,
    seq INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    ruling TEXT NOT NULL,
    CONSTRAINT pk_receipts PRIMARY KEY (entry)
)""",
    """\
CREATE TABLE outlook (
    entry INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    ruling TEXT NOT NULL,
    CONSTRAINT pk_outlook PRIMARY KEY (entry)
)""",
    """\
CREATE TABLE lost (
    stream TEXT NOT NULL,
    seq INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    prev BLOB NOT NULL,
    signature BLOB NOT NULL,
    CONSTRAINT pk_lost PRIMARY KEY (stream, seq)
)""",
    "CREATE INDEX ix_lost_entry ON lost (entry)",
    """\
CREATE TABLE seen (
    incarnation TEXT NOT NULL,
    n INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    CONSTRAINT pk_seen PRIMARY KEY (incarnation, n)
)""",
    """\
CREATE TABLE chains (
    incarnation TEXT NOT NULL,
    acked INTEGER NOT NULL,
    archived INTEGER NOT NULL,
    parent TEXT NOT NULL,
    parent_n INTEGER NOT NULL,
    CONSTRAINT pk_chains PRIMARY KEY (incarnation)
)""",
    """\
CREATE TABLE streams (
    name TEXT NOT NULL,
    seq INTEGER NOT NULL,
    head BLOB NOT NULL,
    upto INTEGER NOT NULL,
    state TEXT NOT NULL,
    complete TEXT NOT NULL,
    CONSTRAINT pk_streams PRIMARY KEY (name)
)""",
    """\
CREATE TABLE witnesses (
    stream TEXT NOT NULL,
    epoch TEXT NOT NULL,
    seq INTEGER NOT NULL,
    content BLOB NOT NULL,
    CONSTRAINT pk_witnesses PRIMARY KEY (stream, epoch, seq)
)""",
    """\
CREATE TABLE replaced (
    incarnation TEXT NOT NULL,
    n INTEGER NOT NULL,
    hash BLOB NOT NULL,
    body BLOB NOT NULL,
    CONSTRAINT pk_replaced PRIMARY KEY (incarnation, n, hash)
)""",
    """\
CREATE TABLE centre (
    one INTEGER NOT NULL,
    content BLOB NOT NULL,
    CONSTRAINT pk_centre PRIMARY KEY (one)
)""",
    """\
CREATE TABLE grants (
    person TEXT NOT NULL,
    content BLOB NOT NULL,
    CONSTRAINT pk_grants PRIMARY KEY (person)
)""",
    """\
CREATE TABLE files (
    sha256 TEXT NOT NULL,
    state TEXT NOT NULL,
    CONSTRAINT pk_files PRIMARY KEY (sha256)
)""",
    """\
CREATE TABLE conflicts (
    case_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    content BLOB NOT NULL,
    CONSTRAINT pk_conflicts PRIMARY KEY (case_id, position)
)""",
)
GUARDS = (
    "CREATE TRIGGER entries_never_change BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'journal'); END",
    "CREATE TRIGGER entries_never_go BEFORE DELETE ON entries WHEN NOT EXISTS (SELECT 1 FROM replaced AS r"
    " WHERE r.incarnation = old.incarnation AND r.n = old.n AND r.hash = old.hash AND r.body = old.body)"
    " BEGIN SELECT RAISE(ABORT, 'journal'); END",
)


def upgrade() -> None:
    """Copy the journal byte for byte into a table without the unique id; make the new tables."""
    for statement in (*ENTRIES, *TABLES, *GUARDS):
        op.execute(statement)
