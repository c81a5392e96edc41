"""Stage 1 at the counter: taken in with the keyboard, accepted, handed over, signed for."""

from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QSpinBox, QWidget

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.stages.acceptance.fields import fields_on
from yekuo_desktop.domain.stages.acceptance.guards import sheet_for
from yekuo_desktop.office import custody, history, printing
from yekuo_desktop.ui.dialogs.case_notice import LineDialog
from yekuo_desktop.ui.dialogs.handover import HandOver
from yekuo_desktop.ui.dialogs.print_preview import PrintPreview
from yekuo_desktop.ui.tabs.acceptance.tab import AcceptanceTab
from yekuo_desktop.ui.tour.album import Album
from yekuo_desktop.ui.tour.applicants import RIGHT_DIGIT, WRONG_DIGIT
from yekuo_desktop.ui.tour.hands import CTRL, Hands, Stuck, dialogs
from yekuo_desktop.ui.tour.seat import Seat
from yekuo_desktop.ui.tour.watch import Watch
from yekuo_desktop.ui.tour.writing import Writer

CLERK, CARRIER = "wangli", "赵军"
PICKS = ("klass", "business")  # what the rest of the form follows from
ORIGINAL, COPIES = ":原件已验", ":复印份数"
SHORT = timedelta(minutes=20)


class Counter:
    """The clerk's part of a case, and the project manager's signature for the work order."""

    def __init__(self, seat: Seat, album: Album, watch: Watch) -> None:
        self._seat, self._album, self._watch = seat, album, watch
        self._hands: Hands = seat.hands

    def take_in(self, values: dict[str, Any]) -> Case:
        """From F2 to the accepted case with its papers; ``values`` are what the customer says."""
        self._seat.sit_down(CLERK)
        self._seat.front()
        self._hands.press(Qt.Key.Key_F2)
        self._hands.until(
            lambda: self._tab().right.currentWidget() is self._tab().application, "没有出现受理表"
        )
        self._hands.settle()
        self._type(values)
        if values["identity_number"] == WRONG_DIGIT:
            self._wrong_digit()
        self._album.picture("acceptance-登记", self._seat.window)
        self._see_papers()
        return self._accept()

    def deliver(self, case: Case, *, by_list: bool) -> Case:
        """Handed over, one alone or all that wait, and signed for by the project manager."""
        self.send(case, by_list=by_list)
        self._watch.go_on(SHORT)
        manager = self._seat.desk.store.organisation().people[case.project_manager]
        self._seat.sit_down(manager.login)
        if by_list:
            self._scan(case)
        else:
            self._sign(case)
        self._hands.until(lambda: self._delivery(case).stopped is not None, "没有签收")
        self._hands.settle()
        stopped = self._delivery(case).stopped
        self._album.step("项目经理签收工单,送达时限停止", f"{manager.name} {stopped:%m-%d %H:%M}")
        return self._seat.case(case.id)

    def send(self, case: Case, *, by_list: bool) -> None:
        """Handed over; the clock goes on."""
        self._watch.go_on(SHORT)
        if by_list:
            self._hand_over_all()
        else:
            self._hand_over(case)
        sent = self._seat.case(case.id).delivery
        list_no, running = sent.list_no if sent else "", self._delivery(case)
        self._album.step("交接不停表", list_no, ok=bool(list_no) and running.stopped is None)

    def _tab(self) -> AcceptanceTab:
        tab = self._seat.tab
        if not isinstance(tab, AcceptanceTab):
            raise Stuck("前面不是受理页")
        return tab

    # ---- the application -------------------------------------------------------------------------

    def _type(self, values: dict[str, Any]) -> None:
        page, people = self._tab().application.page, self._seat.desk.store.organisation().people
        writer = Writer(self._hands, self._seat.desk.reference, tuple(people.values()))
        fields = [field for block in fields_on(sheet_for(values)).values() for field in block]
        first = {key: value for key, value in values.items() if key in PICKS}
        writer.fill(page.form, fields, first)
        writer.fill(page.form, fields, values)

    def _wrong_digit(self) -> None:
        form = self._tab().application.page.form
        told = form.message("identity_number")
        self._album.picture("acceptance-身份证号错一位", self._seat.window)
        self._album.step("身份证号错一位,栏旁指出", told, ok="第 18 位应为 9" in told)
        self._hands.point(lambda: form.focus("identity_number"))
        self._hands.replace(RIGHT_DIGIT)
        self._hands.press(Qt.Key.Key_Return)

    def _see_papers(self) -> None:
        """Ctrl+PgDn, and every paper that must be there seen and copied."""
        self._hands.press(Qt.Key.Key_PageDown, CTRL)
        rules = self._tab().application.materials
        wanted = rules.missing()
        for name in wanted:
            self._hands.point(self._named(QAbstractButton, name + ORIGINAL).setFocus)
            self._hands.press(Qt.Key.Key_Space, settle=False)
            self._hands.point(self._named(QSpinBox, name + COPIES).setFocus)
            self._hands.replace("1")
        self._hands.settle()
        self._album.picture("acceptance-资料", self._seat.window)
        self._album.step("核对资料原件", f"{len(wanted)} 项", ok=not rules.missing())

    def _named(self, kind: type[QWidget], name: str) -> QWidget:
        found: Any = self._seat.window.findChildren(kind)
        for widget in found:
            if widget.accessibleName() == name and widget.isVisible():
                return widget  # type: ignore[no-any-return]
        raise Stuck(f"没有“{name}”")

    def _accept(self) -> Case:
        """F9 and the preview of what is printed."""
        tab = self._tab()
        self._hands.press(Qt.Key.Key_F9, settle=False)
        wrong = tab.application.page.form.wrong
        self._hands.until(lambda: bool(_previews() or wrong()), "没有正式受理")
        if not _previews():
            raise Stuck(f"没有正式受理:{';'.join(tab.application.page.form.message(key) for key in wrong())}")
        preview = self._seat.dialog(PrintPreview, "没有出现打印预览")
        self._album.picture("acceptance-打印预览", preview)
        self._close(preview)
        facts = tab.case_view.facts()
        if facts is None:
            raise Stuck("受理后没有显示业务")
        case = facts.case
        self._album.picture("acceptance-已受理", self._seat.window)
        self._album.step("正式受理并出工单", case.number, number=case.number)
        limits = history.limits(self._seat.desk, case)
        words = ";".join(f"{view.running.label} {view.remaining}" for view in limits)
        self._album.step("时限已开始", words, ok=bool(limits))
        return case

    def _close(self, preview: PrintPreview) -> None:
        self._hands.press(Qt.Key.Key_Escape)
        self._hands.until(lambda: preview not in dialogs(), "预览没有关上")
        self._seat.front()
        self._hands.settle()

    # ---- the work order --------------------------------------------------------------------------

    def _hand_over_all(self) -> None:
        """F4: everything that waits on one list."""
        self._seat.front()
        self._hands.press(Qt.Key.Key_F4)
        dialog = self._seat.dialog(HandOver, "没有出现交接窗口")
        self._album.picture("acceptance-工单交接", dialog)
        self._hands.press(Qt.Key.Key_F9, settle=False)
        self._close(self._seat.dialog(PrintPreview, "没有出现交接清单"))
        dialog.reject()
        self._hands.settle()

    def _hand_over(self, case: Case) -> None:
        """The one button of the case: who carries it, and its list."""
        self._seat.find(case)
        self._hands.press(Qt.Key.Key_F9)
        dialog = self._seat.dialog(LineDialog, "没有出现交接窗口")
        self._hands.replace(CARRIER)
        self._hands.press(Qt.Key.Key_Return, settle=False)
        preview = self._seat.dialog(PrintPreview, "没有出现交接清单")
        self._hands.until(lambda: dialog not in dialogs(), "交接窗口没有关上")
        self._close(preview)

    def _scan(self, case: Case) -> None:
        """The code of the sheet, as a scanner types it; then Enter."""
        delivery = self._seat.case(case.id).delivery
        if delivery is None:
            raise Stuck("没有纸质工单")
        sheet = printing.issued(self._seat.desk, case, delivery.sheet_no)
        self._seat.front()
        self._hands.press(Qt.Key.Key_K, CTRL)
        self._hands.replace(custody.code_of(sheet.snapshot, sheet.proof, 1, 0))
        self._hands.press(Qt.Key.Key_Return)
        offer = self._seat.dialog(QMessageBox, "扫码后没有提示签收")
        self._album.picture("acceptance-扫码签收", offer)
        self._hands.press(Qt.Key.Key_Return)
        self._seat.front()

    def _sign(self, case: Case) -> None:
        """The one button of the case, for the person it is addressed to."""
        self._seat.find(self._seat.case(case.id))
        self._hands.press(Qt.Key.Key_F9)

    def _delivery(self, case: Case) -> Any:
        running = self._seat.desk.store.limits(case.id)
        return next(limit for limit in running if limit.limit == "work_order_delivery")


def _previews() -> list[PrintPreview]:
    return [dialog for dialog in dialogs() if isinstance(dialog, PrintPreview)]
