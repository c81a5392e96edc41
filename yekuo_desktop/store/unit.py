"""One commit: entries and everything derived from them, all or nothing."""

import msgspec
from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from yekuo_desktop.domain import journal
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.entries import GENESIS, SCHEMA, Entry, Sealed, encode_payload, seal
from yekuo_desktop.domain.office_acts import apply_office, is_office
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.office.ports import Draft, Identity, Ids
from yekuo_desktop.store import derived, moments, tables

decode_organisation = msgspec.json.Decoder(Organisation).decode
COLUMNS = ("id", "incarnation", "n", "act", "subject", "kind", "actor", "terminal")


class StoreUnit:
    """An open write transaction."""

    def __init__(self, connection: Connection, identity: Identity, reference: Reference, new_id: Ids) -> None:
        self._connection = connection
        self._identity = identity
        self._reference = reference
        self._new_id = new_id
        self._cases: dict[str, Case | None] = {}

    def case(self, case_id: str) -> Case | None:
        """The case as this commit sees it."""
        if case_id not in self._cases:
            self._cases[case_id] = read_case(self._connection, tables.cases.c.id == case_id)
        return self._cases[case_id]

    def organisation(self) -> Organisation:
        """The organisation as this commit sees it."""
        return read_organisation(self._connection)

    def accepted_source(self, source: str) -> Case | None:
        """The case accepted from that list row."""
        return read_case(self._connection, tables.cases.c.source == source) if source else None

    def next_serial(self, counter: str) -> int:
        """The next number of a counter; it goes back only with the whole commit."""
        table = tables.counters
        statement = upsert(table).values(name=counter, value=1)
        statement = statement.on_conflict_do_update(
            index_elements=["name"], set_={"value": table.c.value + 1}
        )
        return int(self._connection.execute(statement.returning(table.c.value)).scalar_one())

    def append(self, draft: Draft, case: Case | None = None) -> Entry:
        """Write one entry behind the last one and refresh what is derived from it."""
        n, prev = self._head()
        sealed = seal(self._entry(draft, n + 1), prev)
        self._connection.execute(tables.entries.insert(), row(sealed))
        self._set_head(sealed)
        if is_office(sealed.entry):
            self._save_organisation(sealed.entry)
        else:
            self._save_case(case, sealed.entry)
        return sealed.entry

    def _entry(self, draft: Draft, n: int) -> Entry:
        identity = self._identity
        return Entry(
            id=self._new_id(),
            act=draft.act,
            org=identity.org,
            station=identity.station,
            terminal=identity.terminal,
            device=identity.device,
            incarnation=identity.incarnation,
            n=n,
            subject=draft.subject,
            kind=draft.kind,
            actor=draft.actor,
            stated=draft.stated,
            recorded=draft.recorded,
            schema=SCHEMA,
            payload=encode_payload(draft.payload),
        )

    def _head(self) -> tuple[int, bytes]:
        return read_head(self._connection, self._identity.incarnation)

    def _set_head(self, sealed: Sealed) -> None:
        values = {"n": sealed.entry.n, "hash": sealed.hash}
        statement = upsert(tables.heads).values(incarnation=sealed.entry.incarnation, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["incarnation"], set_=values))

    def _save_organisation(self, entry: Entry) -> None:
        save_organisation(self._connection, apply_office(self.organisation(), entry))

    def _save_case(self, case: Case | None, entry: Entry) -> None:
        after = journal.apply(case, entry)
        self._cases[after.id] = after
        derived.save(self._connection, derived.derive(after, self._reference))


def row(sealed: Sealed) -> dict[str, object]:
    """The columns of an entry; the body is the truth, the rest is for finding it."""
    entry = sealed.entry
    return {
        **{name: getattr(entry, name) for name in COLUMNS},
        "stated": moments.text(entry.stated),
        "recorded": moments.text(entry.recorded),
        "body": sealed.body,
        "hash": sealed.hash,
    }


def read_case(connection: Connection, where: object) -> Case | None:
    """The first case that fulfils a condition."""
    content = connection.execute(select(tables.cases.c.content).where(where).limit(1)).scalar()  # type: ignore[arg-type]
    return derived.decode_case(content) if content is not None else None


def read_organisation(connection: Connection) -> Organisation:
    """The organisation; an empty one before the first entry."""
    content = connection.execute(select(tables.organisation.c.content)).scalar()
    return decode_organisation(content) if content is not None else Organisation()


def save_organisation(connection: Connection, organisation: Organisation) -> None:
    """Replace the folded organisation."""
    content = derived.encode(organisation)
    statement = upsert(tables.organisation).values(one=1, content=content)
    connection.execute(statement.on_conflict_do_update(index_elements=["one"], set_={"content": content}))


def read_head(connection: Connection, incarnation: str) -> tuple[int, bytes]:
    """Number and hash of the last entry of a life of the store."""
    head = connection.execute(
        select(tables.heads.c.n, tables.heads.c.hash).where(tables.heads.c.incarnation == incarnation)
    ).first()
    return (head.n, head.hash) if head else (0, GENESIS)


def entry_count(connection: Connection) -> int:
    """How many entries the journal has."""
    return int(connection.execute(select(func.count()).select_from(tables.entries)).scalar_one())
