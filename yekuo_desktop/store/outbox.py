"""What goes up: the entries of this life in order, what was received of them, and another life of the store.

What was received is always a beginning of the chain, so one number says it; why and where stands with the
receipt until the line itself has been read.
"""

from collections.abc import Sequence

import msgspec

from yekuo_desktop.domain.entries import GENESIS, open_body, seal
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.office.ports import Identity, StoreTrouble
from yekuo_desktop.protocol.greeting import Outbox, Parent
from yekuo_desktop.protocol.pushing import Pushed, Receipt, Sent
from yekuo_desktop.store import keeping, tables
from yekuo_desktop.store.engine import Connection, first, scalar, scan
from yekuo_desktop.store.rebase import Changed, rebase
from yekuo_desktop.store.unit import read_head

_CHAIN = "SELECT acked, archived, parent, parent_n FROM chains WHERE incarnation = ?"
_WAITING = (
    "SELECT e.body, coalesce(s.seq, 0) FROM entries AS e"
    " LEFT JOIN seen AS s ON s.incarnation = e.incarnation AND s.n = e.n"
    " WHERE e.incarnation = ? AND e.n > ? AND e.n <= ? ORDER BY e.n LIMIT ?"
)
# Entries whose line has not been read: only of those a receipt says something new.
_OPEN = (
    "SELECT e.n, e.seq, e.subject, o.verdict FROM entries AS e LEFT JOIN outlook AS o ON o.entry = e.seq"
    " WHERE e.incarnation = ? AND e.n >= ? AND e.n <= ?"
    " AND NOT EXISTS (SELECT 1 FROM log AS l WHERE l.entry = e.seq)"
)
_HASH = "SELECT hash FROM entries WHERE incarnation = ? AND n = ?"
_FROM = "SELECT seq, n, body, hash FROM entries WHERE incarnation = ? AND n >= ? AND n <= ? ORDER BY n"


class BadReceipt(StoreTrouble):
    """Receipts for another life of this store."""


class Chain(msgspec.Struct, frozen=True):
    """How far the chain of a life is received and archived, and of which life it is the continuation."""

    acked: int = 0
    archived: int = 0
    parent: str = ""
    parent_n: int = 0


class Batch(msgspec.Struct, frozen=True):
    """Entries ``first`` … of a life, the hash before the first and of the last."""

    incarnation: str
    first: int
    prev: bytes
    entries: tuple[Sent, ...]
    last_hash: bytes


def chain(connection: Connection, incarnation: str) -> Chain:
    """How a life of the store stands with the centre."""
    found = first(connection, _CHAIN, (incarnation,))
    return Chain(*found) if found else Chain()


def save_chain(connection: Connection, incarnation: str, known: Chain) -> None:
    """Keep it."""
    row = (incarnation, known.acked, known.archived, known.parent, known.parent_n)
    connection.execute(tables.chains.replace, row)


def parent(known: Chain) -> Parent | None:
    """As it is said in a greeting."""
    return Parent(known.parent, known.parent_n) if known.parent else None


def box(connection: Connection, incarnation: str) -> Outbox:
    """What waits, in numbers."""
    acked, (last, _) = chain(connection, incarnation).acked, read_head(connection, incarnation)
    if last <= acked:
        return Outbox()
    sql = "SELECT recorded FROM entries WHERE incarnation = ? AND n = ?"
    oldest = scalar(connection, sql, (incarnation, acked + 1)) or ""
    size = "SELECT coalesce(sum(length(body)), 0) FROM entries WHERE incarnation = ? AND n > ? AND n <= ?"
    total = int(scalar(connection, size, (incarnation, acked, last)))
    return Outbox(entries=last - acked, bytes=total, oldest=oldest)


def batch(
    connection: Connection, incarnation: str, most: int, size: int, after: int | None = None
) -> Batch | None:
    """The next entries to send: at most ``most`` of them and ``size`` bytes, one at least. None when
    everything was received."""
    acked, (last, _) = chain(connection, incarnation).acked, read_head(connection, incarnation)
    acked = acked if after is None else after
    chosen: list[Sent] = []
    for body, seen in scan(connection, _WAITING, (incarnation, acked, last, most)):
        size -= len(body)
        if chosen and size < 0:
            break
        chosen.append(Sent(body.decode(), seen))
    if not chosen:
        return None
    return Batch(
        incarnation,
        acked + 1,
        hash_of(connection, incarnation, acked),
        tuple(chosen),
        hash_of(connection, incarnation, acked + len(chosen)),
    )


def hash_of(connection: Connection, incarnation: str, n: int) -> bytes:
    """The chain after ``n`` entries."""
    return bytes(scalar(connection, _HASH, (incarnation, n))) if n else GENESIS


def received(connection: Connection, reference: Reference, incarnation: str, pushed: Pushed) -> Changed:
    """Keep what was received. Only a receipt moves the mark; one for an entry whose line was read already
    says nothing new."""
    if not _ours(connection, incarnation, pushed):
        raise BadReceipt("回执与本机的登记不符,没有采用")
    known = chain(connection, incarnation)
    receipts = sorted(pushed.receipts, key=lambda each: each.n)
    touched, office = _keep(connection, incarnation, receipts)
    acked = known.acked
    for receipt in receipts:
        acked = receipt.n if receipt.n == acked + 1 else acked
    archived = max(known.archived, pushed.archived_n)
    save_chain(connection, incarnation, msgspec.structs.replace(known, acked=acked, archived=archived))
    return rebase(connection, reference, touched, office=office)


def _ours(connection: Connection, incarnation: str, pushed: Pushed) -> bool:
    """Whether the centre speaks of this life of the store: it says the hash of the chain it has."""
    last, _ = read_head(connection, incarnation)
    return pushed.last_n <= last and hash_of(connection, incarnation, pushed.last_n) == pushed.last_hash


def _keep(
    connection: Connection, incarnation: str, receipts: Sequence[Receipt]
) -> tuple[dict[str, None], bool]:
    """The subjects on which an entry does not simply count, as it did already, and whether the organisation
    is one."""
    if not receipts:
        return {}, False
    touched: dict[str, None] = {}
    rows, office = [], False
    span = (incarnation, receipts[0].n, receipts[-1].n)
    open_entries = {row[0]: row[1:] for row in scan(connection, _OPEN, span)}
    for receipt in receipts:
        if receipt.n not in open_entries:
            continue
        place, subject, outlook = open_entries[receipt.n]
        rows.append((place, receipt.stream, receipt.seq, receipt.verdict, receipt.ruling))
        if receipt.verdict != "applied" or outlook is not None:
            touched[subject] = None
        office |= not subject.startswith("case:")
    connection.executemany(tables.receipts.replace, rows)
    connection.executemany("DELETE FROM outlook WHERE entry = ?", [(row[0],) for row in rows])
    return touched, office


def resend(connection: Connection, reference: Reference, incarnation: str, last_n: int) -> Changed:
    """The centre has this life only up to ``last_n``: what comes after is unsent again."""
    known = chain(connection, incarnation)
    save_chain(connection, incarnation, msgspec.structs.replace(known, acked=min(known.acked, last_n)))
    sql = "SELECT r.entry, e.subject FROM receipts AS r JOIN entries AS e ON e.seq = r.entry WHERE"
    lost = list(connection.execute(f"{sql} e.incarnation = ? AND e.n > ?", (incarnation, last_n)))
    connection.executemany("DELETE FROM receipts WHERE entry = ?", [(place,) for place, _ in lost])
    subjects = dict.fromkeys(subject for _, subject in lost)
    office = any(not subject.startswith("case:") for subject in subjects)
    return rebase(connection, reference, subjects, office=office)


def begin_life(
    connection: Connection, identity: Identity, incarnation: str, keep: int, without: int = 0
) -> Identity:
    """Another life of this store, from behind entry ``keep`` of the one so far: what comes after is written
    again under it, but for entry ``without``. What was written stays in ``replaced``."""
    old = identity.incarnation
    last, _ = read_head(connection, old)
    known = chain(connection, old)
    keep = min(keep, last, known.acked)  # what was not received is written again: an id counts once
    renewed = msgspec.structs.replace(identity, incarnation=incarnation)
    n, prev = 0, GENESIS
    for place, old_n, body, old_hash in list(scan(connection, _FROM, (old, keep + 1, last))):
        if old_n == without:
            connection.execute(tables.replaced.replace, (old, old_n, old_hash, body))
            connection.execute("DELETE FROM entries WHERE seq = ?", (place,))
            continue
        n += 1
        entry = msgspec.structs.replace(open_body(body), incarnation=incarnation, n=n)
        sealed = seal(entry, prev)
        prev = sealed.hash
        _replace(connection, place, (old, old_n, old_hash, body), sealed.body, sealed.hash)
    connection.execute(tables.heads.replace, (old, keep, hash_of(connection, old, keep)))
    connection.execute(tables.heads.replace, (incarnation, n, prev))
    save_chain(connection, old, msgspec.structs.replace(known, acked=keep))
    save_chain(connection, incarnation, Chain(parent=old, parent_n=keep))
    keeping.change_identity(connection, renewed)
    return renewed


def _replace(
    connection: Connection, place: int, was: tuple[str, int, bytes, bytes], body: bytes, new_hash: bytes
) -> None:
    connection.execute(tables.replaced.replace, was)
    stored = first(connection, "SELECT * FROM entries WHERE seq = ?", (place,))
    assert stored is not None
    row = dict(zip(tables.entries.columns, stored, strict=True))
    entry = open_body(body)
    row |= {"incarnation": entry.incarnation, "n": entry.n, "body": body, "hash": new_hash}
    connection.execute("DELETE FROM entries WHERE seq = ?", (place,))
    connection.execute(tables.entries.insert, tuple(row[name] for name in tables.entries.columns))
    connection.execute("DELETE FROM lost WHERE entry = ?", (place,))
    connection.execute(
        "UPDATE seen SET incarnation = ?, n = ? WHERE incarnation = ? AND n = ?",
        (entry.incarnation, entry.n, was[0], was[1]),
    )
