"""The tab of stage 1: the queue, new applications (F2), and accepted cases until they are delivered."""

from typing import Any

from PySide6.QtGui import QKeySequence

from yekuo_desktop.domain.people import COUNTER
from yekuo_desktop.office.desk import obstacle
from yekuo_desktop.ui.case.frame import KEYS, StageTab
from yekuo_desktop.ui.case.pages.counter import Counter
from yekuo_desktop.ui.case.pages.facts import CaseFacts
from yekuo_desktop.ui.case.queue import COMMON
from yekuo_desktop.ui.tabs.acceptance.application import ApplicationView
from yekuo_desktop.ui.widgets.buttons import Pill, allow, primary

PILLS = (*COMMON, Pill("registered", "待受理"), Pill("undelivered", "未送达", "warning"))
EMPTY = ("没有等待处理的申请", "按 F2 受理新的用电申请。")


class AcceptanceTab(StageTab):
    """Adds the new application to the frame."""

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter, "acceptance", EMPTY, PILLS)
        self.application = ApplicationView(counter)
        self.right.addWidget(self.application)
        self.new = primary("新受理", self.new_application, name="plus", shortcut="F2")
        self.new.setShortcut(QKeySequence("F2"))
        allow(self.new, obstacle(counter.session, None, "case.registered"))
        self.queue.add_button(self.new)
        self.nothing.designed = ("从左侧选择一件业务,或按 F2 受理新申请", KEYS)
        self.application.accepted.connect(self._accepted)
        self.application.registered.connect(self._registered)
        self.application.given_up.connect(self._given_up)
        self.application.said.connect(self._said)
        self.application.print_requested.connect(self.print_requested)
        self.application.twin_wanted.connect(self.open_case)

    def new_application(self) -> None:
        """F2: an empty form, or the one that was not finished last time."""
        if self._taking_new():
            self.application.page.form.focus("customer_name")
            return
        self._case = ""
        self.queue.choose("")
        self.right.setCurrentWidget(self.application)
        self.application.begin()

    def open_case(self, case_id: str) -> None:
        """Show a case; what is typed in a new application stays in its draft."""
        self.application.leave()
        super().open_case(case_id)

    def show_facts(self, facts: CaseFacts) -> None:
        """A registered application goes on in the form of who takes it in; any other case is shown."""
        taken_in = self.counter.session.person.may(COUNTER) and not facts.sight.masked
        if facts.case.state != "registered" or not taken_in:
            super().show_facts(facts)
            return
        shown = self.right.currentWidget() is self.application
        if shown and self.application.case_id == facts.case.id:
            self.application.show_facts(facts)
            return
        self.right.setCurrentWidget(self.application)
        self.application.begin(facts)

    def _taking_new(self) -> bool:
        return self.right.currentWidget() is self.application and not self.application.case_id

    def _accepted(self, made: Any) -> None:
        case = made.case
        self.said.emit(f"已正式受理 {case.number}")
        self.open_case(case.id)
        self.queue.refresh()
        self.queue.table.setFocus()
        self.print_requested.emit(case.id, tuple(sheet.sheet_no for sheet in made.sheets))

    def _registered(self, case_id: str) -> None:
        self._case = case_id
        self.queue.choose(case_id)
        self.queue.refresh()

    def _said(self, words: str) -> None:
        self.said.emit(words)
        self.refresh()

    def _given_up(self) -> None:
        case = self.application.case_id
        self.close_case()
        if case:
            self.open_case(case)
