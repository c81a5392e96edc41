"""The first shape: tables, search index and the guards of the journal. Frozen: what comes later is a revision
of its own."""

from alembic import op

revision = "0001"
down_revision = None
STATEMENTS = """\
CREATE TABLE cases (
    place INTEGER NOT NULL,
    id TEXT NOT NULL,
    number TEXT NOT NULL,
    station TEXT NOT NULL,
    klass TEXT NOT NULL,
    business TEXT NOT NULL,
    stage TEXT NOT NULL,
    state TEXT NOT NULL,
    customer TEXT NOT NULL,
    identity_number TEXT NOT NULL,
    address TEXT NOT NULL,
    capacity INTEGER NOT NULL,
    manager TEXT NOT NULL,
    accepted_by TEXT NOT NULL,
    registered TEXT,
    accepted TEXT,
    dispatched TEXT,
    delivered TEXT,
    sheet_no TEXT NOT NULL,
    source TEXT NOT NULL,
    due TEXT,
    first_limit BLOB,
    searched BLOB NOT NULL,
    CONSTRAINT pk_cases PRIMARY KEY (place),
    CONSTRAINT uq_cases_id UNIQUE (id)
);

CREATE INDEX ix_cases_by_accepted ON cases (accepted, stage, state, klass, station);

CREATE INDEX ix_cases_by_accepted_by ON cases (accepted_by, stage, state, klass, station);

CREATE INDEX ix_cases_by_address ON cases (address, stage, state, klass, station);

CREATE INDEX ix_cases_by_business ON cases (business, stage, state, klass, station);

CREATE INDEX ix_cases_by_capacity ON cases (capacity, stage, state, klass, station);

CREATE INDEX ix_cases_by_customer ON cases (customer, stage, state, klass, station);

CREATE INDEX ix_cases_by_delivered ON cases (delivered, stage, state, klass, station);

CREATE INDEX ix_cases_by_dispatched ON cases (dispatched, stage, state, klass, station);

CREATE INDEX ix_cases_by_due ON cases (due, stage, state, klass, station);

CREATE INDEX ix_cases_by_klass ON cases (klass, stage, state, station);

CREATE INDEX ix_cases_by_manager ON cases (manager, stage, state, klass, station);

CREATE INDEX ix_cases_by_number ON cases (number, stage, state, klass, station);

CREATE INDEX ix_cases_by_registered ON cases (registered, stage, state, klass, station);

CREATE INDEX ix_cases_by_sheet_no ON cases (sheet_no, stage, state, klass, station);

CREATE INDEX ix_cases_by_state ON cases (state, stage, klass, station);

CREATE INDEX ix_cases_by_station ON cases (station, stage, state, klass);

CREATE INDEX ix_cases_identity_number ON cases (identity_number);

CREATE INDEX ix_cases_source ON cases (source);

CREATE INDEX ix_cases_where ON cases (stage, state, klass, station);

CREATE TABLE counters (
    name TEXT NOT NULL,
    value INTEGER NOT NULL,
    CONSTRAINT pk_counters PRIMARY KEY (name)
);

CREATE TABLE credentials (
    person TEXT NOT NULL,
    content BLOB NOT NULL,
    CONSTRAINT pk_credentials PRIMARY KEY (person)
);

CREATE TABLE documents (
    place INTEGER NOT NULL,
    content BLOB NOT NULL,
    CONSTRAINT pk_documents PRIMARY KEY (place)
);

CREATE TABLE drafts (
    name TEXT NOT NULL,
    person TEXT NOT NULL,
    content BLOB NOT NULL,
    at TEXT NOT NULL,
    CONSTRAINT pk_drafts PRIMARY KEY (name)
);

CREATE TABLE entries (
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
    CONSTRAINT uq_entries_incarnation_n UNIQUE (incarnation, n),
    CONSTRAINT uq_entries_id UNIQUE (id)
);

CREATE INDEX ix_entries_recorded ON entries (recorded);

CREATE INDEX ix_entries_subject_seq ON entries (subject, seq);

CREATE TABLE heads (
    incarnation TEXT NOT NULL,
    n INTEGER NOT NULL,
    hash BLOB NOT NULL,
    CONSTRAINT pk_heads PRIMARY KEY (incarnation)
);

CREATE TABLE identity (
    one INTEGER NOT NULL,
    content BLOB NOT NULL,
    CONSTRAINT pk_identity PRIMARY KEY (one)
);

CREATE TABLE limits (
    case_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    content BLOB NOT NULL,
    CONSTRAINT pk_limits PRIMARY KEY (case_id, position)
);

CREATE TABLE organisation (
    one INTEGER NOT NULL,
    content BLOB NOT NULL,
    CONSTRAINT pk_organisation PRIMARY KEY (one)
);

CREATE TABLE settings (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_settings PRIMARY KEY (name)
);

CREATE TABLE sheets (
    case_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    sheet_no TEXT NOT NULL,
    form TEXT NOT NULL,
    title TEXT NOT NULL,
    issued TEXT NOT NULL,
    issued_by TEXT NOT NULL,
    seal TEXT NOT NULL,
    reprints INTEGER NOT NULL,
    void TEXT NOT NULL,
    CONSTRAINT pk_sheets PRIMARY KEY (case_id, position)
);

CREATE INDEX ix_sheets_issued ON sheets (issued);

CREATE INDEX ix_sheets_sheet_no ON sheets (sheet_no);

CREATE VIRTUAL TABLE search USING fts5(words, content='', contentless_delete=1, detail=none, tokenize=ascii);

CREATE TRIGGER entries_never_change BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'journal'); END;

CREATE TRIGGER entries_never_go BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'journal'); END;
"""


def upgrade() -> None:
    """Make everything."""
    for statement in STATEMENTS.split(";\n\n"):
        op.execute(statement.rstrip(";\n"))
