"""What is asked of an open store: its cases, their lists, their search and their registers."""

from collections.abc import Sequence
from datetime import datetime

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.case_rows import CaseRow, Hit, RunningLimit
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.office.ports import LogLine, QueueRow
from yekuo_desktop.runtime.later import later
from yekuo_desktop.store import queries
from yekuo_desktop.store.kept import Kept

with later():  # what a start does not need
    from yekuo_desktop.store import registers, searching, unit


class Asked(Kept):
    """The questions of an open store; each sees the last commit."""

    def organisation(self) -> Organisation:
        """The organisation as of the last commit."""
        with self._reading() as connection:
            return queries.organisation(connection)

    def case(self, case_id: str) -> Case | None:
        """A case by its id."""
        with self._reading() as connection:
            return unit.case_by_id(connection, case_id)

    def find(self, number: str) -> Case | None:
        """By number, sheet number or id."""
        wanted = number.strip()
        with self._reading() as connection:
            case_id = wanted and (
                queries.numbered(connection, wanted) or queries.sheet_case(connection, wanted) or wanted
            )
            return unit.case_by_id(connection, case_id) if case_id else None

    def history(self, subject: str) -> Sequence[Entry]:
        """The entries of one subject, the oldest first."""
        with self._reading() as connection:
            return registers.history(connection, subject)

    def entry(self, entry_id: str) -> Entry | None:
        """One entry."""
        with self._reading() as connection:
            return registers.entry(connection, entry_id)

    def queue(
        self,
        where: Filter,
        now: datetime,
        *,
        order: str = "due",
        descending: bool = False,
        limit: int = 200,
        offset: int = 0,
    ) -> Sequence[QueueRow]:
        """One page of the cases a filter lets through."""
        with self._reading() as connection:
            return queries.queue(
                connection, where, now, order=order, descending=descending, limit=limit, offset=offset
            )

    def count(self, where: Filter, now: datetime) -> int:
        """How many cases a filter lets through."""
        with self._reading() as connection:
            return queries.count(connection, where, now)

    def stages(self, states: Sequence[str], now: datetime) -> dict[str, tuple[int, bool]]:
        """How many cases stand in each stage, and whether one of them is overdue."""
        with self._reading() as connection:
            return queries.stages(connection, states, now)

    def limits(self, case_id: str) -> Sequence[RunningLimit]:
        """Every limit of a case that has started."""
        with self._reading() as connection:
            return queries.limits(connection, case_id)

    def search(self, text: str, limit: int = 20) -> Sequence[CaseRow]:
        """The cases that contain what somebody typed."""
        with self._reading() as connection:
            return searching.search(connection, text, limit)

    def hits(self, text: str, limit: int = 20) -> Sequence[Hit]:
        """The same, with what was found in which of their texts."""
        with self._reading() as connection:
            return searching.hits(connection, text, limit)

    def duplicates(self, identity_number: str, address: str, but: str = "") -> Sequence[CaseRow]:
        """Live cases of the same identity number or address."""
        with self._reading() as connection:
            return queries.duplicates(connection, identity_number, address, but)

    def of_customer(self, identity_number: str) -> Sequence[Case]:
        """Every case of an identity number."""
        with self._reading() as connection:
            return queries.of_customer(connection, identity_number)

    def day_book(self, first: datetime, last: datetime, terminal: str = "") -> Sequence[LogLine]:
        """The acts recorded in a stretch of time."""
        with self._reading() as connection:
            return registers.day_book(connection, first, last, terminal)

    def cases_with(self, kinds: Sequence[str], first: datetime, last: datetime) -> Sequence[str]:
        """The cases on which such an act was recorded in a stretch of time."""
        with self._reading() as connection:
            return registers.cases_with(connection, kinds, first, last)

    def entries_of(
        self, kinds: Sequence[str], first: datetime, last: datetime
    ) -> Sequence[tuple[Entry, str, str]]:
        """The entries of these kinds recorded in a stretch of time."""
        with self._reading() as connection:
            return registers.entries_of(connection, kinds, first, last)

    def day_count(self, first: datetime, last: datetime, terminal: str = "") -> int:
        """How many acts were recorded in a stretch of time."""
        with self._reading() as connection:
            return queries.day_count(connection, first, last, terminal)

    def paper_entries(self, first: datetime, last: datetime) -> Sequence[tuple[Entry, str, str]]:
        """The acts on sheets recorded in a stretch of time."""
        with self._reading() as connection:
            return registers.paper_entries(connection, first, last)
