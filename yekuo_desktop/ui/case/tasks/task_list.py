"""The tasks of a stage in their order, what is still needed to leave it, and the earlier stages below."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from yekuo_desktop.domain.vocabulary import STAGES
from yekuo_desktop.office.tasks import TaskView
from yekuo_desktop.ui.case.pages.facts import CaseFacts
from yekuo_desktop.ui.case.pages.lists import clear, empty
from yekuo_desktop.ui.case.tasks.conditions import Conditions
from yekuo_desktop.ui.case.tasks.line import TaskLine
from yekuo_desktop.ui.case.tasks.standing import aside, next_task, standings, still_needed
from yekuo_desktop.ui.forms.tone import label
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import Button
from yekuo_desktop.ui.widgets.scrolling import scrolling

AIR = 48  # between the line with the cursor and the edge: the next one shows
CONDITIONS, ASIDE = "conditions", "aside"  # what may be unfolded besides stages
SOMETIMES = "按需办理,现在不能办"
ELSEWHERE = "其他环节的事项,现在也可以办"


class TaskList(QWidget):
    """Arrow keys go from line to line; the line one was at stays when the list is looked at again."""

    opened = Signal(str)  # kind of the task to be done
    read = Signal(str)  # kind of the task whose records are wanted
    left = Signal()  # Escape: back to the queue

    def __init__(self) -> None:
        super().__init__()
        self._facts: CaseFacts | None = None
        self._unfolded: set[str] = set()
        self._current = ""
        self._lines: list[TaskLine] = []
        self._folds: dict[str, QPushButton] = {}
        inside = QWidget()
        self._box = QVBoxLayout(inside)
        self._box.setContentsMargins(0, 0, px(8), 0)
        self._box.setSpacing(0)
        self._area = scrolling(inside)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._area)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.left)

    def show_facts(self, facts: CaseFacts) -> None:
        """Show the tasks of a case."""
        same = self._facts is not None and self._facts.case.id == facts.case.id
        if not same:
            self._unfolded, self._current = set(), ""
        before, self._facts = self._following(), facts
        self._rebuild(facts)
        if not same or self._following() != before:
            self._current = self._following()
            QTimer.singleShot(0, self, self._follow)

    def focus_next(self, kind: str = "") -> None:
        """Put the keyboard on a line, or on the task that comes next."""
        wanted = kind or self._following()
        line = next((line for line in self._lines if line.kind == wanted), None)
        line = line or next(iter(self._lines), None)
        if line is not None:
            line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _following(self) -> str:
        """The kind of the task that comes next, "" for none."""
        following = next_task(self._facts.tasks, self._facts.case.stage) if self._facts else None
        return following.kind if following else ""

    def line(self, kind: str) -> TaskLine:
        """The line of a task that is shown."""
        return next(line for line in self._lines if line.kind == kind)

    def unfold(self, id_: str) -> None:
        """Show or hide what waits behind a title: of an earlier stage, or what is not possible now."""
        self._unfolded ^= {id_}
        if self._facts is not None:
            self._rebuild(self._facts)
            self._folds[id_].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_all(self, facts: CaseFacts) -> None:
        self._unfolded |= {CONDITIONS}
        self._rebuild(facts)

    def _rebuild(self, facts: CaseFacts) -> None:
        """Lines made anew; the keyboard stays on the task it was at, wherever its line stands now."""
        at = next((line.kind for line in self._lines if line.hasFocus()), "")
        self._fill(facts)
        if at:
            self.focus_next(at)

    def _fill(self, facts: CaseFacts) -> None:
        for line in self._lines:
            line.blockSignals(True)
        clear(self._box)
        self._lines, self._folds = [], {}
        stage = facts.case.stage
        if facts.conditions:
            block = Conditions(stage, facts.conditions, whole=CONDITIONS in self._unfolded)
            block.unfolded.connect(lambda: self._show_all(facts))
            self._box.addWidget(block)
            block.show()
            self._box.addSpacing(px(8))
        own = [view for view in facts.tasks if view.stage == stage]
        self._add([view for view in own if not aside(view)], facts)
        self._tell_needed(facts)
        self._add_elsewhere(facts)
        self._add_folded(ASIDE, SOMETIMES, [view for view in own if aside(view)], facts)
        for before, views in reversed(facts.earlier.items()):
            self._add_folded(before, STAGES[before], views, facts)
        self._box.addStretch(1)

    def _add(self, views: Iterable[TaskView], facts: CaseFacts) -> None:
        for standing in standings(views, facts):
            line = TaskLine(standing)
            line.opened.connect(self.opened)
            line.read.connect(self.read)
            line.focused.connect(self._focused)
            line.stepped.connect(lambda step, at=line: self._step(at, step))
            self._lines.append(line)
            self._box.addWidget(line)
            line.show()  # at once, not when the layout gets to it: the keyboard may be wanted here

    def _tell_needed(self, facts: CaseFacts) -> None:
        waiting = still_needed(facts)
        if waiting:
            words = f"离开本环节还需:{'、'.join(waiting)}"
        elif facts.case.state == "archived":
            words = "本业务已归档。"
        else:
            words = "本环节需要办的都办完了。" if facts.tasks else ""
        if words:
            told = label(words, "needed", wrap=True)
            self._box.addWidget(told)
        if not facts.tasks:
            self._box.addWidget(empty("本环节没有需要办理的事项。"))

    def _add_elsewhere(self, facts: CaseFacts) -> None:
        views = [view for view in facts.tasks if view.stage != facts.case.stage]
        if views:
            self._box.addSpacing(px(8))
            self._box.addWidget(label(ELSEWHERE, "block"))
            self._add(views, facts)

    def _add_folded(self, id_: str, title: str, views: Sequence[TaskView], facts: CaseFacts) -> None:
        """Lines that wait behind their title."""
        if not views:
            return
        open_ = id_ in self._unfolded
        fold = Button(f"{'▾' if open_ else '▸'} {title}  {len(views)} 项")
        fold.setProperty("role", "fold")
        fold.setAccessibleName(f"{title} {len(views)} 项,{'收起' if open_ else '展开'}")
        fold.clicked.connect(lambda: self.unfold(id_))
        self._folds[id_] = fold
        self._box.addWidget(fold)
        fold.show()
        if open_:
            self._add(views, facts)

    def _focused(self, kind: str) -> None:
        self._current = kind
        QTimer.singleShot(0, self, self._follow)

    def _follow(self) -> None:
        line = next((line for line in self._lines if line.kind == self._current), None)
        if line is not None:
            self._area.ensureWidgetVisible(line, 0, px(AIR))

    def _step(self, line: TaskLine, step: int) -> None:
        at = self._lines.index(line) + step
        if 0 <= at < len(self._lines):
            self._lines[at].setFocus(Qt.FocusReason.TabFocusReason)
