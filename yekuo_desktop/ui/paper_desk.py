"""Finished PDFs on their way to the preview, the print queue and the printer."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from yekuo_desktop.domain.print_rows import PrintRow, Tally
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.ports import Drawn, TableWriter
from yekuo_desktop.office.print_ports import PrinterFacts, SpoolerTrouble
from yekuo_desktop.runtime.later import later
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.ports import Pages
from yekuo_desktop.ui.print_room import PrintRoom

with later():
    from yekuo_desktop.office import preflight, print_queue
    from yekuo_desktop.office import printing as sheets
    from yekuo_desktop.ui import printing
    from yekuo_desktop.ui.dialogs import print_preview
    from yekuo_desktop.ui.dialogs import print_queue as queue_dialog

PRINTER = "window.printer"  # setting: where the last sheet went
FORMS_TOLD = "forms.told"  # setting: what was wrong with the county's forms when it was last said
WISH = "print.form."  # setting: how sheets of a form were printed last


class Looked(NamedTuple):
    """What is known of a document before it is printed."""

    findings: Sequence[str]
    before: Sequence[PrintRow]


class PaperDesk(QObject):
    """Draws sheets behind the window, shows them, and takes them to the print room."""

    said = Signal(str, str)
    shown = Signal(object)  # a dialog
    ready = Signal(str, str)  # the printer that would be used, and why
    offered = Signal(str, str, object)  # words, a button beside them, and what it does
    queued = Signal(int, str, int)  # sheets not out yet, what holds them up, how many a person must look for

    def __init__(
        self, desk: Desk, session: Session, background: Background, pages: Pages, window: QWidget
    ) -> None:
        super().__init__(window)
        self._desk, self._session, self._background = desk, session, background
        self._pages, self._window = pages, window
        self.printer = desk.store.setting(PRINTER)
        self._spooled: Sequence[PrinterFacts] = ()
        self.room = PrintRoom(desk, background, pages, window)
        self.room.said.connect(self.said)
        self.room.unsure.connect(self._offer_to_confirm)
        self._greeted = False
        self.room.stood.connect(lambda standing: self._stood(standing.unfinished, standing.trouble))

    def look(self) -> None:
        """Which printer there is now, people plug them in and out; and what the last session left behind."""
        self._know(())
        self._background.files(lambda: _spooled(self._desk), self._know, self._failed, self)
        self._background.files(lambda: print_queue.left_behind(self._desk), self._left, self._failed, self)
        self._background.files(self._form_troubles, self._tell_forms, self._failed, self)

    def printers(self) -> tuple[str, ...]:
        """The printers there are, the default one first: as the print system says, else as Qt knows them."""
        return tuple(facts.name for facts in self._spooled) or printing.printers()

    def _know(self, found: Sequence[PrinterFacts]) -> None:
        self._spooled = found
        default = next((facts.name for facts in found if facts.default), "") or printing.default_printer()
        self.ready.emit(*printing.ready_printer(self.printer, self.printers(), default))

    def print_sheets(self, case_id: str, sheet_nos: tuple[str, ...]) -> None:
        """Preview sheets of a case."""
        desk, session = self._desk, self._session

        def draw() -> Drawn | None:
            case = desk.store.case(case_id)
            return sheets.pdf(desk, session, case, sheet_nos) if case and sheet_nos else None

        self._background.run(draw, lambda made: self.show("打印单据", made), self._failed, self)

    def show(self, title: str, drawn: Drawn | None) -> None:
        """Preview a finished PDF."""
        if drawn is None:
            return
        wish = self._last_wish(drawn)
        made = print_preview.PrintPreview
        known = self.printers()
        preview = made(title, drawn, self._pages, self._background, self._window, wish=wish, printers=known)
        preview.wanted.connect(partial(self._ask, preview, drawn))
        preview.chosen.connect(partial(self._look_at_printer, preview))
        preview.saved.connect(self._saved)
        preview.finished.connect(preview.deleteLater)
        preview.finished.connect(lambda _result: self.look())
        self.shown.emit(preview)
        preview.open()
        self._look_at_sheets(preview, drawn)
        self._look_at_printer(preview, preview.printer.currentText())

    def open_queue(self, write: TableWriter) -> None:
        """What is in the print queue."""
        made = queue_dialog.PrintQueue
        known = self.printers()
        dialog = made(self._desk, self._session, self._background, write, self.room, known, self._window)
        dialog.said.connect(self.said)
        dialog.paper.connect(self.show)
        dialog.finished.connect(dialog.deleteLater)
        self.shown.emit(dialog)
        dialog.open()

    def _look_at_sheets(self, preview: "print_preview.PrintPreview", drawn: Drawn) -> None:
        desk = self._desk

        def look() -> Looked:
            return Looked(
                preflight.sheet_findings(desk, drawn.parts), print_queue.printed_before(desk, drawn.parts)
            )

        def tell(looked: Looked) -> None:
            preview.tell_sheets(looked.findings)
            if looked.before:
                preview.ask_reason(print_queue.before_words(looked.before))

        self._background.files(look, tell, self._failed, preview)

    def _look_at_printer(self, preview: "print_preview.PrintPreview", name: str) -> None:
        if not name or name == print_preview.NO_PRINTER:
            return
        desk, own = self._desk, printing.printer_words(name)

        def look() -> Sequence[str]:
            return preflight.printer_findings(desk, name) if desk.spooler.present() else own

        self._background.files(look, preview.tell_printer, self._failed, preview)

    def _ask(
        self, preview: "print_preview.PrintPreview", drawn: Drawn, wish: "print_queue.Wish", reason: str
    ) -> None:
        desk, session = self._desk, self._session

        def ask() -> str:
            return print_queue.ask(desk, session, drawn, wish, reason=reason)

        def done(batch: str) -> None:
            self._keep(drawn, wish)
            self.said.emit(f"已排入打印队列，{wish.printer}", "good")
            self.room.release([batch])
            preview.accept()

        self._background.run(
            ask,
            done,
            preview.refuse,
            preview,
            changed=lambda _batch: (("paper.reprinted",), _cases(drawn)) if reason else ((), ()),
        )

    def _keep(self, drawn: Drawn, wish: "print_queue.Wish") -> None:
        """The printer, copies and sides of this form, for the next time."""
        self.printer = wish.printer
        save, form, text = self._desk.store.save_setting, _form(drawn), msgspec.json.encode(wish).decode()
        self._background.run(lambda: (save(PRINTER, wish.printer), form and save(WISH + form, text)))

    def _last_wish(self, drawn: Drawn) -> "print_queue.Wish":
        kept = self._desk.store.setting(WISH + _form(drawn)) if _form(drawn) else ""
        try:
            wish = msgspec.json.decode(kept, type=print_queue.Wish)
        except msgspec.DecodeError:
            copies = {part.copies for part in drawn.parts} or {1}
            alike = copies.pop() if len(copies) == 1 else 0
            return print_queue.Wish(printer=self.printer, copies=alike, duplex=drawn.duplex)
        there = wish.printer in self.printers()
        return wish if there else msgspec.structs.replace(wish, printer=self.printer)

    def _offer_to_confirm(self, words: str, rows: tuple[str, ...]) -> None:
        """The print system cannot tell: one press says that all of it is in hand."""
        desk, session = self._desk, self._session

        def done(count: int) -> None:
            self.said.emit(f"已确认 {count} 张", "good")
            self.room.step()

        self.offered.emit(
            words,
            "都印出来了",
            lambda: self._background.files(
                lambda: print_queue.confirm(desk, session, rows), done, self._failed, self
            ),
        )

    def _form_troubles(self) -> str:
        """What is wrong with the county's own forms, "" for nothing or what somebody was told already."""
        words = "\n".join(self._desk.printery.troubles())
        if words == self._desk.store.setting(FORMS_TOLD):
            return ""
        self._desk.store.save_setting(FORMS_TOLD, words)
        return words

    def _tell_forms(self, words: str) -> None:
        if not words:
            return
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("单据版式")
        box.setText("本单位的版式文件有错，已改用自带的版式。")
        box.setInformativeText(words)
        box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
        box.finished.connect(box.deleteLater)
        self.shown.emit(box)
        box.open()

    def _left(self, found: Tally) -> None:
        self._stood(found, "")
        if found.whole and not self._greeted:
            self.said.emit(f"打印队列里有没打完的单据：{found.words()}", "warning")
        self._greeted = True
        self.room.step()  # asks what became of them; prints nothing by itself

    def _stood(self, unfinished: Tally, trouble: str) -> None:
        self.queued.emit(unfinished.whole, trouble, unfinished.maybe)

    def _saved(self, path: str) -> None:
        self.said.emit(f"已保存 {Path(path).name}", "good")

    def _failed(self, error: Exception) -> None:
        self.said.emit(words_of(error), "error")


def _spooled(desk: Desk) -> Sequence[PrinterFacts]:
    """The print system's printers; none where it tells nothing."""
    try:
        return desk.spooler.printers() if desk.spooler.present() else ()
    except SpoolerTrouble:
        return ()


def _form(drawn: Drawn) -> str:
    """What its last wish is kept under: the form, or the forms of a document of several."""
    return "+".join(dict.fromkeys(part.form for part in drawn.parts))


def _cases(drawn: Drawn) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.case_id for part in drawn.parts if part.case_id))
