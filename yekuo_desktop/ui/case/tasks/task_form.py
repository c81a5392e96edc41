"""A task as a form: proposals and problems beside the fields, a draft on disk, F9 records it."""

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.field import Problem, by_key
from yekuo_desktop.domain.tasks import Proposal
from yekuo_desktop.office import tasks
from yekuo_desktop.ui.case.drafts import DraftKeeper
from yekuo_desktop.ui.case.lists_in import Judge, ListsIn
from yekuo_desktop.ui.case.notices import Notice
from yekuo_desktop.ui.case.pages.bringing import bring, files_of
from yekuo_desktop.ui.case.pages.counter import Counter, reason_of
from yekuo_desktop.ui.case.pages.facts import CaseFacts, draft_key
from yekuo_desktop.ui.case.tasks.form_bar import FormBar
from yekuo_desktop.ui.case.tasks.looking import Seen, answered, hint_of, look, offer_of
from yekuo_desktop.ui.case.tasks.sections import Sections
from yekuo_desktop.ui.case.tasks.task_fields import OVERDUE, OWN, TaskFields
from yekuo_desktop.ui.forms.bringing import Brought
from yekuo_desktop.ui.forms.elided import Elided
from yekuo_desktop.ui.forms.tone import label
from yekuo_desktop.ui.theme import px

LOOK_MS = 150


class TaskForm(QWidget):
    """Made anew each time a task is opened. ``bar`` stands below it, outside."""

    recorded = Signal(object)  # tasks.Done
    closed = Signal()
    said = Signal(str)

    def __init__(self, counter: Counter, facts: CaseFacts, kind: str) -> None:
        super().__init__()
        self._counter, self._facts, self.kind = counter, facts, kind
        view = facts.task(kind)
        self._label = view.label if view else kind
        self._typed: set[str] = set()
        self._proposals: dict[str, Proposal] = {}
        self._seen: Seen | None = None
        self._turn, self._reveal, self._obstacle = 0, False, ""
        self.page = TaskFields(counter.desk, facts, kind)
        self._fields = by_key(self.page.fields)
        self.bar, self.sections = FormBar(), Sections(self.page.form)
        self._papers = Elided("caption", own=True)
        self.restored, self.todo = Notice("good", "放弃草稿"), Notice("alarm", "知道了")
        self.drafts = DraftKeeper(counter, self._draft, self)
        self.lists = ListsIn(counter, self.page.form, self._fields, self._judging, self)
        self._later = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._build()
        self._connect()
        self.show_facts(facts)
        self.bar.tell_saved(None)
        self.page.setEnabled(False)  # until it is known whether a draft was left
        self.drafts.begin(draft_key(self.drafts.person, facts.case.id, kind))

    def show_facts(self, facts: CaseFacts) -> None:
        """The case has changed meanwhile; what is typed stays."""
        self._facts = facts
        view = facts.task(self.kind)
        self.page.set_files(files_of(facts.case))
        self._obstacle = view.obstacle if view else "这件业务已不需要办这一项"
        self.todo.say(f"现在不能登记:{self._obstacle}" if self._obstacle else "")
        self._tell_papers()
        if self._seen is not None:
            self._look()

    def _tell_papers(self) -> None:
        """Which sheets come with it, as far as it is filled in."""
        papers = self._seen.papers if self._seen else ()
        self._papers.setText(f"办理后出具{'、'.join(f'《{title}》' for title in papers)}" if papers else "")
        self.bar.show_task("登记并打印" if papers else "登记", self._obstacle)

    def record(self) -> None:
        """F9. A refusal shows everything that is wrong and jumps to the first field."""
        self.page.form.settle()
        own = self.page.own_problems()
        if any(not problem.warning for problem in own):
            self._refused(Refused((*own, *(self._seen.problems if self._seen else ()))))
            return
        desk, session, case_id = self._counter.desk, self._counter.session, self._facts.case.id
        values, stated, overdue = self.page.recorded(), self.page.stated.moment(), self.page.overdue()
        self.bar.busy(True)
        self._counter.write(
            self.kind,
            lambda: tasks.record(desk, session, case_id, self.kind, values, stated, overdue),
            self._recorded,
            self._failed,
            self,
        )

    def hideEvent(self, event: QHideEvent) -> None:
        """Also when the window goes: what is typed is safe."""
        super().hideEvent(event)
        self.drafts.flush()

    def leave(self) -> None:
        """Something else is looked at: what is typed is safe."""
        self.drafts.flush()

    def close_form(self) -> None:
        """Escape: back to the list; the draft stays."""
        self.leave()
        self.closed.emit()

    def drop(self) -> None:
        """Throw the draft away and begin anew."""
        self.drafts.drop()
        self._typed = set()
        self.restored.say("")
        self.bar.tell_saved(None)
        self.page.set_values({})
        self._look()
        self.page.form.focus_first()

    def take(self, key: str) -> None:
        """Take the proposal beside a field."""
        proposal = self._proposals.get(key)
        if proposal is not None and proposal.value not in (None, ""):
            self.page.set_value(key, proposal.value)
            self._edited(key)

    def _judging(self) -> Judge:
        """What the task says to other values."""
        desk, session, case = self._counter.desk, self._counter.session, self._facts.case
        kind, fields, stated = self.kind, self.page.fields, self.page.stated.moment()
        return lambda values: tasks.check(desk, session, case, kind, answered(fields, values), stated)

    def _draft(self) -> dict[str, Any]:
        values = self.page.values()
        return {
            "values": {key: values.get(key, "") for key in sorted(self._typed)},
            "stated": self.page.stated.value(),
            "overdue": self.page.overdue(),
        }

    def _restore(self, kept: dict[str, Any] | None) -> None:
        """The store has answered: go on with the draft, if one was left."""
        self.page.setEnabled(True)
        if kept:
            values = dict(kept.get("values", {}))
            self._typed = set(values)
            self.page.set_values(values, kept.get("stated", ""), kept.get("overdue", ""))
            at = str(kept.get("at", ""))[11:16]
            self.restored.say(f"上次没有登记完的内容已恢复 草稿 {at}".strip())
        self._look()
        if self.isVisible():
            self.page.form.focus_first()

    def _edited(self, key: str) -> None:
        if key not in OWN:
            self._typed.add(key)
        self.drafts.touch()
        self._later.start()

    def _look(self) -> None:
        """Have what is typed looked at behind the window; an older answer is not shown."""
        desk, session, case = self._counter.desk, self._counter.session, self._facts.case
        self._turn += 1
        turn, kind, stated = self._turn, self.kind, self.page.stated.moment()
        values = self.page.values()
        typed = {key: values.get(key, "") for key in self._typed}
        self._counter.read(
            lambda: look(desk, session, case, kind, typed, stated), lambda seen: self._found(seen, turn), self
        )

    def _found(self, seen: Seen, turn: int) -> None:
        if turn != self._turn:
            return
        self._seen, self._proposals = seen, seen.proposals
        self._fill_in(seen)
        self.page.set_late(seen.late)
        self.sections.follow()
        self._tell_papers()
        problems = (*self.page.own_problems(), *self._late_problems(seen), *seen.problems)
        self._show_problems(problems)

    def _fill_in(self, seen: Seen) -> None:
        """What follows from what was typed stands in its field, and goes when it follows no more."""
        values = self.page.values()
        for key in self._fields:
            wanted = seen.values.get(key, "")
            if key not in self._typed and values.get(key, "") != wanted:
                self.page.set_value(key, wanted)

    def _late_problems(self, seen: Seen) -> tuple[Problem, ...]:
        if not seen.late or self.page.overdue():
            return ()
        words = "、".join(f"“{item.label}”已于 {item.due:%m-%d %H:%M} 到期" for item in seen.late)
        return (Problem(OVERDUE.key, f"{words},请说明原因(供稽查查看,不改变任何时间)", warning=True),)

    def _show_problems(self, problems: tuple[Problem, ...]) -> None:
        values, facts = self.page.values(), self._facts
        reference, names, sight = self._counter.desk.reference, facts.names, facts.sight
        hints, offers = {}, {}
        for key, proposal in self._proposals.items():
            hints[key] = hint_of(proposal, values.get(key, ""))
            field, value = self._fields[key], values.get(key, "")
            offers[key] = offer_of(field, proposal, value, reference, names, sight)
        self.page.form.show_problems(problems, hints, reveal=self._reveal)
        self.page.form.show_offers(offers)
        if self._reveal:
            self._tell_todo([problem for problem in problems if not problem.warning])

    def _tell_todo(self, stopping: list[Problem]) -> None:
        shown = self.page.form.field_keys()
        places = {problem.field for problem in stopping if problem.field in shown}
        self.bar.tell_wrong(len(places))
        self.todo.say(";".join(problem.text for problem in stopping if problem.field not in shown))

    def _recorded(self, done: tasks.Done) -> None:
        self.bar.busy(False)
        self.drafts.drop()
        self.recorded.emit(done)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self._refused(error)
        else:
            self.bar.busy(False)
            self.todo.say(reason_of(error))

    def _refused(self, refusal: Refused) -> None:
        self.bar.busy(False)
        self._reveal = True
        warnings = tuple(p for p in (self._seen.problems if self._seen else ()) if p.warning)
        self._show_problems((*refusal.problems, *warnings))
        self._jump()

    def _jump(self) -> None:
        """To the first field that is wrong."""
        wrong = self.page.form.wrong()
        if wrong:
            self.page.form.focus(wrong[0])

    def _bring(self, key: str, files: list[Brought]) -> None:
        """Files brought at a field are attached to the case; the first is the field's answer."""
        bring(
            self._counter,
            self._facts.case.id,
            files,
            lambda made: self._attached(key, *made),
            self.said.emit,
            self,
        )

    def _attached(self, key: str, case: Case, file: str) -> None:
        chosen = files_of(case)
        self.page.set_files(chosen)
        self.page.set_value(key, file)
        self._edited(key)
        name = next((choice.label for choice in chosen if choice.id == file), "")
        self.said.emit(f"已添加附件 {name}")

    def _connect(self) -> None:
        self.page.changed.connect(self._edited)
        self.page.left.connect(lambda _key: self._later.start())
        self.page.finished.connect(self.bar.primary.setFocus)
        self.page.taken.connect(self.take)
        self.page.brought.connect(self._bring)
        self.page.refused.connect(self.said)
        self._later.timeout.connect(self._look)
        self.drafts.saved.connect(self.bar.tell_saved)
        self.drafts.failed.connect(self.bar.tell_unsaved)
        self.drafts.found.connect(self._restore)
        self.restored.pressed.connect(self.drop)
        self.todo.pressed.connect(lambda: self.todo.say(""))
        self.bar.record.connect(self.record)
        self.bar.back.connect(self.close_form)
        self.bar.drop.connect(self.drop)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.close_form)

    def _build(self) -> None:
        box, head = QVBoxLayout(self), QHBoxLayout()
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(6))
        view = self._facts.task(self.kind)
        head.addWidget(label(self._label, "heading"))
        hint = Elided()
        hint.setText(view.hint if view else "")
        head.addWidget(hint, 1)
        head.addWidget(self._papers)
        head.addWidget(self.sections)
        box.addLayout(head)
        box.addWidget(self.restored)
        box.addWidget(self.page, 1)
        box.addWidget(self.todo)
