"""办理: the list of tasks; in its place the form of one, or what one recorded."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from yekuo_desktop.ui.case.pages.counter import Counter
from yekuo_desktop.ui.case.pages.facts import CaseFacts
from yekuo_desktop.ui.case.tasks.records_view import RecordsView
from yekuo_desktop.ui.case.tasks.task_form import TaskForm
from yekuo_desktop.ui.case.tasks.task_list import TaskList


class TasksPage(QWidget):
    """Shows one of the three; says when a form opens and closes, so that the bar below it follows."""

    said = Signal(str)
    recorded = Signal(object)  # tasks.Done
    correct = Signal(object)  # Record
    form_changed = Signal()  # a form was opened or closed
    left = Signal()
    unmask = Signal()

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self._counter = counter
        self._facts: CaseFacts | None = None
        self.form: TaskForm | None = None
        self.list, self.records = TaskList(), RecordsView(counter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.records)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)
        self.list.opened.connect(self.open_task)
        self.list.read.connect(self.show_records)
        self.list.left.connect(self.left)
        self.records.closed.connect(self.back)
        self.records.again.connect(self.open_task)
        self.records.correct.connect(self.correct)
        self.records.unmask.connect(self.unmask)

    def show_facts(self, facts: CaseFacts) -> None:
        """Show another case, or the same after a change; an open form stays open for its case."""
        same = self._facts is not None and self._facts.case.id == facts.case.id
        self._facts = facts
        if not same:
            self.close_form()
            self._stack.setCurrentWidget(self.list)
        self.list.show_facts(facts)
        if self.form is not None:
            self.form.show_facts(facts)
        if self._stack.currentWidget() is self.records:
            self.records.show_records(facts, self.records.kind)

    def open_task(self, kind: str) -> None:
        """Open the form of a task; where it cannot be done now, say why."""
        facts = self._facts
        view = facts.task(kind) if facts else None
        if facts is None or view is None:
            return
        if self.form is not None and self.form.kind == kind:
            self.focus()
            return
        if view.obstacle and kind not in facts.drafts:
            self.said.emit(view.obstacle)
            return
        self.close_form()
        self.form = form = TaskForm(self._counter, facts, kind)
        form.closed.connect(self.back)
        form.said.connect(self.said)
        form.recorded.connect(self._recorded)
        self._stack.addWidget(form)
        self._stack.setCurrentWidget(form)
        self.form_changed.emit()

    def focus(self) -> None:
        """The keyboard to the form that is open, or to the task that comes next."""
        if self.form is not None:
            self.form.page.form.focus_first()
        else:
            self._stack.setCurrentWidget(self.list)
            self.list.focus_next()

    def show_records(self, kind: str) -> None:
        """Show what a task recorded."""
        if self._facts is not None:
            self.records.show_records(self._facts, kind)
            self._stack.setCurrentWidget(self.records)
            self.records.focus_first()

    def back(self) -> None:
        """To the list, at the line one came from."""
        kind = self.form.kind if self.form else self.records.kind
        self.close_form()
        self._stack.setCurrentWidget(self.list)
        self.list.focus_next(kind)

    def close_form(self) -> None:
        """Put the form away; what is typed is in its draft."""
        form, self.form = self.form, None
        if form is not None:
            form.leave()
            self._stack.removeWidget(form)
            form.deleteLater()
            self.form_changed.emit()

    def _recorded(self, done: object) -> None:
        self.close_form()
        self._stack.setCurrentWidget(self.list)
        self.list.focus_next()
        self.recorded.emit(done)
