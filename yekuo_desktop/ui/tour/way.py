"""One case on its way through the stages: each task by the person who does it, with keys, as practised."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.path import TASKS, passed
from yekuo_desktop.domain.tasks import Recorded, Task
from yekuo_desktop.domain.vocabulary import STAGES
from yekuo_desktop.office import tasks
from yekuo_desktop.office.practice.answers import FILE, Answer, completed
from yekuo_desktop.office.practice.county import WAYS
from yekuo_desktop.office.practice.way import login_of, meant, perform
from yekuo_desktop.ui.case.tasks.line import TaskLine
from yekuo_desktop.ui.case.tasks.task_fields import OVERDUE
from yekuo_desktop.ui.case.tasks.task_form import TaskForm
from yekuo_desktop.ui.dialogs.print_preview import PrintPreview
from yekuo_desktop.ui.tour.album import Album
from yekuo_desktop.ui.tour.detours import Detours
from yekuo_desktop.ui.tour.hands import Hands, Stuck, dialogs
from yekuo_desktop.ui.tour.seat import Seat
from yekuo_desktop.ui.tour.watch import Watch
from yekuo_desktop.ui.tour.writing import Writer

LATE = "客户要求改期,已电话说明"  # the reason of a missed limit


class Way:
    """Walks a case; what is seen on the way goes into the album. ``briefly``: what a case has done once with
    keys is done by the office when it comes again, and so is everything of the stages ``left``."""

    def __init__(
        self,
        seat: Seat,
        album: Album,
        watch: Watch,
        detours: Detours,
        *,
        briefly: bool = False,
        left: Collection[str] = (),
    ) -> None:
        self._seat, self._album, self._watch, self._detours = seat, album, watch, detours
        self._hands: Hands = seat.hands
        self._briefly, self._left = briefly, frozenset(left)
        self._drawn: set[tuple[str, str]] = set()  # case and kind of the forms and papers that were kept

    def walk(self, case_id: str, step: timedelta) -> None:
        """From the survey to the shelf."""
        for stage, answers in WAYS:
            case = self._seat.case(case_id)
            if stage not in passed(case, self._seat.desk.reference):
                self._album.step(f"{STAGES[stage]}:这件业务不经过")
                continue
            for answer in answers(case.klass, self._watch().date()):
                for more in self._detours.before(self._seat.case(case_id), answer.kind):
                    self._task(case_id, more, step)
                self._task(case_id, answer, step)

    def _task(self, case_id: str, answer: Answer, step: timedelta) -> None:
        desk, task, case = self._seat.desk, TASKS[answer.kind], self._seat.case(case_id)
        if not task.offered(case, desk.reference):
            return
        self._watch.go_on(step)
        if self._by_office(case, task):
            perform(desk, case_id, answer)
            self._album.step(task.label, "由所里办理", kind=task.kind, stage=task.stage, by=answer.by)
            return
        self._seat.sit_down(login_of(desk, case_id, answer.by))
        self._bring(case)
        self._keep(case, f"{task.stage}-事项", self._seat.window, once=f"list {case.stage}")
        self._do(case, task, answer)

    def _by_office(self, case: Case, task: Task) -> bool:
        again = any(record.kind == task.kind for record in case.records)
        return task.stage in self._left or (self._briefly and again)

    def _keep(self, case: Case, name: str, widget: QWidget, *, once: str) -> None:
        """A picture, once of each kind in a case."""
        if (case.id, once) not in self._drawn:
            self._drawn.add((case.id, once))
            self._album.picture(name, widget)

    def _bring(self, case: Case) -> None:
        """The case in front, in the tab of the stage it has come to."""
        if not self._seat.shows(case):
            self._seat.find(case)

    def _do(self, case: Case, task: Task, answer: Answer) -> None:
        form = self._opened(case, task)
        wanted = self._wanted(case, answer)
        people = tuple(self._seat.desk.store.organisation().people.values())
        writer = Writer(self._hands, self._seat.desk.reference, people)
        writer.fill(form.page.form, form.page.fields, wanted)
        if OVERDUE.key in form.page.form.field_keys():
            self._explain(case, task, form)
        self._keep(case, f"{task.stage}-{task.label}", self._seat.window, once=task.kind)
        self._record(case, task, form)

    def _explain(self, case: Case, task: Task, form: TaskForm) -> None:
        """A limit is over that this task stops: why is asked for, and stops nothing."""
        self._hands.point(lambda: form.page.form.focus(OVERDUE.key))
        self._hands.replace(LATE)
        self._hands.settle()
        self._keep(case, f"{task.stage}-{task.label}-超时原因", self._seat.window, once=f"late {task.kind}")
        self._album.step("时限已过,说明原因后照常办理", LATE)

    def _wanted(self, case: Case, answer: Answer) -> dict[str, Any]:
        """What somebody types: his answers, and in a table what they make of the proposed lines."""
        desk, session = self._seat.desk, self._seat.window.session
        values = meant(desk, case.id, answer.values, lambda: FILE)
        known = tasks.prefilled(desk, session, case, answer.kind) if answer.proposed else {}
        return {key: value for key, value in completed(known, values).items() if key in values}

    def _opened(self, case: Case, task: Task) -> TaskForm:
        """F9 where it is what comes next, else along the list with the arrow keys."""
        view = self._seat.view
        primary = view.bar.primary
        if primary.isVisible() and primary.isEnabled() and primary.text().startswith(f"{task.label}  "):
            self._hands.press(Qt.Key.Key_F9)
        else:
            self._along_the_list(case, task)
        self._hands.until(lambda: view.tasks.form is not None, f"没有打开“{task.label}”:{self._seat.said()}")
        self._hands.settle()
        form = view.tasks.form
        assert form is not None
        return form

    def _along_the_list(self, case: Case, task: Task) -> None:
        """Up to the first line and down to the wanted one; Enter opens it."""
        if not isinstance(QApplication.focusWidget(), TaskLine):
            self._seat.find(case)
        self._hands.until(lambda: isinstance(QApplication.focusWidget(), TaskLine), "没有到事项列表")
        for key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            before = ""
            while _line().kind not in (task.kind, before):
                before = _line().kind
                self._hands.press(key, settle=False)
            if _line().kind == task.kind:
                self._hands.press(Qt.Key.Key_Return)
                return
        raise Stuck(f"列表里没有“{task.label}”")

    def _record(self, case: Case, task: Task, form: TaskForm) -> None:
        """F9, and what comes of it."""
        view, said = self._seat.view, form.bar.primary.text()
        self._hands.press(Qt.Key.Key_F9, settle=False)
        self._hands.until(
            lambda: view.tasks.form is None or form.bar.primary.isEnabled(), f"“{task.label}”没有登记"
        )
        self._hands.settle()
        after = self._seat.case(case.id)
        if len(after.records) == len(case.records):
            told = [form.page.form.message(key) for key in form.page.form.wrong()]
            raise Stuck(f"“{task.label}”被拒绝:{';'.join((*told, form.todo.words()))}")
        self._look_at_papers(case, task, said)
        record = after.records[-1]
        words = task.words(Recorded(record.values)).partition(":")[2]
        self._album.step(
            task.label,
            words,
            kind=task.kind,
            stage=task.stage,
            by=self._seat.window.session.person.name,
            at=f"{record.stated:%Y-%m-%d %H:%M}",
            button=said,
            papers=[paper.sheet_no for paper in after.papers[len(case.papers) :]],
        )

    def _look_at_papers(self, case: Case, task: Task, said: str) -> None:
        """The preview that comes with a paper is looked at and closed."""
        if "打印" not in said:
            return
        preview = self._seat.dialog(PrintPreview, f"“{task.label}”的单据没有预览")
        self._keep(case, f"{task.stage}-{task.label}-单据", preview, once=f"paper {task.kind}")
        self._hands.press(Qt.Key.Key_Escape)
        self._hands.until(lambda: not dialogs(), "预览没有关上")
        self._seat.front()


def _line() -> TaskLine:
    line = QApplication.focusWidget()
    if not isinstance(line, TaskLine):
        raise Stuck("不在事项列表里")
    return line
