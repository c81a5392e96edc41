"""The form of a task: its fields in groups, those that are asked now; and when it happened."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from yekuo_desktop.domain.field import Field, Kind, Problem, sheet_of
from yekuo_desktop.office import tasks
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.history import gap_words
from yekuo_desktop.ui.case.pages.bringing import files_of
from yekuo_desktop.ui.case.pages.facts import CaseFacts
from yekuo_desktop.ui.case.tasks.looking import answered
from yekuo_desktop.ui.forms.choices import Choice
from yekuo_desktop.ui.forms.factory import Around
from yekuo_desktop.ui.forms.file_choice import FileEditor
from yekuo_desktop.ui.forms.form import Form
from yekuo_desktop.ui.forms.moments import MomentEditor
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.scrolling import bring, scrolling

STATED = Field(key="stated", label="发生时间", hint="现在;补录如 1122 0930")
OVERDUE = Field(key="overdue_reason", label="超时原因", kind=Kind.LONG_TEXT, max_length=300)
OWN = frozenset({STATED.key, OVERDUE.key})
PLAIN, WHEN = "登记内容", "办理时间"
AIR = 24  # between the field with the cursor and the edge


class TaskFields(QWidget):
    """What is typed; knows nothing of what it means."""

    changed = Signal(str)
    left = Signal(str)
    finished = Signal()
    taken = Signal(str)
    brought = Signal(str, object)  # field, list[Brought]
    refused = Signal(str)

    def __init__(self, desk: Desk, facts: CaseFacts, kind: str) -> None:
        super().__init__()
        self._desk = desk
        self._sheet = sheet_of(facts.case.klass, facts.case.business)
        self.fields = tasks.fields_of(facts.case, kind)
        self.stated = MomentEditor(STATED, desk.clock)
        self._late = False
        self._shown: tuple[str, ...] = ()
        self._files: Sequence[Choice] = files_of(facts.case)
        around = Around(facts.staff, self._files, desk.clock)
        self.form = Form(
            desk.reference, lambda: desk.clock().date(), self._all, {"stated": self.stated}, around
        )
        self._connect()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(10), px(4))
        column.addWidget(self.form)
        column.addStretch(1)
        inside.installEventFilter(self)
        self.area = scrolling(inside)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.area)
        self._show()

    def values(self) -> dict[str, Any]:
        """Everything typed into fields of the task, those not asked now included."""
        everything = self.form.everything()
        return {field.key: everything[field.key] for field in self.fields if field.key in everything}

    def recorded(self) -> dict[str, Any]:
        """The answers to the questions that are asked."""
        return answered(self.fields, self.values())

    def overdue(self) -> str:
        """Why a missed limit was missed."""
        return str(self.form.everything().get(OVERDUE.key, "")) if self._late else ""

    def set_values(self, values: Mapping[str, Any], stated: str = "", overdue: str = "") -> None:
        """Show values."""
        self.form.set_values({**values, STATED.key: stated, OVERDUE.key: overdue})
        self._show()

    def set_value(self, key: str, value: Any) -> None:
        """Fill a field."""
        self.form.set_value(key, value)
        self._show()

    def set_late(self, late: Sequence[tasks.Late]) -> None:
        """Ask for the reason where a missed limit is stopped."""
        self._late = bool(late)
        self._show()

    def set_files(self, files: Sequence[Choice]) -> None:
        """The files of the case may have changed: what is being typed is left alone while they have not."""
        if files == self._files:
            return
        self._files = files
        for editor in self._file_editors():
            editor.set_choices(files)

    def own_problems(self) -> list[Problem]:
        """What is wrong with the moment, and how far it lies back."""
        moment, now = self.stated.moment(), self._desk.clock()
        if self.stated.wrong():
            return [Problem(STATED.key, "请输入时间,如 0930 或 1122 0930")]
        if moment is not None and gap_words(moment, now):
            return [Problem(STATED.key, gap_words(moment, now), warning=True)]
        return []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Messages that appear above must not push the field with the cursor out of view."""
        if event.type() is QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._follow)
        return super().eventFilter(watched, event)

    def scroll_to(self, key: str) -> None:
        """Bring a field into view."""
        bring(self.area, self.form.cell(key), px(AIR))

    def _follow(self) -> None:
        key = self.form.focused_key()
        if key:
            self.scroll_to(key)

    def _file_editors(self) -> list[FileEditor]:
        editors = [self.form.editor(field.key) for field in self.fields if field.key in self.form.made()]
        return [editor for editor in editors if isinstance(editor, FileEditor)]

    def _all(self, _values: Mapping[str, Any]) -> Collection[str]:
        return (*self._shown, STATED.key)

    def _show(self) -> None:
        """The fields that are asked for what was answered so far."""
        values = self.values()
        asked = [field for field in self.fields if field.asked(values)]
        shown = (*(field.key for field in asked), *((OVERDUE.key,) if self._late else ()))
        if shown == self._shown:
            return
        self._shown = shown
        blocks: dict[str, tuple[Field, ...]] = {}
        for field in asked:
            title = field.group or PLAIN
            blocks[title] = (*blocks.get(title, ()), field)
        blocks[WHEN] = (STATED, *((OVERDUE,) if self._late else ()))
        before = self.form.made()
        self.form.show_fields(blocks, self._sheet)
        for key in self.form.made() - before:
            self._join(key)

    def _changed(self, key: str) -> None:
        self._show()
        self.changed.emit(key)

    def _connect(self) -> None:
        self.form.changed.connect(self._changed)
        self.form.left.connect(self.left)
        self.form.finished.connect(self.finished)
        self.form.focused.connect(self.scroll_to)
        self.form.taken.connect(self.taken)

    def _join(self, key: str) -> None:
        editor = self.form.editor(key)
        if isinstance(editor, FileEditor):
            editor.brought.connect(lambda files: self.brought.emit(key, files))
            editor.refused.connect(self.refused)
