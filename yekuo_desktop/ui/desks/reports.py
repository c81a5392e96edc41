"""What is counted and what is looked into: statistics, the audit's list."""

from yekuo_desktop.office.filters import Filter
from yekuo_desktop.runtime.later import later
from yekuo_desktop.ui.desks.desk import OfficeDesk

with later():
    from yekuo_desktop.ui.dialogs import case_list, escalations, looks, oversight, statistics


class Reports(OfficeDesk):
    """What a supervisor and an auditor open."""

    def statistics(self) -> None:
        """How many, how fast, in time or not."""
        self._open(
            statistics.StatisticsDialog(
                self._desk, self._session, self._background, self._tools, self._window
            )
        )

    def ledger(self) -> None:
        """业扩台账: every case, a line each."""
        at = (self._desk, self._session, self._background)
        where = Filter()
        kind = case_list.as_ledger(self._desk, where)
        self._open(case_list.CaseList(at, self._tools.write_table, "业扩台账", where, kind, self._window))

    def oversight(self) -> None:
        """What the audit's rules find."""
        self._open(
            oversight.OversightDialog(
                self._desk, self._session, self._background, self._tools.write_table, self._window
            )
        )

    def escalations(self) -> None:
        """Overdue limits, and who has to know of them."""
        self._open(
            escalations.EscalationsDialog(
                self._desk, self._session, self._background, self._tools.write_table, self._window
            )
        )

    def looks(self) -> None:
        """Who looked at customers' numbers, and who took lists out."""
        self._open(
            looks.LooksDialog(
                self._desk, self._session, self._background, self._tools.write_table, self._window
            )
        )
