"""One commit: entries and everything derived from them, all or nothing."""

from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from yekuo_desktop.domain import journal
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.entries import GENESIS, SCHEMA, Entry, Sealed, encode_payload, seal
from yekuo_desktop.domain.office_acts import apply_office, is_office
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.office.ports import Draft, Identity, Ids
from yekuo_desktop.store import derived, moments, tables
from yekuo_desktop.store.errors import Stale

CASE = "case:"
COLUMNS = ("id", "incarnation", "n", "act", "subject", "kind", "actor", "terminal")
decode_organisation = msgspec.json.Decoder(Organisation).decode
_C, _H = tables.cases.c, tables.heads.c
_CASE = select(tables.cases, tables.documents.c.content).join(
    tables.documents, tables.documents.c.place == _C.place
)
_CASE_BY_ID = _CASE.where(_C.id == bindparam("id"))
_CASE_BY_SOURCE = _CASE.where(_C.source == bindparam("source")).limit(1)
_HEAD = select(_H.n, _H.hash).where(_H.incarnation == bindparam("life"))
_LAST_SEQ = select(func.coalesce(func.max(tables.entries.c.seq), 0))
_ADD_ENTRIES = tables.entries.insert()


class Held(msgspec.Struct):
    """A case inside a commit: where it stands, its row and itself as last written, and as it is now."""

    place: int
    row: derived.Values | None
    before: Case | None
    now: Case


class StoreUnit:
    """An open write transaction. What it derives is written by ``flush``, once per case."""

    def __init__(self, connection: Connection, identity: Identity, reference: Reference, new_id: Ids) -> None:
        self._connection = connection
        self._identity = identity
        self._reference = reference
        self._new_id = new_id
        self._n, self._hash = read_head(connection, identity.incarnation)
        self._seq = int(connection.execute(_LAST_SEQ).scalar_one())
        self._held: dict[str, Held] = {}
        self._rows: list[dict[str, object]] = []
        self._organisation: Organisation | None = None
        self._office_changed = False

    def case(self, case_id: str) -> Case | None:
        """The case as this commit sees it."""
        held = self._hold(case_id)
        return held.now if held else None

    def _hold(self, case_id: str) -> Held | None:
        if case_id not in self._held:
            found = self._connection.execute(_CASE_BY_ID, {"id": case_id}).first()
            if found is None:
                return None
            case = derived.decode_case(found.content)
            self._held[case_id] = Held(found.place, dict(found._mapping), case, case)
        return self._held[case_id]

    def organisation(self) -> Organisation:
        """The organisation as this commit sees it."""
        if self._organisation is None:
            self._organisation = read_organisation(self._connection)
        return self._organisation

    def accepted_source(self, source: str) -> Case | None:
        """The case accepted from that list row."""
        if not source:
            return None
        fresh = next((held.now for held in self._held.values() if held.now.source == source), None)
        return fresh or read_case(self._connection, _CASE_BY_SOURCE, source=source)

    def next_serial(self, counter: str) -> int:
        """The next number of a counter; it goes back only with the whole commit."""
        return int(self._connection.execute(_NEXT_SERIAL, {"name": counter}).scalar_one())

    def append(self, draft: Draft, case: Case | None = None) -> Entry:
        """Put one entry behind the last one and fold it into its case or the organisation."""
        if case is not None:
            self._check_fresh(draft.subject, case)
        sealed = seal(self._entry(draft), self._hash)
        self._fold(sealed.entry)
        self._n, self._hash, self._seq = sealed.entry.n, sealed.hash, self._seq + 1
        self._rows.append({"seq": self._seq, **row(sealed)})
        return sealed.entry

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
            n=self._n + 1,
            subject=draft.subject,
            kind=draft.kind,
            actor=draft.actor,
            stated=draft.stated,
            recorded=draft.recorded,
            schema=SCHEMA,
            payload=encode_payload(draft.payload),
        )

    def _fold(self, entry: Entry) -> None:
        if is_office(entry):
            self._organisation = apply_office(self.organisation(), entry)
            self._office_changed = True
        elif entry.subject.startswith(CASE):
            self._fold_case(entry.subject.removeprefix(CASE), entry)

    def _fold_case(self, case_id: str, entry: Entry) -> None:
        held = self._hold(case_id)
        if held is None:
            self._held[case_id] = Held(self._seq + 1, None, None, journal.apply(None, entry))
        else:
            held.now = journal.apply(held.now, entry)

    def flush(self) -> None:
        """Write the entries, the head of the chain and all that changed, before the commit."""
        if not self._rows:
            return
        self._connection.execute(_ADD_ENTRIES, self._rows)
        life = {"incarnation": self._identity.incarnation, "n": self._n, "hash": self._hash}
        self._connection.execute(_SAVE_HEAD, life)
        if self._office_changed:
            save_organisation(self._connection, self.organisation())
        for held in self._held.values():
            if held.now is not held.before:
                self._derive(held)
        self._rows = []

    def _derive(self, held: Held) -> None:
        meant = derived.derive(held.now, held.place, self._reference)
        derived.save(self._connection, held.row, held.before, meant)
        held.row, held.before = meant.case, held.now


def row(sealed: Sealed) -> dict[str, object]:
    """The columns of an entry; the body is the truth, the rest is for finding it."""
    return {**columns(sealed.entry), "body": sealed.body, "hash": sealed.hash}


def columns(entry: Entry) -> dict[str, object]:
    """What stands beside the body of an entry."""
    return {
        **{name: getattr(entry, name) for name in COLUMNS},
        "stated": moments.text(entry.stated),
        "recorded": moments.text(entry.recorded),
    }


def read_case(connection: Connection, statement: Any, **values: str) -> Case | None:
    """The first case a statement finds."""
    found = connection.execute(statement, values).first()
    return derived.decode_case(found.content) if found is not None else None


def case_by_id(connection: Connection, case_id: str) -> Case | None:
    """A case by its id."""
    return read_case(connection, _CASE_BY_ID, id=case_id)


def read_organisation(connection: Connection) -> Organisation:
    """The organisation; an empty one before the first entry."""
    content = connection.execute(_ORGANISATION).scalar()
    return decode_organisation(content) if content is not None else Organisation()


def save_organisation(connection: Connection, organisation: Organisation) -> None:
    """Replace the folded organisation."""
    connection.execute(_SAVE_ORGANISATION, {"one": 1, "content": derived.encode(organisation)})


def read_head(connection: Connection, incarnation: str) -> tuple[int, bytes]:
    """Number and hash of the last entry of a life of the store."""
    head = connection.execute(_HEAD, {"life": incarnation}).first()
    return (head.n, head.hash) if head else (0, GENESIS)


def _next_serial() -> Any:
    table = tables.counters
    statement = upsert(table).values(name=bindparam("name"), value=1)
    statement = statement.on_conflict_do_update(index_elements=["name"], set_={"value": table.c.value + 1})
    return statement.returning(table.c.value)


_NEXT_SERIAL = _next_serial()
_ORGANISATION = select(tables.organisation.c.content)
_SAVE_ORGANISATION = derived.replacing(tables.organisation, "one")
_SAVE_HEAD = derived.replacing(tables.heads, "incarnation")
