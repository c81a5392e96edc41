"""Asking for what an act needs, doing it behind the window, saying what became of it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from yekuo_desktop.office.desk import act
from yekuo_desktop.ui.case.pages.counter import Counter, reason_of
from yekuo_desktop.ui.case.pages.facts import CaseFacts
from yekuo_desktop.ui.dialogs.case_dialog import CaseDialog


class Asking(QObject):
    """A dialog stays open until its act has succeeded: a refusal loses nothing that was typed."""

    done = Signal(str)
    print_requested = Signal(str, tuple)  # case, sheet numbers

    def __init__(self, counter: Counter, parent: QWidget) -> None:
        super().__init__(parent)
        self._counter, self._window = counter, parent

    def ask(
        self,
        dialog: CaseDialog,
        kind: str,
        facts: CaseFacts,
        payload: Callable[[Any], Any],
        told: str,
        after: Callable[[], None] | None = None,
    ) -> None:
        """Open the dialog of an act; ``payload`` makes of its answer what the act takes."""
        desk, session, case_id = self._counter.desk, self._counter.session, facts.case.id

        def acted(_case: object) -> None:
            self.finish(dialog, told)
            if after is not None:
                after()

        def answered(answer: Any) -> None:
            self.do(
                kind,
                lambda: act(desk, session, case_id, kind, payload(answer)),
                acted,
                lambda error: self.refuse(dialog, error),
            )

        dialog.answered.connect(answered)
        dialog.open()

    def do(
        self,
        kind: str,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Do an act behind the window."""
        self._counter.write(kind, work, done, failed, self)

    def finish(self, dialog: CaseDialog | None, told: str) -> None:
        """The act was done."""
        if dialog is not None:
            dialog.finish()
        self.done.emit(told)

    def refuse(self, dialog: CaseDialog | None, error: Exception) -> None:
        """The act was refused."""
        if dialog is not None:
            dialog.refuse(reason_of(error))
        else:
            self.done.emit(reason_of(error))
