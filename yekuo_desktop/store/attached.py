"""Files that entries speak of: which are to be sent, which to be fetched; and entries to be brought back."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from yekuo_desktop.domain.entries import Entry, open_body
from yekuo_desktop.domain.mentions import KINDS, mentions
from yekuo_desktop.protocol.pushing import Push, Sent
from yekuo_desktop.store import tables
from yekuo_desktop.store.engine import Connection, scalar, scan

DUE = "due"  # the state of a file that is to be sent
NOTED = "files noted: "  # and a life of this store: a setting

# How far the entries written here were received, and up to where their files were noted.
_LIVES = (
    "SELECT c.incarnation, min(c.acked, h.n), CAST(coalesce(s.value, '0') AS INTEGER) FROM chains AS c"
    " JOIN heads AS h ON h.incarnation = c.incarnation"
    f" LEFT JOIN settings AS s ON s.name = '{NOTED}' || c.incarnation"
)
_SENT = (
    "SELECT body FROM entries WHERE incarnation = ? AND n > ? AND n <= ?"
    f" AND kind IN ({', '.join('?' for _ in KINDS)})"
)
_STATE = "SELECT state FROM files WHERE sha256 = ?"
_LOST = (
    "SELECT e.incarnation, e.n, e.body, l.prev, l.signature FROM lost AS l"
    " CROSS JOIN entries AS e ON e.seq = l.entry"  # CROSS: from the few lost ones, not along the journal
    " WHERE l.prev != x'' GROUP BY l.entry ORDER BY e.incarnation, e.n"
)


def to_send(connection: Connection) -> list[str]:
    """Files of received entries that the centre is not known to have."""
    found = dict.fromkeys(spoken_of(connection, (DUE,)))
    found.update(dict.fromkeys(_fresh(connection)))
    return list(found)


def _fresh(connection: Connection) -> Iterator[str]:
    """Files of entries that were received since files were last noted."""
    for life, received, noted in connection.execute(_LIVES).fetchall():
        for (body,) in scan(connection, _SENT, (life, noted, received, *sorted(KINDS))):
            for name, _ in mentions(open_body(body)):
                if scalar(connection, _STATE, (name,)) != "stored":
                    yield name


def note_sent(connection: Connection) -> None:
    """Note the files of what was received, so that nobody looks through those entries again."""
    names = [(name, DUE) for name in _fresh(connection)]
    connection.executemany(tables.files.replace, names)
    for life, received, noted in connection.execute(_LIVES).fetchall():
        if noted != received:
            connection.execute(tables.settings.replace, (f"{NOTED}{life}", str(received)))


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
