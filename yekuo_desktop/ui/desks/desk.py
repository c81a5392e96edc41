"""What every desk of dialogs is: it opens them over the window and passes on what is done in them."""

from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.ports import Tools

D = TypeVar("D", bound=QDialog)


class OfficeDesk(QObject):
    """A dialog may have the signals ``paper``, ``opened``, ``said``, ``asked``: each goes to the window."""

    dialog = Signal(object)  # to be opened by the window
    drawn = Signal(str, object)  # a paper: its title, and what draws it
    opened = Signal(str)  # a case
    said = Signal(str, str)  # words and their tone
    asked = Signal(object)  # opened by one of these dialogs

    def __init__(
        self, desk: Desk, session: Session, background: Background, tools: Tools, window: QWidget
    ) -> None:
        super().__init__(window)
        self._desk, self._session, self._background = desk, session, background
        self._tools, self._window = tools, window

    def _open(self, dialog: D) -> D:
        """Join what the dialog says to the window, and have it opened."""
        passed_on = (
            ("paper", self.drawn),
            ("opened", self.opened),
            ("said", self.said),
            ("asked", self.asked),
        )
        for name, taker in passed_on:
            signal = getattr(dialog, name, None)
            if signal is not None:
                signal.connect(taker)
        self.dialog.emit(dialog)
        return dialog

    def _failed(self, error: Exception) -> None:
        self.said.emit(words_of(error), "error")
