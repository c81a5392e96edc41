"""A new or registered application on its way to 正式受理: form, materials, checks, draft, F9."""

from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMessageBox, QVBoxLayout, QWidget

from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.office import accepting
from yekuo_desktop.office.desk import obstacle
from yekuo_desktop.ui.case.drafts import DraftKeeper
from yekuo_desktop.ui.case.notices import Notice
from yekuo_desktop.ui.case.pages.counter import Counter
from yekuo_desktop.ui.case.pages.facts import CaseFacts
from yekuo_desktop.ui.case.pages.materials import MaterialsPage
from yekuo_desktop.ui.case.pages.tabs import Pages
from yekuo_desktop.ui.tabs.acceptance.application_bar import ApplicationBar
from yekuo_desktop.ui.tabs.acceptance.application_form import ApplicationForm
from yekuo_desktop.ui.tabs.acceptance.application_head import ApplicationHead
from yekuo_desktop.ui.tabs.acceptance.drafts import Draft, draft_key, restored, to_keep
from yekuo_desktop.ui.tabs.acceptance.findings import Asked, Findings, look, twin_words
from yekuo_desktop.ui.tabs.acceptance.registered import RegisteredPart
from yekuo_desktop.ui.tabs.acceptance.submitting import Submission
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.card import Card
from yekuo_desktop.ui.widgets.tab_chain import lead

LOOK_MS = 150
LOW = 400


class ApplicationView(QWidget):
    """The right side while an application is being taken in."""

    accepted = Signal(object)  # Accepted
    registered = Signal(str)  # case
    given_up = Signal()
    said = Signal(str)
    print_requested = Signal(str, tuple)
    twin_wanted = Signal(str)

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self._counter = counter
        desk = counter.desk
        self._case: Case | None = None
        self._findings: Findings | None = None
        self._turn = 0
        self._reveal = False
        self.head, self.pages = ApplicationHead(), Pages()
        self.page = ApplicationForm(desk)
        self.materials = MaterialsPage(desk.reference, desk.clock().date())
        self.restored = Notice("good", "放弃草稿")
        self.twins = Notice("notice", "查看")
        self.todo = Notice("alarm", "转到")
        self.bar = ApplicationBar()
        self.drafts = DraftKeeper(counter, self._draft, self)
        self.submission = Submission(counter, self)
        self.lists = self.submission.lists_into(self.page.form, self.materials.materials)
        self._later = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._build()
        self.more = RegisteredPart(counter, self.pages, self)
        self._connect()

    def begin(self, facts: CaseFacts | None = None) -> None:
        """A new application, or one that was registered before."""
        desk, session = self._counter.desk, self._counter.session
        self._case = case = facts.case if facts else None
        self._reveal, self._findings = False, None
        self.page.set_managers(desk.store.organisation().project_managers())
        for notice in (self.restored, self.todo, self.twins):
            notice.say("")
        self.bar.tell_saved(None)
        self.materials.set_materials(case.materials if case else {})
        self.page.set_values(case.values if case else accepting.blank(desk, session))
        self.bar.allow_accept(obstacle(session, case, "case.accepted"))
        self.show_facts(facts)
        self.pages.setCurrentIndex(0)
        self.page.setEnabled(False)  # until it is known whether a draft was left
        self.drafts.begin(draft_key(self.drafts.person, self.case_id))

    def show_facts(self, facts: CaseFacts | None) -> None:
        """What is known of the registered case besides the form."""
        self.more.show_facts(facts)
        why = obstacle(self._counter.session, None, "case.registered")
        self.bar.allow_register(why, {kind: self.more.obstacle(kind) for kind in self.bar.KINDS})

    @property
    def case_id(self) -> str:
        """The registered case, "" for a new application."""
        return self._case.id if self._case else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low screen the head gives way to the form."""
        super().resizeEvent(event)
        self.head.setVisible(self.height() >= px(LOW))

    def leave(self) -> None:
        """The person looks at something else: what is typed is safe."""
        self.drafts.flush()

    def accept(self) -> None:
        """F9: 正式受理. A refusal shows everything that is wrong and jumps to the first field."""
        self.page.form.settle()
        own = self.page.own_problems(self._counter.desk.clock())
        if any(not problem.warning for problem in own):
            known = self._findings.problems if self._findings else ()
            self._refused(Refused((*own, *known)))
            return
        self.bar.busy(True)
        self.submission.accept(self._asked())

    def register(self) -> None:
        """暂存登记: keep it as a case without number; no clock runs."""
        self.page.form.settle()
        told = "已暂存登记 {}"
        self.submission.register(
            self._asked(), lambda case: self.said.emit(told.format(case.values["customer_name"]))
        )

    def notice(self) -> None:
        """一次性告知书: everything that is missing, once, in writing."""
        self.page.form.settle()
        missing = self.materials.missing()
        if missing:
            self.submission.notice(self._asked(), missing)
        else:
            self.said.emit("必备资料已齐,不需要一次性告知书")

    def give_up(self) -> None:
        """Throw the draft away, after asking."""
        box = QMessageBox(QMessageBox.Icon.Question, "放弃草稿", "放弃没有录完的内容?", parent=self)
        box.setInformativeText("已录入的内容不再保留。已暂存登记的申请不受影响。")
        yes = box.addButton("放弃草稿", QMessageBox.ButtonRole.DestructiveRole)
        box.addButton("继续录入", QMessageBox.ButtonRole.RejectRole)
        box.buttonClicked.connect(lambda pressed: self.drop_draft() if pressed is yes else None)
        box.open()

    def drop_draft(self) -> None:
        """Throw the draft away."""
        self.drafts.drop()
        self.given_up.emit()

    def _asked(self) -> Asked:
        return self.page.asked(self.materials.materials(), self.case_id)

    def _accepted(self, made: object) -> None:
        self.bar.busy(False)
        self.drafts.drop()
        self.accepted.emit(made)

    def _registered(self, case: Case) -> None:
        self.drafts.drop()
        self._case = case
        self.drafts.follow(draft_key(self.drafts.person, case.id))
        self.restored.say("")
        self.registered.emit(case.id)
        self._look()

    def _refused(self, refusal: Refused) -> None:
        """Show every reason where it belongs and put the cursor into the first wrong field."""
        self.bar.busy(False)
        self._reveal = True
        self._show_problems(refusal.problems)
        self._jump()

    def _failed(self, reason: str) -> None:
        self.bar.busy(False)
        self.todo.say(reason)

    def _look(self) -> None:
        """Have what is typed looked at behind the window; an older answer is not shown."""
        desk, session = self._counter.desk, self._counter.session
        self._turn += 1
        turn, asked = self._turn, self._asked()
        self._counter.read(lambda: look(desk, session, asked), lambda found: self._found(found, turn), self)

    def _found(self, findings: Findings, turn: int) -> None:
        if turn != self._turn:
            return
        self._findings = findings
        if self.page.propose_manager(findings.manager):
            self._look()
        self.materials.show_rules(findings.rules)
        lead(self.pages.tabBar(), self.materials)
        self.materials.offer(findings.held, findings.held_words)
        self.twins.say(twin_words(findings.twins, self.page.everything()))
        self._show_problems((*self.page.own_problems(self._counter.desk.clock()), *findings.problems))
        self.head.show_values(self.page.everything(), self._case)
        there, wanted = self.materials.seen()
        self.pages.title(self.materials, f"资料 {there}/{wanted}")

    def _show_problems(self, problems: tuple[Problem, ...]) -> None:
        hints = self._findings.hints if self._findings else {}
        self.page.form.show_problems(problems, hints, reveal=self._reveal)
        stopping = [problem for problem in problems if not problem.warning]
        self.materials.show_problems(stopping if self._reveal else ())
        if self._reveal:
            self._tell_todo(stopping)

    def _tell_todo(self, stopping: list[Problem]) -> None:
        places = {problem.field for problem in stopping if self._place(problem.field)}
        words = [f"还有 {len(places)} 处需要处理"] if places else []
        words += [problem.text for problem in stopping if not self._place(problem.field)]
        self.todo.say(";".join(words))
        self.todo.button.setVisible(bool(places))

    def _place(self, field: str) -> bool:
        return field in self.page.form.field_keys() or field.startswith("material:")

    def _jump(self) -> None:
        """To the first field that stops the acceptance: the form first, then the papers."""
        wrong = self.page.form.wrong()
        if wrong:
            self.pages.setCurrentIndex(0)
            self.page.form.focus(wrong[0])
            return
        paper = self.materials.first_wrong()
        if paper:
            self.pages.setCurrentWidget(self.materials)
            self.materials.focus(paper)

    def _draft(self) -> dict[str, Any]:
        draft = Draft(
            values=self.page.everything(),
            materials=self.materials.materials(),
            manager=self.page.manager.value(),
            stated=self.page.stated.value(),
            case_id=self.case_id,
        )
        return to_keep(draft)

    def _restore(self, kept: dict[str, Any] | None) -> None:
        """The store has answered: go on with the draft, if one was left."""
        draft = restored(kept)
        self.page.setEnabled(True)
        if draft is not None:
            self.materials.set_materials(draft.materials)
            self.page.set_values(draft.values, draft.manager, draft.stated)
            at = f" 草稿 {draft.at:%H:%M}" if draft.at else ""
            self.restored.say(f"上次没有录完的申请已恢复{at}")
        self._look()
        if self.isVisible():  # class, business and channel are mostly right already
            self.page.form.focus("customer_name")

    def _edited(self) -> None:
        self.drafts.touch()
        self._later.start()

    def _to_materials(self) -> None:
        self.pages.setCurrentWidget(self.materials)
        self.materials.focus_first()

    def _open_twin(self) -> None:
        if self._findings and self._findings.twins:
            self.twin_wanted.emit(self._findings.twins[0].id)

    def _connect(self) -> None:
        self.page.changed.connect(lambda _key: self._edited())
        self.page.left.connect(lambda _key: self._later.start())
        self.page.finished.connect(self._to_materials)
        self.materials.changed.connect(self._edited)
        self._later.timeout.connect(self._look)
        self.drafts.saved.connect(self.bar.tell_saved)
        self.drafts.failed.connect(self.bar.tell_unsaved)
        self.drafts.found.connect(self._restore)
        for signal, slot in (
            (self.restored.pressed, self.give_up),
            (self.twins.pressed, self._open_twin),
            (self.todo.pressed, self._jump),
            (self.bar.accept, self.accept),
            (self.bar.register, self.register),
            (self.bar.notice, self.notice),
            (self.bar.give_up, self.give_up),
            (self.bar.withdraw, self.more.withdraw),
            (self.bar.note, self.more.note),
            (self.more.done, self.said),
            (self.submission.accepted, self._accepted),
            (self.submission.registered, self._registered),
            (self.submission.refused, self._refused),
            (self.submission.failed, self._failed),
            (self.submission.print_requested, self.print_requested),
        ):
            signal.connect(slot)

    def _build(self) -> None:
        box, card = QVBoxLayout(self), Card(margin=12)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        self.pages.add("登记", self.page)
        self.pages.add("资料", self.materials)
        card.body.addWidget(self.pages)
        for widget in (self.head, self.restored, self.twins):
            box.addWidget(widget)
        box.addWidget(card, 1)
        box.addWidget(self.todo)
        box.addWidget(self.bar)
