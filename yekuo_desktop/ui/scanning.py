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
    from yekuo_desktop.office import custody, handover

TONES = {"valid": "good", "unproved": "good", "forged": "error"}


class Found(NamedTuple):
    """A case; and where something was scanned, the scan, what the sheet is worth, and its tone."""

    case: Case | None
    code: str = ""
    words: str = ""
    tone: str = "good"
    listed: bool = False  # a hand-over list with orders to be signed for


class Finder(QObject):
    """``found`` says which case to show in which stage."""

    found = Signal(str, str)  # stage, case
    said = Signal(str, str)
    listed = Signal()  # a hand-over list with orders to be signed for
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
        """Show the case of a scanned sheet and say what the sheet is worth; offer to sign for it when that
        is for me."""
        self._seek(lambda: self._examined(code), f"单据 {code}")

    def _examined(self, code: str) -> Found | None:
        read = read_code(code)
        if read is None:
            return self._wrap(self._desk.store.find(code))
        if handover.is_list(read.sheet_no):
            return self._list(read.sheet_no)
        examined = custody.examine(self._desk, read)
        tone = TONES.get(examined.verdict.state, "warning")
        return Found(
            examined.case, code if examined.verdict.good else "", custody.verdict_words(examined), tone
        )

    def _list(self, list_no: str) -> Found:
        """A hand-over list: what on it waits for a signature."""
        left = handover.on_list(self._desk, self._session, list_no)
        words = f"还有 {left} 张工单没有签收" if left else "工单都已签收，或不是本机的清单"
        return Found(None, words=f"交接清单 {list_no}：{words}", listed=bool(left))

    def _wrap(self, case: Case | None) -> Found | None:
        return Found(case) if case else None

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
        if found.case is not None:
            self.found.emit(found.case.stage, found.case.id)
        if found.listed:
            self.listed.emit()
        if found.tone == "error":
            self._warn(found)
        elif not self._mine(found):
            self._tell(found)
        else:
            self._offer(found)

    def _mine(self, found: Found) -> bool:
        """Whether the scanned sheet is a work order that waits for my signature."""
        delivery = found.case.delivery if found.case else None
        waits = delivery is not None and delivery.received is None
        read = read_code(found.code) if found.code and waits else None
        return bool(
            read
            and delivery
            and read.sheet_no == delivery.sheet_no.upper()
            and delivery.project_manager == self._session.person.id
        )

    def _tell(self, found: Found) -> None:
        delivery = found.case.delivery if found.case and found.code else None
        signed = f"；这张工单已于 {moment(delivery.received)} 签收" if delivery and delivery.received else ""
        if found.words:
            self.said.emit(f"{found.words}{signed}", "warning" if signed else found.tone)

    def _warn(self, found: Found) -> None:
        """A sheet that is not what it says must not pass unseen."""
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Critical)
        box.setWindowTitle("单据核验")
        box.setText(found.words)
        box.setInformativeText("不要凭这张纸办理。请留下原件，登记持有人和来历，报告班长和营销稽查。")
        box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
        box.finished.connect(box.deleteLater)
        self.asked.emit(box)
        box.open()

    def _offer(self, found: Found) -> None:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("签收工单")
        customer = found.case.values.get("customer_name", "") if found.case else ""
        box.setText(f"签收 {customer} 的纸质工单?")
        box.setInformativeText(f"{found.words}\n签收后送达时限停止，业务进入勘查与方案。签收时间为现在。")
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
