"""The work order on its way: handed over with its list, signed for by the project manager."""

from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from yekuo_desktop.domain.field import Field, Kind
from yekuo_desktop.office import handover
from yekuo_desktop.ui.case.pages.counter import Counter, reason_of
from yekuo_desktop.ui.case.pages.facts import CaseFacts
from yekuo_desktop.ui.dialogs.case_notice import LineDialog
from yekuo_desktop.ui.forms.line import LineEditor

TEXTS = (
    "打印工单并交接",
    "打印工单和交接清单,登记递送人。送达时限到项目经理签收时才停止。",
    "打印并交接",
)


class Handing(QObject):
    """Asks who carries the sheet, prints, and signs."""

    done = Signal(str)
    drawn = Signal(str, object)

    def __init__(self, counter: Counter, parent: QWidget) -> None:
        super().__init__(parent)
        self._counter, self._window = counter, parent

    def hand_over(self, facts: CaseFacts) -> None:
        """Dispatch the work order with a list of its own."""
        carrier = LineEditor(Field(key="carrier", label="递送人", kind=Kind.NAME, max_length=30))
        carrier.set_value(self._counter.session.person.name)
        dialog = LineDialog(self._window, TEXTS, "递送人", carrier)
        dialog.answered.connect(lambda name: self._dispatch(dialog, facts, str(name)))
        dialog.open()

    def sign(self, facts: CaseFacts) -> None:
        """The project manager signs under his own sign-in."""
        delivery = facts.case.delivery
        if delivery is None:
            return
        desk, session, sheet = self._counter.desk, self._counter.session, delivery.sheet_no
        self._counter.write(
            "work_order.received",
            lambda: handover.sign(desk, session, sheet, "program"),
            lambda _case: self.done.emit("工单已签收,送达时限停止"),
            lambda error: self.done.emit(reason_of(error)),
            self,
        )

    def _dispatch(self, dialog: LineDialog, facts: CaseFacts, carrier: str) -> None:
        desk, session, ids = self._counter.desk, self._counter.session, [facts.case.id]

        def handed(result: Any) -> None:
            dialog.finish()
            self.done.emit(f"已交接,清单 {result.list_no}")
            self.drawn.emit(f"工单交接 {result.list_no}", result.drawn)

        self._counter.write(
            "work_order.dispatched",
            lambda: handover.hand_over(desk, session, ids, carrier),
            handed,
            lambda error: dialog.refuse(reason_of(error)),
            self,
        )
