"""What becomes of an application: accepted, registered, or answered with a one-time notice."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.case import Case, Material
from yekuo_desktop.domain.stages.acceptance.fields import BY_KEY
from yekuo_desktop.office import accepting, printing
from yekuo_desktop.ui.case.lists_in import Judge, ListsIn
from yekuo_desktop.ui.case.pages.counter import Counter, reason_of
from yekuo_desktop.ui.dialogs.case_notice import NoticeDialog
from yekuo_desktop.ui.forms.form import Form
from yekuo_desktop.ui.tabs.acceptance.findings import Asked, derived

NOTICE = "one_time_notice"


class Submission(QObject):
    """Does the acts behind the window and says how they went."""

    accepted = Signal(object)  # Accepted
    registered = Signal(object)  # Case
    refused = Signal(object)  # Refused
    failed = Signal(str)
    print_requested = Signal(str, tuple)

    def __init__(self, counter: Counter, window: QWidget) -> None:
        super().__init__(window)
        self._counter, self._window = counter, window

    def accept(self, asked: Asked) -> None:
        """正式受理."""
        desk, session = self._counter.desk, self._counter.session

        def work() -> accepting.Accepted:
            return accepting.accept(
                desk,
                session,
                asked.values,
                asked.materials,
                asked.manager,
                case_id=asked.case_id,
                stated=asked.stated,
                papers=True,
            )

        self._counter.write("case.accepted", work, self.accepted.emit, self._tell, self)

    def register(self, asked: Asked, then: Callable[[Case], None]) -> None:
        """暂存登记, and what follows from it."""
        desk, session = self._counter.desk, self._counter.session

        def kept(case: Case) -> None:
            self.registered.emit(case)
            then(case)

        self._counter.write(
            "case.registered",
            lambda: accepting.register(desk, session, asked.values, asked.materials, asked.case_id),
            kept,
            self._tell,
            self,
        )

    def lists_into(self, form: Form, materials: Callable[[], dict[str, Material]]) -> ListsIn:
        """Fills the tables of the form out of workbooks, looked at as the act would with these papers."""
        desk, session = self._counter.desk, self._counter.session

        def judging() -> Judge:
            papers = materials()
            return lambda values: accepting.check(desk, session, {**derived(values), **values}, papers)

        return ListsIn(self._counter, form, BY_KEY, judging, self._window)

    def notice(self, asked: Asked, missing: list[str]) -> None:
        """Show the whole list; when confirmed register, issue, print."""
        dialog = NoticeDialog(self._window, missing)
        dialog.answered.connect(lambda _answer: self.register(asked, lambda case: self._issue(case, dialog)))
        self.refused.connect(lambda refusal: dialog.refuse(reason_of(refusal)))
        dialog.open()

    def _issue(self, case: Case, dialog: NoticeDialog) -> None:
        desk, session = self._counter.desk, self._counter.session

        def issued(sheet: Any) -> None:
            dialog.finish()
            self.print_requested.emit(case.id, (sheet.sheet_no,))

        self._counter.background.run(
            lambda: printing.issue(desk, session, case.id, NOTICE),
            issued,
            lambda error: dialog.refuse(reason_of(error)),
            self,
            changed=lambda _sheet: (("paper.issued",), (case.id,)),
        )

    def _tell(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self.refused.emit(error)
        else:
            self.failed.emit(reason_of(error))
