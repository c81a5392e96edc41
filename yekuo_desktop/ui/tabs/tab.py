"""What every tab of the window is: told its desk and session, it says what it wants by signals."""

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.ui.background import Background


class Tab(QWidget):
    """A tab. What it commits, ``background`` announces; the window then calls ``refresh`` of what shows.

    A tab keeps half-typed work through ``refresh``: the program calls it whenever anybody commits.
    """

    ID: ClassVar[str]  # "workbench" or the id of the stage
    TITLE: ClassVar[str]
    HELP: ClassVar[str]  # page of the handbook

    opened = Signal(str)  # id of a case to show wherever it stands
    listed = Signal(str)  # id of a tab to go to
    said = Signal(str, str)  # words for a toast; tone: good, warning, error
    paper = Signal(str, object)  # title and Drawn for the print preview
    started = Signal()  # a new application is wanted
    handover_wanted = Signal()

    def __init__(
        self, desk: Desk, session: Session, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk, self.session, self.background = desk, session, background

    def show_case(self, case_id: str) -> None:
        """Show a case of this stage."""

    def refresh(self) -> None:
        """Read again what is shown: something was committed, here or by another process."""

    def start_new(self) -> None:
        """Begin a new application. Only acceptance does anything here."""

    def keep(self) -> None:
        """Put half-typed work on disk now: the window is being locked, left or closed."""

    def layout_state(self) -> str:
        """Splitters and columns, as text for the settings."""
        return ""

    def restore_layout(self, state: str) -> None:
        """Take splitters and columns as they were."""
