"""The registers that open over the window: orders on their way, the day's log, files on loan, seals used."""

from PySide6.QtWidgets import QWidget

from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.ports import TableWriter
from yekuo_desktop.runtime.later import later
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.desks.desk import OfficeDesk

with later():
    from yekuo_desktop.ui.dialogs import day_book, handover, list_cases, list_import, loans, seal_register


class Registers(OfficeDesk):
    """What a counter keeps day by day."""

    def hand_over(self) -> None:
        """The work orders on their way."""
        self._open(handover.HandOver(*self._given()))

    def day_book(self) -> None:
        """Today's log."""
        self._open(day_book.DayBook(*self._given()))

    def loans(self) -> None:
        """The files that are out of the archive room."""
        self._open(loans.LoansDialog(*self._given()))

    def seal_register(self) -> None:
        """Every use of a seal."""
        self._open(seal_register.SealRegister(*self._given()))

    def accept_list(self) -> None:
        """Applications out of a workbook."""
        self._list(list_cases.applications(self._desk, self._session, self._tools.files))

    def register_orders(self) -> None:
        """Work orders of 95598 out of a workbook."""
        self._list(list_cases.OrdersWork(self._desk, self._session, self._tools.files))

    def _list(self, work: "list_cases.CasesWork") -> None:
        self._open(
            list_import.ListImport(self._desk, self._background, self._tools.files, work, self._window)
        )

    def _given(self) -> tuple[Desk, Session, Background, TableWriter, QWidget]:
        return self._desk, self._session, self._background, self._tools.write_table, self._window
