"""What became of the entries of an incarnation: their newest rows."""

from typing import NamedTuple

from sqlalchemy import Connection, select

from yekuo_desktop.domain.rulings import Verdict
from yekuo_desktop.server import tables
from yekuo_desktop.server.ledger import Whose


class Found(NamedTuple):
    """The row that counts for an entry."""

    n: int
    verdict: Verdict
    stream: str
    seq: int
    ruling: str


def receipts_of(connection: Connection, org: str, whose: Whose, first: int, last: int) -> list[Found]:
    """Entries ``first`` to ``last``: the row of each, or of a held one that was decided later, that row."""
    log, entries = tables.log.c, tables.entries.c
    question = (
        select(entries.n, log.verdict, log.stream, log.seq, log.ruling)
        .where(entries.org == org, entries.device == whose.device, entries.incarnation == whose.incarnation)
        .where(entries.n.between(first, last))
        .where(log.org == org, log.stream == entries.stream, log.seq == entries.seq)
        .order_by(entries.n)
    )
    rows = [Found(*row) for row in connection.execute(question)]
    return [_decided(connection, org, whose, row) if row.verdict == "held" else row for row in rows]


def _decided(connection: Connection, org: str, whose: Whose, row: Found) -> Found:
    log, entries = tables.log.c, tables.entries.c
    mine = (log.device == whose.device, log.incarnation == whose.incarnation, log.n == row.n)
    same = (entries.org == org, entries.device == whose.device, entries.incarnation == whose.incarnation)
    subject = select(entries.subject).where(*same, entries.n == row.n).scalar_subquery()
    question = (
        select(log.n, log.verdict, log.stream, log.seq, log.ruling)
        .where(log.org == org, log.subject == subject, *mine, log.verdict != "held", log.origin == "")
        .order_by(log.received.desc())
    )
    found = connection.execute(question).first()
    return Found(*found) if found is not None else row
