"""Entries no centre will ever receive: set aside so that the others can go, kept, shown with the reason."""

from collections.abc import Iterator

from yekuo_desktop.domain.entries import Entry, open_body
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.office.ports import Identity
from yekuo_desktop.store import keeping, outbox
from yekuo_desktop.store.engine import Connection, first, scan
from yekuo_desktop.store.rebase import Changed, rebase
from yekuo_desktop.store.unit import CASE

ASIDE = "aside:"  # and life and number of an entry: a setting that says why
_NEXT = "SELECT seq, subject FROM entries WHERE incarnation = ? AND n = ?"
_ASIDE = (
    "SELECT r.body, s.value FROM settings AS s CROSS JOIN replaced AS r"
    " ON r.incarnation || ':' || r.n = substr(s.name, 7) WHERE s.name >= 'aside:' AND s.name < 'aside;'"
)


def set_aside(
    connection: Connection, reference: Reference, whose: Identity, incarnation: str, reason: str
) -> Changed:
    """The first entry that was not received goes; what comes after it is written again under another life,
    and what rested on it is decided again."""
    acked = outbox.chain(connection, whose.incarnation).acked
    found = first(connection, _NEXT, (whose.incarnation, acked + 1))
    if found is None:
        return Changed()
    place, subject = found
    for table in ("receipts", "outlook"):
        connection.execute(f"DELETE FROM {table} WHERE entry = ?", (place,))
    keeping.save_setting(connection, f"{ASIDE}{whose.incarnation}:{acked + 1}", reason)
    outbox.begin_life(connection, whose, incarnation, acked, without=acked + 1)
    return rebase(connection, reference, [subject], office=not subject.startswith(CASE))


def set_aside_so_far(connection: Connection) -> Iterator[tuple[Entry, str]]:
    """Each with the reason."""
    for body, reason in scan(connection, _ASIDE):
        yield open_body(body), reason
