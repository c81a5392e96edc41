"""The tables. ``entries`` is the truth; ``heads``, ``counters``, ``credentials``, ``drafts`` and
``settings`` stand beside it; everything else is derived and can be rebuilt.

Moments are ISO text in +08:00 with microseconds, so that text order is time order.
"""

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint

VERSION = 1
METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

entries = Table(
    "entries",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("incarnation", Text, nullable=False),
    Column("n", Integer, nullable=False),
    Column("act", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("terminal", Text, nullable=False),
    Column("stated", Text, nullable=False),
    Column("recorded", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    UniqueConstraint("incarnation", "n"),
    Index(None, "subject", "seq"),
    Index(None, "recorded"),
)
heads = Table(
    "heads",
    METADATA,
    Column("incarnation", Text, primary_key=True),
    Column("n", Integer, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)
counters = Table(
    "counters", METADATA, Column("name", Text, primary_key=True), Column("value", Integer, nullable=False)
)
identity = Table(
    "identity",
    METADATA,
    Column("one", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
settings = Table(
    "settings", METADATA, Column("name", Text, primary_key=True), Column("value", Text, nullable=False)
)
credentials = Table(
    "credentials",
    METADATA,
    Column("person", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
drafts = Table(
    "drafts",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("at", Text, nullable=False),
)
organisation = Table(
    "organisation",
    METADATA,
    Column("one", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
# A queue is read along the index of the column it is sorted by; what it is mostly filtered by stands in
# every such index, so that rows a filter drops are never fetched.
FILTERED = ("stage", "state", "klass", "station")
SORTED = (
    "due",
    "number",
    "customer",
    "business",
    "capacity",
    "accepted",
    "accepted_by",
    "registered",
    "dispatched",
    "delivered",
    "address",
    "manager",
    "sheet_no",
    "klass",
    "state",
    "station",
)
cases = Table(
    "cases",
    METADATA,
    Column("place", Integer, primary_key=True),  # seq of its first entry
    Column("id", Text, nullable=False, unique=True),
    Column("number", Text, nullable=False),
    Column("station", Text, nullable=False),
    Column("klass", Text, nullable=False),
    Column("business", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("customer", Text, nullable=False),
    Column("identity_number", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("capacity", Integer, nullable=False),  # thousandths of the unit: no floats in the store
    Column("manager", Text, nullable=False),
    Column("accepted_by", Text, nullable=False),
    Column("registered", Text),
    Column("accepted", Text),
    Column("dispatched", Text),
    Column("delivered", Text),
    Column("sheet_no", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("due", Text),  # of the running limit that is due first; none while paused or at an end
    Column("first_limit", LargeBinary),  # that limit, encoded
    Column("searched", LargeBinary, nullable=False),  # the texts search finds the case by, encoded
    Index("ix_cases_identity_number", "identity_number"),
    Index("ix_cases_source", "source"),
    Index("ix_cases_where", *FILTERED),
    *(Index(f"ix_cases_by_{name}", name, *(f for f in FILTERED if f != name)) for name in SORTED),
)
documents = Table(
    "documents",
    METADATA,
    Column("place", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
limits = Table(
    "limits",
    METADATA,
    Column("case_id", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
sheets = Table(
    "sheets",
    METADATA,
    Column("case_id", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("sheet_no", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("issued", Text, nullable=False),
    Column("issued_by", Text, nullable=False),
    Column("seal", Text, nullable=False),
    Column("reprints", Integer, nullable=False),
    Column("void", Text, nullable=False),
    Index(None, "issued"),
    Index(None, "sheet_no"),
)

DERIVED = (organisation, cases, documents, limits, sheets)
# The ascii tokenizer splits at blanks only as far as our words go: unicode61 would drop characters of
# names that are younger than its table (𬱖).
SEARCH = (
    "CREATE VIRTUAL TABLE search USING fts5("
    "words, content='', contentless_delete=1, detail=none, tokenize=ascii)"
)
GUARDS = (
    "CREATE TRIGGER entries_never_change BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'journal'); END",
    "CREATE TRIGGER entries_never_go BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'journal'); END",
)
EXTRA_DDL = (SEARCH, *GUARDS)
