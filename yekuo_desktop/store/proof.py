"""Proving the store: the journal against its chain, everything derived against the journal."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.entries import Entry, Fault, check_chain, open_body
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.store import queries, tables, witnessing
from yekuo_desktop.store.attached import spoken_of
from yekuo_desktop.store.blobs import Blobs
from yekuo_desktop.store.derived import OF_CASE, Derived, derive
from yekuo_desktop.store.engine import Connection, scalar, scalars, scan
from yekuo_desktop.store.folding import BATCH, Broken, Folded, batches, fold_office_entries, folded_cases
from yekuo_desktop.store.pages import UNREADABLE
from yekuo_desktop.store.tables import Table
from yekuo_desktop.store.unit import COLUMNS, columns, read_head

BESIDE = f"SELECT {', '.join(COLUMNS)}, stated, recorded, body FROM entries ORDER BY seq"
MEND = ",请运行 yekuo rebuild"
# Entries of another station's life come with the hash of the one before them (``store.witnessing``).
LINKS = (
    "SELECT n, body, hash FROM entries AS e WHERE incarnation = ? AND NOT EXISTS"
    " (SELECT 1 FROM log AS l WHERE l.entry = e.seq AND l.prev != x'') AND NOT EXISTS"
    " (SELECT 1 FROM lost AS l WHERE l.entry = e.seq AND l.prev != x'') ORDER BY n"
)
LIVES = (
    "SELECT incarnation FROM entries AS e WHERE NOT EXISTS (SELECT 1 FROM log AS l WHERE l.entry = e.seq"
    " AND l.prev != x'') AND NOT EXISTS (SELECT 1 FROM lost AS l WHERE l.entry = e.seq AND l.prev != x'')"
    " UNION SELECT incarnation FROM heads ORDER BY incarnation"
)
_GUARDS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


def verify(connection: Connection, reference: Reference, blobs: Blobs) -> Iterator[Fault]:
    """The journal's own faults first; a fold of a broken journal would only repeat the news."""
    broken = False
    for fault in _journal(connection):
        broken = True
        yield fault
    if not broken:
        yield from _derived(connection, reference, blobs)
    yield from _guards(connection)


def _journal(connection: Connection) -> Iterator[Fault]:
    yield from _pages(connection)
    yield from chains(connection)
    yield from witnessing.streams(connection)
    yield from _columns(connection)


def _pages(connection: Connection) -> Iterator[Fault]:
    """Every page of the file against its own seal: also those nobody reads."""
    for words in scalars(connection, "PRAGMA cipher_integrity_check"):
        yield Fault(0, "", f"数据文件有一页已损坏({words})")
        return


def chains(connection: Connection) -> Iterator[Fault]:
    """Every life of the store: nothing edited, removed, put in, swapped or cut off."""
    for life in scalars(connection, LIVES):
        yield from check_chain(scan(connection, LINKS, (life,)), read_head(connection, life))


def _columns(connection: Connection) -> Iterator[Fault]:
    """What stands beside each body is what the body says, and entries are folded in the order they
    were written in."""
    last: dict[str, int] = {}
    ours = dict(scan(connection, "SELECT incarnation, n FROM heads"))
    for *stored, body in scan(connection, BESIDE):
        if stored[COLUMNS.index("kind")] == UNREADABLE:  # of somebody else, held by the centre
            continue
        entry = open_body(body)
        if stored != list(columns(entry).values()):
            yield Fault(entry.n, entry.id, "流水的索引栏与内容不符(被改动)")
            return
        if entry.n > ours.get(entry.incarnation, 0):  # somebody else's: they come as the centre ordered them
            continue
        if entry.n <= last.get(entry.incarnation, 0):
            yield Fault(entry.n, entry.id, "流水的先后次序被调换")
            return
        last[entry.incarnation] = entry.n


def _guards(connection: Connection) -> Iterator[Fault]:
    found = dict(scan(connection, _GUARDS))
    for statement in tables.GUARDS:
        name = statement.split()[2]
        if found.get(name) != statement:
            yield Fault(0, "", f"防止改动流水的触发器 {name} 被拆除或改动")


def _derived(connection: Connection, reference: Reference, blobs: Blobs) -> Iterator[Fault]:
    if fold_office_entries(connection) != queries.organisation(connection):
        yield Fault(0, "", f"机构与人员资料与流水不符{MEND}")
    totals: dict[Table, int] = dict.fromkeys(tables.DERIVED, 0) | {tables.organisation: 1}
    awaited = frozenset(spoken_of(connection, ("awaited",)))  # their station has not sent them yet

    def there(sha256: str) -> bool:
        return sha256 in awaited or blobs.get(sha256) is not None

    for batch in batches(folded_cases(connection), BATCH):
        yield from _batch(connection, batch, totals, reference, there)
    yield from _extra(connection, totals)


def _batch(
    connection: Connection,
    batch: Sequence[Folded | Broken],
    totals: dict[Table, int],
    reference: Reference,
    there: Callable[[str], bool],
) -> Iterator[Fault]:
    yield from (Fault(b.last.n, b.last.id, b.reason) for b in batch if isinstance(b, Broken))
    good = [folded for folded in batch if isinstance(folded, Folded)]
    stored = Stored(connection, good)
    for folded in good:
        meant = derive(folded.case, folded.place, reference)
        for table, rows in meant.rows():
            totals[table] += len(rows)
        wrong = stored.differs(meant)
        if wrong:
            yield _fault(folded.case, folded.last, f"的{wrong}与流水不符{MEND}")
        yield from _files(folded.case, folded.last, there)


class Stored:
    """What the derived tables hold of some cases, grouped by case."""

    def __init__(self, connection: Connection, wanted: Sequence[Folded]) -> None:
        places, ids = [w.place for w in wanted], [w.case.id for w in wanted]
        self._rows: dict[tuple[str, Any], list[dict[str, Any]]] = {}
        self._read(connection, tables.cases, "place", places)
        self._read(connection, tables.documents, "place", places)
        for table in OF_CASE:
            self._read(connection, table, "case_id", ids)
        self._found = _in_index(connection, places)

    def _read(self, connection: Connection, table: Table, key: str, wanted: Sequence[Any]) -> None:
        sql = (
            f"SELECT {', '.join(table.columns)} FROM {table.name}"
            f" WHERE {key} IN ({', '.join('?' for _ in wanted)}) ORDER BY {', '.join(table.key)}"
        )
        for values in scan(connection, sql, wanted):
            row = dict(zip(table.columns, values, strict=True))
            self._rows.setdefault((table.name, row[key]), []).append(row)

    def differs(self, meant: Derived) -> str:
        """What is not as it should be; "" when everything is."""
        keys = {"cases": meant.place, "documents": meant.place}
        for table, rows in meant.rows():
            found = self._rows.get((table.name, keys.get(table.name, meant.case["id"])), [])
            if found != list(rows):
                return NAMES[table.name]
        return "" if meant.place in self._found else "查找索引"


NAMES = {
    "cases": "列表数据",
    "documents": "业务档案",
    "limits": "时限",
    "sheets": "单据登记",
    "conflicts": "冲突清单",
    "courses": "办理经过",
    "nodes": "各环节用时",
    "reminders": "提醒",
}


def _in_index(connection: Connection, places: Sequence[int]) -> set[int]:
    if not places:
        return set()
    among = "SELECT id FROM search_docsize WHERE id BETWEEN ? AND ?"
    return set(scalars(connection, among, (min(places), max(places))))


def _files(case: Case, entry: Entry, there: Callable[[str], bool]) -> Iterator[Fault]:
    for file in case.attachments:
        if not there(file.sha256):
            yield _fault(case, entry, f"的附件 {file.name} 缺失或已损坏")


def _fault(case: Case, entry: Entry, words: str) -> Fault:
    return Fault(entry.n, entry.id, f"业务 {case.number or case.id} {words}")


def _extra(connection: Connection, totals: dict[Table, int]) -> Iterator[Fault]:
    """Rows no entry speaks of."""
    for table, meant in totals.items():
        found = scalar(connection, f"SELECT count(*) FROM {table.name}")
        if found > meant:
            yield Fault(0, "", f"{table.name} 表里有 {found - meant} 行没有对应的流水{MEND}")
    in_index = scalar(connection, "SELECT count(*) FROM search_docsize")
    if in_index > totals[tables.cases]:
        yield Fault(0, "", f"查找索引里有 {in_index - totals[tables.cases]} 行没有对应的流水{MEND}")
