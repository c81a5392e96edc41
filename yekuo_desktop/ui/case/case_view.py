"""A case that has been accepted: head, inner pages, and what can be done with it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from yekuo_desktop.domain.vocabulary import STAGES
from yekuo_desktop.office import accepting
from yekuo_desktop.office.tasks import Done
from yekuo_desktop.ui.case.case_bar import ELSEWHERE, CaseBar
from yekuo_desktop.ui.case.escalating import Escalating
from yekuo_desktop.ui.case.handing import Handing
from yekuo_desktop.ui.case.pages.acts import CaseActs
from yekuo_desktop.ui.case.pages.attachments import AttachmentsPage
from yekuo_desktop.ui.case.pages.counter import Counter, reason_of
from yekuo_desktop.ui.case.pages.dossier import DossierOut
from yekuo_desktop.ui.case.pages.facts import CaseFacts, record_parts
from yekuo_desktop.ui.case.pages.files import Files
from yekuo_desktop.ui.case.pages.header import CaseHeader
from yekuo_desktop.ui.case.pages.history import HistoryPage
from yekuo_desktop.ui.case.pages.limits import LimitsPage
from yekuo_desktop.ui.case.pages.materials import MaterialsPage
from yekuo_desktop.ui.case.pages.papers import PapersPage
from yekuo_desktop.ui.case.pages.record import RecordPage
from yekuo_desktop.ui.case.pages.tabs import Pages
from yekuo_desktop.ui.case.pages.titles import titles
from yekuo_desktop.ui.case.tasks.page import TasksPage
from yekuo_desktop.ui.case.unmasking import Unmasking
from yekuo_desktop.ui.case.way_acts import WayActs
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.card import Card
from yekuo_desktop.ui.widgets.tab_chain import lead
from yekuo_desktop.ui.widgets.unmask import KEYS

LOW = 400


class CaseView(QWidget):
    """The right side of a stage tab."""

    said = Signal(str)
    changed = Signal()
    looked_for = Signal()  # look at the case again
    left = Signal()  # back to the queue
    followed = Signal(str, str)  # stage, case: show it in the tab of that stage
    print_requested = Signal(str, tuple)
    drawn = Signal(str, object)

    def __init__(self, counter: Counter, stage: str) -> None:
        super().__init__()
        self._counter = counter
        self._facts: CaseFacts | None = None
        self._unsaved = False  # papers ticked off and not yet recorded
        self._behind: dict[QWidget, Callable[[], None]] = {}  # pages that show an older state
        self.header, self.pages = CaseHeader(), Pages()
        self.record, self.history, self.limits = RecordPage(), HistoryPage(), LimitsPage()
        self.papers, self.attachments = PapersPage(), AttachmentsPage(counter)
        desk = counter.desk
        self.materials = MaterialsPage(desk.reference, desk.clock().date())
        self.acts, self.way = CaseActs(counter, self), WayActs(counter, self)
        self.handing = Handing(counter, self)
        self.files, self.dossier = Files(counter, self), DossierOut(counter, self)
        self.tasks = TasksPage(counter)
        self.unmasking, self.escalating = Unmasking(counter, self), Escalating(counter, self, self.tasks)
        self.bar = CaseBar(counter.session, stage)
        self._form_bar: QWidget | None = None
        self._build()
        self._connect()

    def show_facts(self, facts: CaseFacts) -> None:
        """Show another case, or the same after a change; the inner page stays. A page that is not seen is
        filled when one turns to it: of a case that has come far each takes a while."""
        if facts == self._facts:
            return
        same = self._facts is not None and self._facts.case.id == facts.case.id
        self._facts = facts
        case = facts.case
        self.header.show_facts(facts)
        self.escalating.show_facts(facts)
        self.pages.setTabVisible(self.pages.indexOf(self.tasks), case.stage != "acceptance")
        self.tasks.show_facts(facts)
        self.materials.show_rules(facts.wanted, obstacle=facts.obstacles["materials.recorded"])
        if not (same and self._unsaved):
            self.materials.set_materials(case.materials)
            self._unsaved = False
        self._behind = {
            page: partial(page.show_facts, facts)
            for page in (self.history, self.limits, self.papers, self.attachments)
        }
        self._behind[self.record] = partial(self._show_record, facts)
        for page, title in titles(facts, *self.materials.seen()).items():
            self.pages.title(getattr(self, page), title)
        self.bar.show_facts(facts, unsaved=self._unsaved)
        if not same:
            self.pages.setCurrentWidget(self.record if case.stage == "acceptance" else self.tasks)
        self._turned()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Little height, fewer things around the record."""
        super().resizeEvent(event)
        self._fit()

    def focus_tasks(self) -> None:
        """The keyboard to what is to be done."""
        if self.pages.isTabVisible(self.pages.indexOf(self.tasks)):
            self.pages.setCurrentWidget(self.tasks)
            self.tasks.focus()

    def facts(self) -> CaseFacts | None:
        """The case that is shown."""
        return self._facts

    def _turned(self) -> None:
        """Another page is seen."""
        fill = self._behind.pop(self.pages.currentWidget(), None)
        if fill is not None:
            fill()
        lead(self.pages.tabBar(), self.pages.currentWidget())
        self._fit()

    def _show_record(self, facts: CaseFacts) -> None:
        self.record.record.show_parts(record_parts(facts, self._counter.desk.reference))

    def _fit(self) -> None:
        """A form takes the room of the steps and has its own buttons."""
        form = self.tasks.form
        typing = form is not None and self.pages.currentWidget() is self.tasks
        low = self.height() < px(LOW)
        self.header.set_room(steps=not typing, slim=low)
        self.pages.tabBar().setVisible(not (typing and low))
        self.bar.setVisible(not typing)
        if self._form_bar is not None:
            self._form_bar.setVisible(typing)

    def _form_changed(self) -> None:
        """Put the buttons of the form below it, or away."""
        before, form = self._form_bar, self.tasks.form
        if before is not None:
            before.hide()
            before.deleteLater()
        self._form_bar = form.bar if form else None
        if form is not None:
            self._box.addWidget(form.bar)
        self._fit()
        if form is None:
            self.looked_for.emit()

    def _recorded(self, done: Done) -> None:
        """A task was done: say it, and offer its papers."""
        facts = self._facts
        before = facts.case.stage if facts else done.case.stage
        task = facts.task(done.case.records[-1].kind) if facts else None
        words = f"已登记 {task.label}" if task else "已登记"
        if done.case.state == "archived":
            words += ",业务已办结归档"
        elif done.case.stage != before:
            words += f",业务转入“{STAGES[done.case.stage]}”环节"
        self._told(words)
        if done.sheets:
            self.print_requested.emit(done.case.id, tuple(sheet.sheet_no for sheet in done.sheets))

    def _save_materials(self) -> None:
        if self._facts is None:
            return
        desk, session, case_id = self._counter.desk, self._counter.session, self._facts.case.id
        now, before = self.materials.materials(), self._facts.case.materials
        changed = {key: value for key, value in now.items() if before.get(key) != value}
        if not changed:
            self.pages.setCurrentWidget(self.materials)
            self.materials.focus_first()
            self.said.emit("请勾选收到的资料,再按一次 F9 登记")
            return
        self._counter.write(
            "materials.recorded",
            lambda: accepting.record_materials(desk, session, case_id, changed),
            lambda _case: self._materials_saved(len(changed)),
            lambda error: self.said.emit(reason_of(error)),
            self,
        )

    def _materials_edited(self) -> None:
        self._unsaved = True
        if self._facts is not None:
            self.bar.show_facts(self._facts, unsaved=True)

    def _materials_saved(self, count: int) -> None:
        self._unsaved = False
        self._told(f"已登记资料 {count} 项")

    def _told(self, words: str) -> None:
        self.said.emit(words)
        self.changed.emit()

    def _act(self, kind: str) -> None:
        """What a button of the bar asks for."""
        facts = self._facts
        if facts is None:
            return
        if kind == ELSEWHERE:
            self.followed.emit(facts.case.stage, facts.case.id)
            return
        if facts.task(kind) is not None:
            self.pages.setCurrentWidget(self.tasks)
            self.tasks.open_task(kind)
            return
        own = {
            "case.moved": self.way.move,
            "case.returned": self.way.send_back,
            "case.transferred": self.way.transfer,
            "case.suspended": self.acts.suspend,
            "work_order.reassigned": self.acts.reassign,
            "case.noted": self.acts.note,
            "papers.received": self.acts.receive_papers,
            "request.taken": self.acts.take_request,
            "request.answered": self.acts.answer_request,
            "case.changed": self.acts.correct,
            "work_order.dispatched": self.handing.hand_over,
            "work_order.received": self.handing.sign,
        }
        if kind == "materials.recorded":
            self._save_materials()
        elif kind == "one_time_notice":
            self.acts.issue(facts, kind, "一次性告知书")
        elif kind in own:
            own[kind](facts)
        else:
            self.acts.with_reason(kind, facts)

    def _connect(self) -> None:
        self.bar.wanted.connect(self._act)
        self.pages.currentChanged.connect(lambda _index: self._turned())
        self.tasks.said.connect(self.said)
        self.tasks.form_changed.connect(self._form_changed)
        self.tasks.recorded.connect(self._recorded)
        self.tasks.left.connect(self.left)
        self.tasks.correct.connect(lambda record: self._with(self.way.correct_record, record))
        self.materials.changed.connect(self._materials_edited)
        self.papers.dossier.connect(lambda: self._papers(self.dossier.ask_file))
        for eyes in (self.record.record, self.tasks):
            eyes.unmask.connect(lambda: self._with(self.unmasking.show_whole))
        QShortcut(QKeySequence(KEYS), self).activated.connect(lambda: self._with(self.unmasking.show_whole))
        for source in (self.acts, self.way, self.handing, self.dossier, self.unmasking, self.escalating):
            source.done.connect(self._told)
        self.acts.print_requested.connect(self.print_requested)
        self.handing.drawn.connect(self.drawn)
        self.papers.preview.connect(self._preview)
        self.papers.reprint.connect(lambda *a: self._papers(self.acts.reprint, *a))
        self.papers.void.connect(lambda *a: self._with(self.acts.void, *a))
        self.papers.issue.connect(lambda form, title: self._sheet(form, self.acts.issue, form, title))
        self.limits.explain_overdue.connect(lambda *a: self._with(self.acts.explain_overdue, *a))
        self.attachments.added.connect(lambda new: self._with(self.acts.attach, new, self.attachments.tell))
        self.attachments.withdraw.connect(lambda *a: self._with(self.acts.withdraw_attachment, *a))
        self.attachments.opened.connect(lambda *a: self._papers(lambda _facts: self.files.open(*a)))
        self.attachments.saved.connect(lambda *a: self._papers(lambda facts: self.files.save(facts.case, *a)))
        self.files.done.connect(self.said)

    def _with(self, action: Callable[..., None], *args: Any) -> None:
        if self._facts is not None:
            action(self._facts, *args)

    def _papers(self, action: Callable[..., None], *args: Any) -> None:
        """The same where scans or sheets with whole numbers come to sight."""
        facts = self._facts
        if facts is not None:
            self.unmasking.papers(facts, lambda: action(facts, *args))

    def _preview(self, sheet_no: str) -> None:
        paper = self._facts.case.paper(sheet_no) if self._facts else None
        if paper is not None:
            self._sheet(paper.form, lambda now: self.print_requested.emit(now.case.id, (sheet_no,)))

    def _sheet(self, form: str, action: Callable[..., None], *args: Any) -> None:
        """The same for a sheet: some forms never show the numbers whole."""
        whole = self._counter.desk.reference.privacy.carries_numbers(form)
        (self._papers if whole else self._with)(action, *args)

    def _build(self) -> None:
        box, card = QVBoxLayout(self), Card(margin=12)
        self._box = box
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(10))
        for title, page in (
            ("办理", self.tasks),
            ("登记", self.record),
            ("资料", self.materials),
            ("附件", self.attachments),
            ("单据", self.papers),
            ("时限", self.limits),
            ("历史", self.history),
        ):
            self.pages.add(title, page)
        card.body.addWidget(self.pages)
        box.addWidget(self.header)
        box.addWidget(self.escalating.strip)
        box.addWidget(card, 1)
        box.addWidget(self.bar)
