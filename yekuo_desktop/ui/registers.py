"""The registers that open over the window: orders on their way, the day's log, files on loan."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.ports import TableWriter
from yekuo_desktop.runtime.later import later
from yekuo_desktop.ui.background import Background

with later():
    from yekuo_desktop.ui.dialogs import day_book, handover, loans


class Registers(QObject):
    """Opens them; what is chosen in them goes to the window."""

    dialog = Signal(object)  # to be opened by the window
    drawn = Signal(str, object)
    opened = Signal(str)  # a case
    said = Signal(str, str)

    def __init__(
        self, desk: Desk, session: Session, background: Background, write: TableWriter, window: QWidget
    ) -> None:
        super().__init__(window)
        self._given = (desk, session, background, write, window)

    def hand_over(self) -> None:
        """The work orders on their way."""
        self._open(handover.HandOver)

    def day_book(self) -> None:
        """Today's log."""
        dialog = self._open(day_book.DayBook)
        dialog.opened.connect(self.opened)

    def loans(self) -> None:
        """The files that are out of the archive room."""
        dialog = self._open(loans.LoansDialog)
        dialog.opened.connect(self.opened)

    def _open(self, kind: Callable[..., Any]) -> Any:
        dialog: QDialog = kind(*self._given)
        dialog.paper.connect(self.drawn)  # type: ignore[attr-defined]
        dialog.said.connect(self.said)  # type: ignore[attr-defined]
        self.dialog.emit(dialog)
        return dialog
