"""Reading a stream of the centre: a page is checked whole and kept with its cursor in one commit, or not."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from yekuo_desktop.domain.entries import Entry, link, open_body
from yekuo_desktop.domain.office_acts import OFFICE_ACTS, is_office
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.office.ports import Identity, StoreTrouble
from yekuo_desktop.office.sync_ports import Centre
from yekuo_desktop.protocol import chain, signing
from yekuo_desktop.protocol.pulling import Head, Page, Row
from yekuo_desktop.store import keeping, moments, tables, witnessing
from yekuo_desktop.store.engine import Connection, first, scalar, scalars, scan
from yekuo_desktop.store.lines import MANY
from yekuo_desktop.store.rebase import Changed, rebase
from yekuo_desktop.store.signing import verifies
from yekuo_desktop.store.unit import columns

UNREADABLE = "unreadable"
FEW_GONE, MOST_GONE, SHARE_GONE = 5, 200, 0.2  # cases out of view at once (protocol/README.md 5.2)
GONE = "gone_so_far"  # setting: cases that a pull has taken out of view so far
_THERE = "SELECT seq, hash, subject, kind FROM entries WHERE incarnation = ? AND n = ?"
_LAST = "SELECT coalesce(max(n), 0) FROM entries WHERE incarnation = ?"
_OURS = (
    "SELECT e.n, e.seq, e.hash, e.subject, e.kind, r.stream, r.verdict, r.ruling FROM entries AS e"
    " LEFT JOIN receipts AS r ON r.entry = e.seq WHERE e.incarnation = ? AND e.n >= ? AND e.n <= ?"
)
_ELSEWHERE = "SELECT DISTINCT subject FROM log WHERE stream != ? AND subject IN (%s)"


class BadPage(StoreTrouble):
    """What came is not what the centre signed, or not what was asked for."""


class TooMuchGone(StoreTrouble):
    """A page would take many cases out of view: a person is asked first."""

    asks_a_person = True


class _Known(NamedTuple):
    """An entry of the page in our journal. ``prev``: b"" where it was here already."""

    place: int
    hash: bytes
    subject: str
    office: bool
    prev: bytes
    fresh: tuple[Any, ...] | None = None
    told: bool = False  # a receipt said the same already: what it makes of its case stands


class Reading:
    """One page on its way into the store, inside the caller's commit."""

    def __init__(
        self, connection: Connection, identity: Identity, reference: Reference, centre: Centre
    ) -> None:
        self._connection = connection
        self._identity = identity
        self._reference = reference
        self._centre = centre
        self.fresh: list[Entry] = []  # that were not here before
        self._lasts: dict[str, int] = {}
        self._next = int(scalar(connection, "SELECT coalesce(max(seq), 0) FROM entries")) + 1

    def apply(self, page: Page, now: datetime) -> Changed:
        """Keep the lines that are new, and what they make of their cases."""
        known = self.keep(page, now)
        return self._fold(page, known) if known else Changed()

    def keep(self, page: Page, now: datetime) -> Sequence["_Known"]:
        """Keep the lines that are new; who calls this folds afterwards."""
        head = page.head
        seq, last = cursor(self._connection, self._identity.org, head.stream)
        self._check(page, seq)
        if head.seq < seq:  # all of it has been read
            return ()
        rows = [row for row in page.rows if row.seq > seq]
        known = self._known(rows, head.stream)
        hashes = list(_chained(last, rows, known))
        if (hashes[-1] if hashes else last) != head.hash:
            raise BadPage(f"{head.stream} 的内容与中心签名不符,这一页没有采用")
        self._keep(head.stream, rows, known, hashes)
        save_cursor(self._connection, page, now)
        witnessing.keep(self._connection, head)
        return known

    def _check(self, page: Page, seq: int) -> None:
        head, rows = page.head, page.rows
        if head.org != self._identity.org or not verifies(
            self._centre.server, head.signature, signing.head(head)
        ):
            raise BadPage(f"{head.stream} 的中心签名不符,这一页没有采用")
        begin = rows[0].seq if rows else head.seq + 1
        if begin > seq + 1 or [row.seq for row in rows] != list(range(begin, head.seq + 1)):
            raise BadPage(f"{head.stream} 缺行,这一页没有采用")

    def _known(self, rows: Sequence[Row], stream: str) -> list[_Known]:
        fresh: dict[tuple[str, int], _Known] = {}
        ours = self._ours([row.mine for row in rows if row.mine])
        return [self._mine(row, stream, ours) if row.mine else self._one(row, fresh) for row in rows]

    def _ours(self, numbers: Sequence[int]) -> dict[int, tuple[Any, ...]]:
        """Our entries of a page, with the receipt of each."""
        if not numbers:
            return {}
        span = (self._identity.incarnation, min(numbers), max(numbers))
        return {row[0]: row[1:] for row in scan(self._connection, _OURS, span)}

    def _mine(self, row: Row, stream: str, ours: Mapping[int, tuple[Any, ...]]) -> _Known:
        if row.mine not in ours:
            raise BadPage(f"中心说第 {row.mine} 条是本机登记的,本机没有")
        place, entry_hash, subject, kind, *receipt = ours[row.mine]
        told = receipt == [stream, row.verdict, row.ruling]
        return _Known(place, entry_hash, subject, _office(kind), b"", told=told)

    def _one(self, row: Row, fresh: dict[tuple[str, int], _Known]) -> _Known:
        body, entry = row.body.encode(), _entry(row)
        whose = (entry.incarnation, entry.n) if entry else (UNREADABLE, self._next)
        entry_hash = link(row.prev, body)
        found = first(self._connection, _THERE, whose) if whose[1] <= self._last(whose[0]) else None
        if found is not None:
            if found[1] != entry_hash:
                raise BadPage(f"第 {whose[1]} 条与本机所存不同,这一页没有采用")
            return _Known(found[0], found[1], found[2], _office(found[3]), self._kept_prev(found[0]))
        if whose in fresh:
            return fresh[whose]._replace(fresh=None)
        if entry is not None:
            self.fresh.append(entry)
        beside = columns(entry) if entry else _unreadable(self._next)
        new = (self._next, *beside.values(), body, entry_hash)
        subject = entry.subject if entry else ""
        fresh[whose] = _Known(
            self._next, entry_hash, subject, entry is not None and is_office(entry), row.prev, new
        )
        self._next += 1
        return fresh[whose]

    def _last(self, incarnation: str) -> int:
        """The last entry of a life that was here before this page."""
        if incarnation not in self._lasts:
            self._lasts[incarnation] = int(scalar(self._connection, _LAST, (incarnation,)))
        return self._lasts[incarnation]

    def _kept_prev(self, place: int) -> bytes:
        """Of somebody else's entry the hash before it is kept with every line of it."""
        for table in (tables.log, tables.lost):
            found = scalar(
                self._connection, f"SELECT prev FROM {table.name} WHERE entry = ? LIMIT 1", (place,)
            )
            if found:
                return bytes(found)
        return b""

    def _keep(self, stream: str, rows: Sequence[Row], known: Sequence[_Known], hashes: list[bytes]) -> None:
        connection = self._connection
        connection.executemany(tables.entries.insert, [each.fresh for each in known if each.fresh])
        connection.executemany(
            tables.log.insert,
            [
                (
                    *(stream, row.seq, each.place, each.subject, row.received, row.verdict, row.ruling),
                    *(row.origin, each.prev, row.signature, after),
                )
                for row, each, after in zip(rows, known, hashes, strict=True)
            ],
        )
        places = [(each.place,) for each in known]
        for table in (tables.receipts, tables.outlook, tables.lost):
            connection.executemany(f"DELETE FROM {table.name} WHERE entry = ?", places)
        mine = max((row.mine for row in rows), default=0)
        if mine:
            sql = "UPDATE chains SET acked = ? WHERE incarnation = ? AND acked < ?"
            connection.execute(sql, (mine, self._identity.incarnation, mine))

    def _otherwise(self, stream: str, known: Sequence[_Known]) -> list[str]:
        """The subjects of which a page says more than our receipts said. One with lines of two streams may
        live in another of them now."""
        news = dict.fromkeys(each.subject for each in known if not each.told)
        told = list(dict.fromkeys(each.subject for each in known if each.subject not in news))
        for at in range(0, len(told), MANY):
            some = told[at : at + MANY]
            sql = _ELSEWHERE % ", ".join("?" for _ in some)
            news.update(dict.fromkeys(scalars(self._connection, sql, (stream, *some))))
        return list(news)

    def _fold(self, page: Page, known: Sequence[_Known]) -> Changed:
        head = page.head
        subjects = self._otherwise(head.stream, known)
        before = int(scalar(self._connection, "SELECT count(*) FROM cases"))
        office = any(each.office for each in known)
        changed = rebase(self._connection, self._reference, subjects, office=office)
        self._check_gone(len(changed.gone), before, done=head.seq >= page.upto)
        return changed

    def _check_gone(self, gone: int, before: int, *, done: bool) -> None:
        """A pull is counted as a whole, over all its pages and contacts, until it has come to its end."""
        so_far = int(keeping.setting(self._connection, GONE, "0"))
        total = so_far + gone
        many = total > MOST_GONE or (total > FEW_GONE and total > SHARE_GONE * (before + so_far))
        if many and gone and not self._centre.allowed:
            raise TooMuchGone(f"中心的更新会使 {total} 件业务不再可见,请核对后再继续")
        if total:
            keeping.save_setting(self._connection, GONE, "0" if done else str(total))


def _entry(row: Row) -> Entry | None:
    try:
        return open_body(row.body.encode())
    except (msgspec.MsgspecError, ValueError):
        return None


def _unreadable(n: int) -> dict[str, Any]:
    """What stands beside a body that is no entry: the centre holds it, and so do we."""
    texts = dict.fromkeys(("act", "subject", "kind", "actor", "terminal", "stated", "recorded"), "")
    return {"id": f"{UNREADABLE}:{n}", "incarnation": UNREADABLE, "n": n, **texts, "kind": UNREADABLE}


def _office(kind: str) -> bool:
    return kind in OFFICE_ACTS


def _chained(last: bytes, rows: Sequence[Row], known: Sequence[_Known]) -> Iterator[bytes]:
    for row, each in zip(rows, known, strict=True):
        last = chain.link(last, each.hash, row)
        yield last


def cursor(connection: Connection, org: str, stream: str) -> tuple[int, bytes]:
    """Up to where a stream was read, and its hash there."""
    seq = int(scalar(connection, "SELECT seq FROM streams WHERE name = ?", (stream,)) or 0)
    return seq, witnessing.position(connection, org, stream, seq) or b""


def save_cursor(connection: Connection, page: Page, now: datetime) -> None:
    """How far the stream was read; complete as of now when that is its end."""
    head = page.head
    complete = moments.text(now) if head.seq >= page.upto else _complete(connection, head.stream)
    row = (head.stream, head.seq, msgspec.json.encode(head), page.upto, "open", complete)
    connection.execute(tables.streams.replace, row)


def _complete(connection: Connection, stream: str) -> str:
    return str(scalar(connection, "SELECT complete FROM streams WHERE name = ?", (stream,)) or "")


def rewind(connection: Connection, reference: Reference, head: Head | None, stream: str, seq: int) -> Changed:
    """What lies behind ``seq`` is not part of the stream any more: unconfirmed, and kept to be brought back.
    ``head``: a witness of that place, None when there is none (then reading starts at the place itself)."""
    behind = "FROM log WHERE stream = ? AND seq > ?"
    found = list(connection.execute(f"SELECT DISTINCT subject, entry {behind}", (stream, seq)))
    connection.execute(
        f"INSERT OR REPLACE INTO lost (stream, seq, entry, prev, signature)"
        f" SELECT stream, seq, entry, prev, signature {behind}",
        (stream, seq),
    )
    connection.execute(f"DELETE {behind}", (stream, seq))
    if head is None:
        connection.execute("DELETE FROM streams WHERE name = ?", (stream,))
    else:
        row = (stream, seq, msgspec.json.encode(head), seq, "open", "")
        connection.execute(tables.streams.replace, row)
    return rebase(connection, reference, dict.fromkeys(s for s, _ in found), office=stream == "office")
