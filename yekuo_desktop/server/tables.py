"""The centre's tables. Every primary key begins with the organisation, nothing refers across organisations:
the whole partitions by hash on PostgreSQL and distributes over Citus as it is.

``entries`` and ``log`` are the truth and never change; the rest is derived from them, or what devices said of
themselves. Moments are text in +08:00 with microseconds: text order is time order.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

PARTITIONS = 16  # of a database that is made now
VERSION = 2  # the newest revision in migrations/versions

metadata = MetaData()


def _table(name: str, key: tuple[str, ...], *columns: Column[Any], partitioned: bool = True) -> Table:
    """``key``: the columns of the primary key, the organisation first. They stand first in the table."""
    made = {column.name: column for column in columns}
    for part in key:
        made[part].primary_key = True
    ordered = (*(made[part] for part in key), *(c for c in columns if c.name not in key))
    options: dict[str, Any] = {"postgresql_partition_by": "HASH (org)"} if partitioned else {}
    return Table(name, metadata, *ordered, **options)


def _text(name: str) -> Column[Any]:
    return Column(name, Text, nullable=False, server_default="")


def _number(name: str) -> Column[Any]:
    return Column(name, BigInteger, nullable=False, server_default="0")


def _bytes(name: str) -> Column[Any]:
    return Column(name, LargeBinary, nullable=False)


orgs = _table(
    "orgs",
    ("org",),
    *(_text("org"), _text("short"), _text("epoch"), _text("founder")),
    *(_text("centre_device"), _text("centre_life")),
    Column("practice", Boolean, nullable=False),
    partitioned=False,  # small and read by everything: a reference table under Citus
)
marks = _table("marks", ("org", "name"), _text("org"), _text("name"), _text("value"), partitioned=False)
"""What the centre remembers of itself; under organisation "" of the database as a whole."""
streams = _table("streams", ("org", "stream"), _text("org"), _text("stream"), _number("seq"), _bytes("hash"))
"""One row a stream, locked by whoever appends to it: that is the order of things."""
epochs = _table("epochs", ("org", "epoch"), _text("org"), _text("epoch"), _text("at"), _text("reason"))
devices = _table(
    "devices",
    ("org", "device"),
    *(_text("org"), _text("device"), _bytes("public"), _bytes("sealing")),
    *(_text("station"), _text("terminal"), _text("scope"), _text("state"), _text("enrolled")),
    *(_text("host"), _text("app"), _text("seen"), _text("oldest")),
    *(_number("unsent"), _number("unsent_files"), _number("drift"), _number("parcel")),
    _text("trouble"),
)
codes = _table(
    "codes",
    ("org", "hash"),
    *(_text("org"), _text("hash"), _text("station"), _text("terminal"), _text("scope")),
    *(_text("person"), _text("expires"), _text("used_by")),
)
incarnations = _table(
    "incarnations",
    ("org", "device", "incarnation"),
    *(_text("org"), _text("device"), _text("incarnation"), _number("last_n"), _bytes("last_hash")),
    *(_number("archived_n"), _text("parent"), _number("parent_n"), _text("since")),
)
entries = _table(
    "entries",
    ("org", "device", "incarnation", "n"),
    *(_text("org"), _text("device"), _text("incarnation"), _number("n")),
    *(_text("id"), _text("subject"), _text("kind"), _text("actor")),
    *(_bytes("prev"), _bytes("hash"), _bytes("body"), Column("signature", LargeBinary)),
    *(_text("stream"), _number("seq")),  # where its first ruling stands
)
log = _table(
    "log",
    ("org", "stream", "seq"),
    *(_text("org"), _text("stream"), _number("seq")),
    *(_text("device"), _text("incarnation"), _number("n"), _text("subject")),
    *(_text("received"), _text("verdict"), _text("ruling"), _text("origin"), _bytes("hash")),
)
held = _table(
    "held",
    ("org", "device", "incarnation", "n"),
    *(_text("org"), _text("device"), _text("incarnation"), _number("n")),
    *(_text("id"), _text("subject"), _text("code"), _text("stream"), _text("since")),
)
cases = _table(
    "cases",
    ("org", "id"),
    *(_text("org"), _text("id"), _text("station"), _text("number"), _text("stage"), _text("state")),
    *(_number("rev"), _number("seq"), _bytes("document")),
)
office = _table("office", ("org",), _text("org"), _number("seq"), _bytes("document"))
receipts = _table(
    "receipts",
    ("org", "sheet_no"),
    *(
        _text("org"),
        _text("sheet_no"),
        _text("case_id"),
        _text("form"),
        _number("version"),
        _text("signature"),
    ),
)
"""Sheets whose QR code opens the customer's page."""
files = _table(
    "files",
    ("org", "sha256"),
    *(_text("org"), _text("sha256"), _number("size"), _text("state"), _text("stream"), _text("since")),
)
uploads = _table(
    "uploads",
    ("org", "id"),
    *(_text("org"), _text("id"), _text("sha256"), _number("size"), _number("offset"), _text("touched")),
)
segments = _table(
    "segments",
    ("org", "stream", "first"),
    *(_text("org"), _text("stream"), _number("first"), _number("last"), _bytes("hash")),
    *(_text("sha256"), _number("size")),
)
checkpoints = _table(
    "checkpoints",
    ("org", "stream", "epoch", "seq"),
    *(_text("org"), _text("stream"), _text("epoch"), _number("seq")),
    *(_bytes("hash"), _text("at"), _bytes("signature")),
)
schema_version = Table("schema_version", metadata, Column("version", Integer, primary_key=True))

INDEXES = (
    Index("ix_orgs_short", orgs.c.short),
    Index("ix_entries_id", entries.c.org, entries.c.id),
    Index("ix_log_subject", log.c.org, log.c.subject, log.c.stream, log.c.seq),
    Index("ix_held_subject", held.c.org, held.c.subject),
    Index("ix_held_id", held.c.org, held.c.id),
    Index("ix_cases_station", cases.c.org, cases.c.station),
    Index("ix_files_state", files.c.org, files.c.state, files.c.since),
)
NEVER_CHANGE = (entries, log, checkpoints)
"""Tables a trigger guards: rows are added, nothing else."""
