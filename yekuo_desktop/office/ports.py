"""What the office needs from outside, as protocols. ``bootstrap`` brings the real things."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

import msgspec

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.case_rows import CaseRow, Hit, RunningLimit
from yekuo_desktop.domain.entries import Entry, Fault
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.papers import Print, Snapshot
from yekuo_desktop.office.counted_ports import StatisticsRows
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.office.print_ports import PrintRows
from yekuo_desktop.office.sync_ports import CentreRows


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Whose store this is. ``incarnation`` is this life of the database file."""

    org: str
    station: str
    terminal: str
    device: str
    incarnation: str
    practice: bool


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """An entry before the store gives it its place in the chain."""

    act: str
    subject: str
    kind: str
    actor: str
    stated: datetime
    recorded: datetime
    payload: msgspec.Struct


class QueueRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a queue: the case's columns and the limit that is due first."""

    case: CaseRow
    limit: RunningLimit | None


class LogLine(msgspec.Struct, frozen=True, kw_only=True):
    """One act on the counter's day book."""

    n: int
    recorded: datetime
    stated: datetime
    subject: str
    kind: str
    actor: str
    terminal: str
    number: str
    customer: str
    words: str


class Credential(msgspec.Struct, frozen=True, kw_only=True):
    """The local secret of a person. Never in the journal, never on the wire."""

    person: str
    hash: str
    failures: int = 0
    locked_until: datetime | None = None


class Unit(Protocol):
    """One commit: all of it or nothing."""

    def attempt(self) -> AbstractContextManager[None]:
        """One act among several: when it raises, it alone leaves no trace in the commit."""
        ...

    def case(self, case_id: str) -> Case | None: ...
    def organisation(self) -> Organisation: ...
    def append(self, draft: Draft, case: Case | None = None) -> Entry:
        """Write an entry. For a case, the store folds it and refreshes everything derived."""
        ...

    def next_serial(self, counter: str) -> int:
        """1, 2, 3 … for a named counter, e.g. "number:HK01:20261123". Never given twice."""
        ...

    def new_case(self) -> str:
        """The id of a case that is to begin in this commit."""
        ...

    def accepted_sources(self, sources: Sequence[str]) -> dict[str, Case]:
        """The cases that were accepted from these list rows in earlier commits, by row."""
        ...


class Signer(Protocol):
    """This device's key, and checking what others signed (Ed25519)."""

    @property
    def key(self) -> str:
        """Short name of the public key."""
        ...

    @property
    def public(self) -> bytes: ...
    def sign(self, content: bytes) -> bytes: ...
    def verifies(self, public: bytes, signature: bytes, content: bytes) -> bool:
        """Whether the holder of that public key signed exactly this."""
        ...


class Store(Protocol):
    """The local store. Reading methods see the last commit."""

    identity: Identity

    @property
    def prints(self) -> PrintRows:
        """The print queue of this machine."""
        ...

    @property
    def centre(self) -> CentreRows:
        """What is known of the centre."""
        ...

    @property
    def statistics(self) -> StatisticsRows:
        """Cases counted, the alike ones together."""
        ...

    @property
    def signer(self) -> Signer:
        """What this device signs with."""
        ...

    def unit(self) -> AbstractContextManager[Unit]: ...
    def organisation(self) -> Organisation: ...
    def case(self, case_id: str) -> Case | None: ...
    def find(self, number: str) -> Case | None:
        """By number, sheet number or id."""
        ...

    def history(self, subject: str) -> Sequence[Entry]: ...
    def entry(self, entry_id: str) -> Entry | None: ...
    def queue(
        self,
        where: Filter,
        now: datetime,
        *,
        order: str = "due",
        descending: bool = False,
        limit: int = 200,
        offset: int = 0,
    ) -> Sequence[QueueRow]: ...
    def count(self, where: Filter, now: datetime) -> int: ...
    def stages(self, states: Sequence[str], now: datetime) -> dict[str, tuple[int, bool]]:
        """How many cases in one of these states stand in each stage, and whether one is overdue."""
        ...

    def limits(self, case_id: str) -> Sequence[RunningLimit]: ...
    def search(self, text: str, limit: int = 20) -> Sequence[CaseRow]: ...
    def hits(self, text: str, limit: int = 20) -> Sequence[Hit]: ...
    def duplicates(self, identity_number: str, address: str, but: str = "") -> Sequence[CaseRow]: ...
    def of_customer(self, identity_number: str) -> Sequence[Case]: ...
    def day_book(self, first: datetime, last: datetime, terminal: str = "") -> Sequence[LogLine]: ...
    def cases_with(self, kinds: Sequence[str], first: datetime, last: datetime) -> Sequence[str]:
        """Ids of the cases on which such an act was recorded in a stretch of time, the oldest act first."""
        ...

    def entries_of(
        self, kinds: Sequence[str], first: datetime, last: datetime
    ) -> Sequence[tuple[Entry, str, str]]:
        """The entries of these kinds recorded in a stretch of time, the oldest first, about cases or not;
        each with number and customer of its case."""
        ...

    def day_count(self, first: datetime, last: datetime, terminal: str = "") -> int: ...
    def paper_entries(self, first: datetime, last: datetime) -> Sequence[tuple[Entry, str, str]]:
        """What was issued, printed again and voided in a stretch of time, with number and customer."""
        ...

    def credential(self, person: str) -> Credential | None: ...
    def save_credential(self, credential: Credential) -> None: ...
    def save_draft(self, key: str, person: str, content: dict[str, Any], at: datetime) -> None: ...
    def drafts(self, person: str) -> dict[str, dict[str, Any]]: ...
    def drop_draft(self, key: str) -> None: ...
    def take_published(self) -> bool:
        """Use the reference data that the journal names, and count every limit anew by it."""
        ...

    def put_blob(self, content: bytes) -> str:
        """Store bytes under their SHA-256 (hex), durable before it returns."""
        ...

    def blob(self, sha256: str) -> bytes | None: ...
    def setting(self, key: str, default: str = "") -> str: ...
    def save_setting(self, key: str, value: str) -> None: ...
    def unsent(self) -> int:
        """How many entries have reached no centre yet."""
        ...

    def verify(self) -> Iterator[Fault]: ...
    def rebuild(self, progress: Any = None) -> int:
        """Make everything derived anew from the journal; the number of entries read."""
        ...

    def version(self) -> int:
        """Changes whenever another process has committed (PRAGMA data_version)."""
        ...

    def close(self) -> None: ...


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One sheet inside a finished PDF. A sheet of a case is drawn again, with its copy number, when it is
    printed; a list of no case keeps its own ``pdf`` (b"": the whole document is this list). ``copies``: as
    the form says (一式两份)."""

    title: str
    sheet_no: str
    case_id: str = ""
    form: str = ""
    pdf: bytes = b""
    pages: int = 0
    copies: int = 1


class Drawn(msgspec.Struct, frozen=True):
    """A finished PDF, what its maker warns of (characters no font covers), and the sheets in it."""

    pdf: bytes
    warnings: tuple[str, ...]
    pages: int = 0
    parts: tuple[Part, ...] = ()
    duplex: bool = False  # its forms are made for both sides of the paper


class Printery(Protocol):
    """Turns frozen snapshots into paper."""

    def layout(self, form: str) -> str:
        """The text of a form file; its SHA-256 is ``Snapshot.layout``."""
        ...

    def draw(self, jobs: Sequence[tuple[Snapshot, Print, str, bytes | None]]) -> Drawn:
        """One PDF of several sheets: snapshot, printing, layout text, seal picture."""
        ...

    def uncovered(self, snapshot: Snapshot) -> tuple[str, ...]:
        """Characters on the sheet that no font can print."""
        ...

    def troubles(self) -> tuple[str, ...]:
        """What is wrong with the forms a county changed for itself; the program's own are used instead."""
        ...

    def blank(self, snapshot: Snapshot, layout: str) -> tuple[str, ...]:
        """Keys the sheet has a printed place for and no value."""
        ...


class Hasher(Protocol):
    """Password hashing (argon2id)."""

    def hash(self, password: str) -> str: ...
    def matches(self, hash_: str, password: str) -> bool: ...


class Clock(Protocol):
    """The time of this machine, aware, +08:00."""

    def __call__(self) -> datetime: ...


class Ids(Protocol):
    """New UUIDv7 texts."""

    def __call__(self) -> str: ...


class TableWriter(Protocol):
    """Writes a list to an Excel file."""

    def __call__(
        self, path: str, title: str, columns: Sequence[tuple[str, str, int]], rows: Iterable[Sequence[Any]]
    ) -> None: ...


class StoreTrouble(Exception):
    """The store cannot be opened or written; the message says in plain words why and what to do."""
