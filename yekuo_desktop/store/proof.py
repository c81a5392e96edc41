"""Proving the store, and making everything derived anew from the journal."""

from collections.abc import Callable, Iterator

import msgspec
from sqlalchemy import Connection, delete, select, text

from yekuo_desktop.domain import journal
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.entries import Entry, Fault, check_chain, open_body
from yekuo_desktop.domain.office_acts import apply_office, is_office
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.store import derived, moments, tables
from yekuo_desktop.store.blobs import Blobs
from yekuo_desktop.store.unit import COLUMNS, read_head, read_organisation, save_organisation

BATCH = 500
MEND = ",请运行 yekuo rebuild"
Progress = Callable[[int], bool]


def verify(connection: Connection, reference: Reference, blobs: Blobs) -> Iterator[Fault]:
    """Chains, columns, folds, derived tables and files; the journal's own faults come first."""
    broken = list(_chains(connection))
    yield from broken
    if broken:
        return  # a fold of a broken journal would only repeat the news
    yield from _columns(connection)
    yield from _derived(connection, reference, blobs)


def _chains(connection: Connection) -> Iterator[Fault]:
    entry = tables.entries.c
    lives = set(connection.execute(select(entry.incarnation).distinct()).scalars())
    lives |= set(connection.execute(select(tables.heads.c.incarnation)).scalars())
    for life in sorted(lives):
        rows = connection.execute(
            select(entry.n, entry.body, entry.hash).where(entry.incarnation == life).order_by(entry.n)
        ).yield_per(BATCH)
        yield from check_chain(((r.n, r.body, r.hash) for r in rows), read_head(connection, life))


def _columns(connection: Connection) -> Iterator[Fault]:
    for row in connection.execute(select(tables.entries).order_by(tables.entries.c.seq)).yield_per(BATCH):
        entry = open_body(row.body)
        stored = (*(getattr(row, name) for name in COLUMNS), row.stated, row.recorded)
        meant = (
            *(getattr(entry, name) for name in COLUMNS),
            moments.text(entry.stated),
            moments.text(entry.recorded),
        )
        if stored != meant:
            yield Fault(entry.n, entry.id, "流水的索引栏与内容不符")


def folds(connection: Connection) -> tuple[Organisation, dict[str, Case], dict[str, Entry], int]:
    """Organisation, cases, the last entry of each case, and the number of entries read."""
    organisation, read = Organisation(), 0
    cases: dict[str, Case] = {}
    last: dict[str, Entry] = {}
    bodies = connection.execute(select(tables.entries.c.body).order_by(tables.entries.c.seq)).yield_per(BATCH)
    for body in bodies.scalars():
        entry, read = open_body(body), read + 1
        if is_office(entry):
            organisation = apply_office(organisation, entry)
        else:
            case_id = entry.subject.partition(":")[2]
            cases[case_id] = journal.apply(cases.get(case_id), entry)
            last[case_id] = entry
    return organisation, cases, last, read


def _derived(connection: Connection, reference: Reference, blobs: Blobs) -> Iterator[Fault]:
    organisation, cases, last, _ = folds(connection)
    if organisation != read_organisation(connection):
        yield Fault(0, "", "机构与人员资料与流水不符,请运行 yekuo rebuild")
    stored = {row.id: row for row in connection.execute(select(tables.cases))}
    found = set(connection.execute(text("SELECT rowid FROM search")).scalars())
    for case_id, case in cases.items():
        entry, row = last[case_id], stored.pop(case_id, None)
        if row is None or not _same(connection, derived.derive(case, reference), row._mapping):
            yield Fault(entry.n, entry.id, f"业务 {case.number or case_id} 的派生数据与流水不符{MEND}")
        elif row.place not in found:
            yield Fault(entry.n, entry.id, f"业务 {case.number or case_id} 不在查找索引里{MEND}")
        yield from _files(case, entry, blobs)
    for case_id in stored:
        yield Fault(0, "", f"业务 {case_id} 没有对应的流水,请运行 yekuo rebuild")


def _same(connection: Connection, meant: derived.Derived, row: object) -> bool:
    stored = {name: value for name, value in dict(row).items() if name != "place"}  # type: ignore[call-overload]
    case_id = meant.case["id"]
    return stored == meant.case and all(
        _rows(connection, table, case_id) == sorted(map(msgspec.json.encode, parts))
        for table, parts in ((tables.limits, meant.limits), (tables.sheets, meant.sheets))
    )


def _rows(connection: Connection, table: object, case_id: str) -> list[bytes]:
    found = connection.execute(select(table).where(table.c.case_id == case_id))  # type: ignore[call-overload,attr-defined]
    return sorted(msgspec.json.encode(dict(row._mapping)) for row in found)


def _files(case: Case, entry: Entry, blobs: Blobs) -> Iterator[Fault]:
    for file in case.attachments:
        if blobs.get(file.sha256) is None:
            yield Fault(entry.n, entry.id, f"业务 {case.number or case.id} 的附件 {file.name} 缺失或已损坏")


def rebuild(connection: Connection, reference: Reference, progress: Progress | None = None) -> int:
    """Empty everything derived and fold it anew, in the caller's transaction."""
    organisation, cases, _, read = folds(connection)
    for table in tables.DERIVED:
        connection.execute(delete(table))
    connection.execute(text("INSERT INTO search(search) VALUES ('delete-all')"))
    save_organisation(connection, organisation)
    batch: list[derived.Derived] = []
    place = 1
    for case in cases.values():
        batch.append(derived.derive(case, reference))
        if len(batch) == BATCH:
            derived.save_many(connection, batch, place)
            place += len(batch)
            batch = []
            if progress:
                progress(place)
    derived.save_many(connection, batch, place)
    return read
