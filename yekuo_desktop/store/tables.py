"""The tables as the program uses them; revision by revision they are made in ``store/migrations``.

``entries`` is the truth, and ``log`` what the centre ruled on it; ``heads``, ``counters``, ``credentials``,
``drafts``, ``settings``, ``prints`` and the rest of BESIDE stand beside them; everything else is derived and
can be rebuilt. Moments are ISO text in +08:00 with
microseconds, so that text order is time order.
"""

from typing import NamedTuple

VERSION = 4


class Table(NamedTuple):
    """A table: its columns in order, the first ``keys`` of them its primary key."""

    name: str
    columns: tuple[str, ...]
    keys: int = 1

    @property
    def key(self) -> tuple[str, ...]:
        """The columns of the primary key."""
        return self.columns[: self.keys]

    @property
    def insert(self) -> str:
        """Add a row."""
        places = ", ".join("?" for _ in self.columns)
        return f"INSERT INTO {self.name} ({', '.join(self.columns)}) VALUES ({places})"

    @property
    def replace(self) -> str:
        """Add a row, or replace the one of the same key."""
        others = ", ".join(f"{name} = excluded.{name}" for name in self.columns[self.keys :])
        return f"{self.insert} ON CONFLICT ({', '.join(self.key)}) DO UPDATE SET {others}"


entries = Table(
    "entries",
    (
        *("seq", "id", "incarnation", "n", "act", "subject", "kind", "actor", "terminal"),
        *("stated", "recorded", "body", "hash"),
    ),
)
heads = Table("heads", ("incarnation", "n", "hash"))
counters = Table("counters", ("name", "value"))
identity = Table("identity", ("one", "content"))
settings = Table("settings", ("name", "value"))
credentials = Table("credentials", ("person", "content"))
drafts = Table("drafts", ("name", "person", "content", "at"))
prints = Table("prints", ("id", "batch", "place", "printing", "sheet_no", "state", "asked", "content", "pdf"))
log = Table(
    "log",
    (
        *("stream", "seq"),
        "entry",  # seq of its entry in ``entries``
        *("subject", "received", "verdict", "ruling", "origin"),
        "prev",  # hash of the entry before, of somebody else's; b"" of an own one
        *("signature", "hash"),
    ),
    keys=2,
)
receipts = Table("receipts", ("entry", "stream", "seq", "verdict", "ruling"))  # until the line itself comes
outlook = Table("outlook", ("entry", "verdict", "ruling"))  # what a pending entry would come to now
lost = Table(
    "lost", ("stream", "seq", "entry", "prev", "signature"), keys=2
)  # lines the centre no longer has
seen = Table("seen", ("incarnation", "n", "seq"), keys=2)
chains = Table("chains", ("incarnation", "acked", "archived", "parent", "parent_n"))
streams = Table("streams", ("name", "seq", "head", "upto", "state", "complete"))
witnesses = Table("witnesses", ("stream", "epoch", "seq", "content"), keys=3)
replaced = Table("replaced", ("incarnation", "n", "hash", "body"), keys=3)
centre = Table("centre", ("one", "content"))
grants = Table("grants", ("person", "content"))
files = Table("files", ("sha256", "state"))
organisation = Table("organisation", ("one", "content"))
cases = Table(
    "cases",
    (
        "place",  # seq of its first entry
        *("id", "number", "station", "klass", "business", "stage", "state", "customer"),
        *("identity_number", "address"),
        "capacity",  # thousandths of the unit: no floats in the store
        *("manager", "accepted_by", "registered", "accepted", "dispatched", "delivered", "sheet_no"),
        "source",
        "due",  # of the running limit that is due first; none while paused or at an end
        "first_limit",  # that limit, encoded
        "searched",  # the texts search finds the case by, encoded
    ),
)
documents = Table("documents", ("place", "content"))
limits = Table("limits", ("case_id", "position", "content"), keys=2)
conflicts = Table("conflicts", ("case_id", "position", "content"), keys=2)  # those still open
sheets = Table(
    "sheets",
    (
        *("case_id", "position", "sheet_no", "form", "title", "issued", "issued_by", "seal"),
        *("reprints", "void"),
    ),
    keys=2,
)
courses = Table(  # of what was connected: what the statistics count
    "courses", ("case_id", "position", "place", "connected", "archived", "kept"), keys=2
)
nodes = Table(  # of what was archived; ``days`` in hundredths
    "nodes",
    ("case_id", "position", "place", "limit_id", "label", "stage", "unit", "days", "kept", "whole"),
    keys=2,
)
reminders = Table(  # of live cases: what the work bench puts before somebody (domain/reminders.py)
    "reminders", ("case_id", "position", "place", "kind", "at", "person"), keys=2
)

DERIVED = (organisation, cases, documents, limits, sheets, conflicts, courses, nodes, reminders)
OF_CENTRE = (log, receipts, outlook, lost, seen, chains, streams, witnesses, replaced, centre, grants, files)
BESIDE = (entries, heads, counters, identity, settings, credentials, drafts, prints, *OF_CENTRE)
MAY_BE_NULL = {"registered", "accepted", "dispatched", "delivered", "due", "first_limit"}  # of cases
# A queue is read along the index of the column it is sorted by; what it is mostly filtered by stands in
# every such index, so that rows a filter drops are never fetched.
FILTERED = ("stage", "state", "klass", "station")
SORTED = (
    *("due", "number", "customer", "business", "capacity", "accepted", "accepted_by", "registered"),
    *("dispatched", "delivered", "address", "manager", "sheet_no", "klass", "state", "station"),
)


def _index(name: str, table: Table, *columns: str) -> tuple[str, str]:
    return name, f"CREATE INDEX {name} ON {table.name} ({', '.join(columns)})"


# Of what is derived: name and statement, to be dropped and made anew with the rest.
INDEXES = dict(
    (
        _index("ix_cases_identity_number", cases, "identity_number"),
        _index("ix_cases_source", cases, "source"),
        _index("ix_cases_where", cases, *FILTERED),
        *(_index(f"ix_cases_by_{by}", cases, by, *(f for f in FILTERED if f != by)) for by in SORTED),
        _index("ix_courses_archived", courses, "archived"),
        _index("ix_courses_connected", courses, "connected"),
        _index("ix_reminders_kind", reminders, "kind", "at", "person"),
        _index("ix_sheets_issued", sheets, "issued"),
        _index("ix_sheets_sheet_no", sheets, "sheet_no"),
    )
)
# The ascii tokenizer splits at blanks only as far as our words go: unicode61 would drop characters of
# names that are younger than its table (𬱖).
SEARCH = (
    "CREATE VIRTUAL TABLE search USING fts5("
    "words, content='', contentless_delete=1, detail=none, tokenize=ascii)"
)
GUARDS = (
    "CREATE TRIGGER entries_never_change BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'journal'); END",
    "CREATE TRIGGER entries_never_go BEFORE DELETE ON entries WHEN NOT EXISTS (SELECT 1 FROM replaced AS r"
    " WHERE r.incarnation = old.incarnation AND r.n = old.n AND r.hash = old.hash AND r.body = old.body)"
    " BEGIN SELECT RAISE(ABORT, 'journal'); END",
)
EXTRA_DDL = (SEARCH, *GUARDS)
