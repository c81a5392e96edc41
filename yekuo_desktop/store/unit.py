"""One commit: entries and everything derived from them, all or nothing."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from operator import attrgetter
from typing import Any

import msgspec
from msgspec.structs import replace

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.entries import GENESIS, SCHEMA, Entry, encode_payload, seal
from yekuo_desktop.domain.office_acts import apply_office, is_office
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.office.ports import Draft, Identity, Ids
from yekuo_desktop.runtime.later import later
from yekuo_desktop.store import derived, moments, queries, tables
from yekuo_desktop.store.engine import Connection, first, scalar, scan
from yekuo_desktop.store.errors import Stale

with later():
    from yekuo_desktop.domain import journal

CASE = "case:"
COLUMNS = ("id", "incarnation", "n", "act", "subject", "kind", "actor", "terminal")
_AS_THEY_ARE = attrgetter(*COLUMNS)
_CASE = f"SELECT {', '.join(f'c.{name}' for name in tables.cases.columns)}, d.content FROM cases AS c"
_CASE_BY_ID = f"{_CASE} JOIN documents AS d ON d.place = c.place WHERE c.id = ?"
_BY_SOURCE = "SELECT c.source, d.content FROM cases AS c JOIN documents AS d ON d.place = c.place"
MANY = 500  # sources of one question
_LAST_SEQ = "SELECT coalesce(max(seq), 0) FROM entries"
_HEAD = "SELECT n, hash FROM heads WHERE incarnation = ?"
_CURSORS = "SELECT name, seq FROM streams"
_HOME = "SELECT stream FROM log WHERE subject = ? GROUP BY stream ORDER BY count(*) DESC, stream DESC LIMIT 1"
_COUNTER = "SELECT value FROM counters WHERE name = ?"


class Held(msgspec.Struct, frozen=True):
    """A case inside a commit: where it stands, its row and itself as last written, and as it is now."""

    place: int
    row: derived.Values | None
    before: Case | None
    now: Case


Undo = tuple[dict[str, Any], str, Any]  # a table, a key of it, and what stood there; None for nothing


class Written(msgspec.Struct):
    """What a commit has come to so far; nothing of it is in the file before ``flush``."""

    n: int
    hash: bytes
    seq: int
    held: dict[str, Held]
    rows: list[tuple[Any, ...]]
    seen: list[tuple[str, int, int]]  # how far the stream of its subject was read when an entry was written
    serials: dict[str, int]
    organisation: Organisation | None = None
    office_changed: bool = False

    undo: list[Undo] | None = None  # while an attempt is made: what it has changed so far

    def put(self, table: dict[str, Any], key: str, value: Any) -> None:
        """Set something of a case or a counter."""
        if self.undo is not None:
            self.undo.append((table, key, table.get(key)))
        table[key] = value


class StoreUnit:
    """An open write transaction. What it derives is written by ``flush``, once per case."""

    def __init__(self, connection: Connection, identity: Identity, reference: Reference, new_id: Ids) -> None:
        self._connection = connection
        self._identity = identity
        self._reference = reference
        self._new_id = new_id
        self._absent: set[str] = set()  # nobody else writes while this unit is open
        n, last = read_head(connection, identity.incarnation)
        self._written = Written(n, last, int(scalar(connection, _LAST_SEQ)), {}, [], [], {})
        self._cursors = dict(connection.execute(_CURSORS).fetchall())

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """One act among several of a commit: when it raises, it alone leaves no trace."""
        written = self._written
        before, rows, seen, around = copy(written), len(written.rows), len(written.seen), written.undo
        changed: list[Undo] = []
        written.undo = changed
        try:
            yield
        except BaseException:
            _take_back(changed)
            del before.rows[rows:], before.seen[seen:]
            self._written = before
            raise
        self._written.undo = around
        if around is not None:
            around += changed

    def case(self, case_id: str) -> Case | None:
        """The case as this commit sees it."""
        held = self._hold(case_id)
        return held.now if held else None

    def _hold(self, case_id: str) -> Held | None:
        cases = self._written.held
        if case_id not in cases:
            found = None if case_id in self._absent else first(self._connection, _CASE_BY_ID, (case_id,))
            if found is None:
                self._absent.add(case_id)
                return None
            row = dict(zip(tables.cases.columns, found, strict=False))
            case = derived.decode_case(found[-1])
            cases[case_id] = Held(row["place"], row, case, case)
        return cases[case_id]

    def organisation(self) -> Organisation:
        """The organisation as this commit sees it."""
        if self._written.organisation is None:
            self._written.organisation = queries.organisation(self._connection)
        return self._written.organisation

    def new_case(self) -> str:
        """The id of a case that is to begin in this commit: nobody has to look whether it is there."""
        case_id = self._new_id()
        self._absent.add(case_id)
        return case_id

    def accepted_sources(self, sources: Sequence[str]) -> dict[str, Case]:
        """The cases accepted from these list rows in earlier commits, by row; of several the first."""
        found: dict[str, Case] = {}
        for at in range(0, len(sources), MANY):
            some = sources[at : at + MANY]
            places = ", ".join("?" for _ in some)
            sql = f"{_BY_SOURCE} WHERE c.source IN ({places}) ORDER BY c.place DESC"
            rows = scan(self._connection, sql, some)
            found.update((source, derived.decode_case(content)) for source, content in rows if source)
        return found

    def next_serial(self, counter: str) -> int:
        """The next number of a counter; it goes back with the commit, or with the attempt."""
        serials = self._written.serials
        last = serials.get(counter)
        if last is None:
            last = int(scalar(self._connection, _COUNTER, (counter,)) or 0)
        self._written.put(serials, counter, last + 1)
        return last + 1

    def append(self, draft: Draft, case: Case | None = None) -> Entry:
        """Put one entry behind the last one and fold it into its case or the organisation."""
        if case is not None:
            self._check_fresh(draft.subject, case)
        written = self._written
        sealed = seal(self._entry(draft), written.hash)
        self._fold(sealed.entry, draft.payload)
        written.n, written.hash, written.seq = sealed.entry.n, sealed.hash, written.seq + 1
        if self._cursors:
            self._note_seen(sealed.entry)
        written.rows.append((written.seq, *_columns(sealed.entry), sealed.body, sealed.hash))
        return sealed.entry

    def _note_seen(self, entry: Entry) -> None:
        """So that the centre can tell what the author had before him."""
        known = scalar(self._connection, _HOME, (entry.subject,))
        home = known or ("office" if is_office(entry) else f"station:{self._identity.station}")
        if self._cursors.get(home):
            self._written.seen.append((entry.incarnation, entry.n, self._cursors[home]))

    def _check_fresh(self, subject: str, case: Case) -> None:
        held = self._hold(case.id)
        if subject != CASE + case.id or held is None or held.now.rev != case.rev:
            raise Stale("这件业务刚被改动,请刷新后再办")

    def _entry(self, draft: Draft) -> Entry:
        identity = self._identity
        return Entry(
            id=self._new_id(),
            act=draft.act,
            org=identity.org,
            station=identity.station,
            terminal=identity.terminal,
            device=identity.device,
            incarnation=identity.incarnation,
            n=self._written.n + 1,
            subject=draft.subject,
            kind=draft.kind,
            actor=draft.actor,
            stated=draft.stated,
            recorded=draft.recorded,
            schema=SCHEMA,
            payload=encode_payload(draft.payload),
        )

    def _fold(self, entry: Entry, payload: msgspec.Struct) -> None:
        if is_office(entry):
            self._written.organisation = apply_office(self.organisation(), entry)
            self._written.office_changed = True
        elif entry.subject.startswith(CASE):
            self._fold_case(entry.subject.removeprefix(CASE), entry, payload)

    def _fold_case(self, case_id: str, entry: Entry, payload: msgspec.Struct) -> None:
        held = self._hold(case_id)
        if held is None:
            case = journal.apply(None, entry, payload)
            held = Held(self._written.seq + 1, None, None, case)
        else:
            held = replace(held, now=journal.apply(held.now, entry, payload))
        self._written.put(self._written.held, case_id, held)

    def flush(self) -> None:
        """Write the entries, the head of the chain and all that changed, before the commit."""
        written, connection = self._written, self._connection
        connection.executemany(tables.counters.replace, written.serials.items())
        if not written.rows:
            return
        connection.executemany(tables.entries.insert, written.rows)
        connection.executemany(tables.seen.insert, written.seen)
        connection.execute(tables.heads.replace, (self._identity.incarnation, written.n, written.hash))
        if written.office_changed:
            save_organisation(connection, self.organisation())
        self._save_cases()

    def _save_cases(self) -> None:
        """New cases in bulk, the others each where it changed."""
        new = []
        for held in self._written.held.values():
            if held.now is held.before:
                continue
            meant = derived.derive(held.now, held.place, self._reference)
            if held.row is None or held.before is None:
                new.append(meant)
            else:
                derived.update(self._connection, held.row, held.before, meant)
        derived.save_many(self._connection, new)


def _take_back(changed: Sequence[Undo]) -> None:
    for table, key, before in reversed(changed):
        if before is None:
            del table[key]
        else:
            table[key] = before


def columns(entry: Entry) -> dict[str, object]:
    """What stands beside the body of an entry."""
    return dict(zip((*COLUMNS, "stated", "recorded"), _columns(entry), strict=True))


def _columns(entry: Entry) -> tuple[object, ...]:
    return (*_AS_THEY_ARE(entry), moments.text(entry.stated), moments.text(entry.recorded))


def read_case(connection: Connection, sql: str, value: str) -> Case | None:
    """The first case a question finds."""
    found = first(connection, sql, (value,))
    return derived.decode_case(found[-1]) if found is not None else None


def case_by_id(connection: Connection, case_id: str) -> Case | None:
    """A case by its id."""
    return read_case(connection, _CASE_BY_ID, case_id)


def save_organisation(connection: Connection, organisation: Organisation) -> None:
    """Replace the folded organisation."""
    connection.execute(tables.organisation.replace, (1, derived.encode(organisation)))


def read_head(connection: Connection, incarnation: str) -> tuple[int, bytes]:
    """Number and hash of the last entry of a life of the store."""
    head = first(connection, _HEAD, (incarnation,))
    return (head[0], head[1]) if head else (0, GENESIS)
