"""Files that entries speak of: which are to be sent, which to be fetched; and entries to be brought back."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from yekuo_desktop.domain.entries import Entry, open_body
from yekuo_desktop.domain.mentions import KINDS, mentions
from yekuo_desktop.protocol.pushing import Push, Sent
from yekuo_desktop.store import tables
from yekuo_desktop.store.engine import Connection, scalar, scan

# Files of entries written here that the centre has received.
_SENT = (
    "SELECT e.body FROM entries AS e JOIN heads AS h ON h.incarnation = e.incarnation AND e.n <= h.n"
    " JOIN chains AS c ON c.incarnation = e.incarnation AND e.n <= c.acked"
    f" WHERE e.kind IN ({', '.join('?' for _ in KINDS)}) ORDER BY e.seq"
)
_STATE = "SELECT state FROM files WHERE sha256 = ?"
_LOST = (
    "SELECT e.incarnation, e.n, e.body, l.prev, l.signature FROM lost AS l"
    " JOIN entries AS e ON e.seq = l.entry WHERE l.prev != x'' GROUP BY e.seq ORDER BY e.incarnation, e.n"
)


def to_send(connection: Connection) -> Sequence[str]:
    """Files of received entries that the centre is not known to have, the small first."""
    found: dict[str, int] = {}
    for (body,) in scan(connection, _SENT, tuple(sorted(KINDS))):
        for name, size in mentions(open_body(body)):
            if name not in found and scalar(connection, _STATE, (name,)) != "stored":
                found[name] = size
    return sorted(found, key=lambda name: found[name])


def spoken_of(connection: Connection, states: Sequence[str]) -> Sequence[str]:
    """Files in one of these states."""
    places = ", ".join("?" for _ in states)
    rows = scan(connection, f"SELECT sha256 FROM files WHERE state IN ({places}) ORDER BY rowid", states)
    return [name for (name,) in rows]


def note(connection: Connection, entries: Iterable[Entry]) -> None:
    """The files that entries of others speak of are awaited, unless something is known of them already."""
    names = [(name,) for entry in entries for name, _ in mentions(entry)]
    if names:
        sql = f"INSERT OR IGNORE INTO {tables.files.name} (sha256, state) VALUES (?, 'awaited')"
        connection.executemany(sql, names)


def rescues(connection: Connection, epoch: str) -> Sequence[tuple[str, Push]]:
    """Stretches of other devices' chains the centre has lost, as far as they are complete here up to an entry
    that the device itself has signed."""
    found: list[tuple[str, Push]] = []
    for incarnation, group in groupby(scan(connection, _LOST), key=lambda row: row[0]):
        rows = [(n, body, prev, signature) for _, n, body, prev, signature in group]
        run = [row for at, row in enumerate(rows) if row[0] == rows[0][0] + at]
        signed = max((at for at, row in enumerate(run) if row[3]), default=-1)
        if signed < 0:
            continue
        push = Push(
            incarnation=incarnation,
            epoch=epoch,
            first=run[0][0],
            prev=run[0][2],
            entries=tuple(Sent(body.decode()) for _, body, _, _ in run[: signed + 1]),
            signature=run[signed][3],
        )
        found.append((open_body(run[0][1]).device, push))
    return found
