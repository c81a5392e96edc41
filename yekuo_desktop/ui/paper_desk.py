"""Finished PDFs on their way to the preview and the printer."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from yekuo_desktop.office import printing
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.ports import Drawn
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.frame import words_of
from yekuo_desktop.ui.dialogs.print_preview import PrintPreview
from yekuo_desktop.ui.ports import Pages
from yekuo_desktop.ui.printing import ready_printer

PRINTER = "window.printer"  # setting: where the last sheet went


class PaperDesk(QObject):
    """Draws sheets behind the window and shows them for printing."""

    said = Signal(str, str)
    shown = Signal(object)  # the preview
    ready = Signal(str, str)  # the printer that would be used, and why

    def __init__(
        self, desk: Desk, session: Session, background: Background, pages: Pages, window: QWidget
    ) -> None:
        super().__init__(window)
        self._desk, self._session, self._background = desk, session, background
        self._pages, self._window = pages, window
        self.printer = desk.store.setting(PRINTER)

    def look(self) -> None:
        """Which printer there is now: people plug them in and out."""
        self.ready.emit(*ready_printer(self.printer))

    def print_sheets(self, case_id: str, sheet_nos: tuple[str, ...]) -> None:
        """Preview sheets of a case."""
        desk, session = self._desk, self._session

        def draw() -> Drawn | None:
            case = desk.store.case(case_id)
            return printing.pdf(desk, session, case, sheet_nos) if case and sheet_nos else None

        self._background.run(draw, lambda made: self.show("打印单据", made), self._failed, self)

    def show(self, title: str, drawn: Drawn | None) -> None:
        """Preview a finished PDF."""
        if drawn is None:
            return
        host = self._window
        preview = PrintPreview(title, drawn, self._pages, self._background, host, printer=self.printer)
        preview.printed.connect(self._printed)
        preview.saved.connect(self._saved)
        preview.finished.connect(preview.deleteLater)
        preview.finished.connect(lambda _result: self.look())
        self.shown.emit(preview)
        preview.open()

    def _printed(self, printer: str) -> None:
        self.printer = printer
        self._background.run(lambda: self._desk.store.save_setting(PRINTER, printer))
        self.said.emit(f"已送到打印机 {printer}", "good")

    def _saved(self, path: str) -> None:
        self.said.emit(f"已保存 {Path(path).name}", "good")

    def _failed(self, error: Exception) -> None:
        self.said.emit(words_of(error), "error")
