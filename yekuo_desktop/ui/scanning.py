"""From a scan, a number or a search hit to its case; and the project manager's signature on the way."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.qr import read_code
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.runtime.later import later
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.widgets.columns import moment

with later():
    from yekuo_desktop.office import handover


class Found(NamedTuple):
    """A case, and the scan it came from ("" for none)."""

    case: Case
    code: str = ""


class Finder(QObject):
    """``found`` says which case to show in which stage."""

    found = Signal(str, str)  # stage, case
    said = Signal(str, str)
    asked = Signal(object)  # the question box, for whoever drives the window

    def __init__(self, desk: Desk, session: Session, background: Background, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._session, self._background, self._window = desk, session, background, window

    def open_case(self, case_id: str) -> None:
        """Show a case by its id."""
        self._seek(lambda: self._wrap(self._desk.store.case(case_id)), "这件业务")

    def open_text(self, words: str) -> None:
        """Show what a typed text means: a number, else the first hit."""
        self._seek(lambda: self._by_text(words), words)

    def scan(self, code: str) -> None:
        """Show the case of a scanned sheet; offer to sign for it when that is for me."""
        read = read_code(code)
        wanted = read.sheet_no if read else code
        self._seek(lambda: self._wrap(self._desk.store.find(wanted), code), f"单据 {wanted}")

    def _wrap(self, case: Case | None, code: str = "") -> Found | None:
        return Found(case, code) if case else None

    def _by_text(self, words: str) -> Found | None:
        case = self._desk.store.find(words)
        if case is None:
            hits = self._desk.store.search(words, 1)
            case = self._desk.store.case(hits[0].id) if hits else None
        return self._wrap(case)

    def _seek(self, work: Callable[[], Found | None], words: str) -> None:
        def done(found: Found | None) -> None:
            if found is None:
                self.said.emit(f"没有找到 {words}", "warning")
            else:
                self._show(found)

        self._background.run(work, done, self._failed, self)

    def _show(self, found: Found) -> None:
        self.found.emit(found.case.stage, found.case.id)
        delivery = found.case.delivery
        mine = delivery is not None and delivery.project_manager == self._session.person.id
        if found.code and mine and delivery and delivery.received is None:
            self._offer(found)
        elif found.code and delivery and delivery.received:
            self.said.emit(f"这张工单已于 {moment(delivery.received)} 签收", "warning")

    def _offer(self, found: Found) -> None:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("签收工单")
        box.setText(f"签收 {found.case.values.get('customer_name', '')} 的纸质工单?")
        box.setInformativeText("签收后送达时限停止，业务进入勘查与方案。签收时间为现在。")
        agree = box.addButton("签收", QMessageBox.ButtonRole.AcceptRole)
        box.addButton("暂不签收", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(agree)
        box.accepted.connect(lambda: self._sign(found.code))
        box.finished.connect(box.deleteLater)
        self.asked.emit(box)
        box.open()

    def _sign(self, code: str) -> None:
        self._background.run(
            lambda: handover.sign(self._desk, self._session, code, "scan"),
            self._signed,
            self._failed,
            self,
            changed=lambda case: (("work_order.received",), (case.id,)),
        )

    def _signed(self, case: Case) -> None:
        self.said.emit(f"已签收 {case.number}，业务进入勘查与方案", "good")
        self.found.emit(case.stage, case.id)

    def _failed(self, error: Exception) -> None:
        self.said.emit(words_of(error), "error")
