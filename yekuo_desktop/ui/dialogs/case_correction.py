"""更正: fields with their old value beside the new one, and the reason."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from yekuo_desktop.domain.display import value_text
from yekuo_desktop.domain.field import Field, Kind, Problem
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.ui.dialogs.case_dialog import CaseDialog
from yekuo_desktop.ui.forms.choice import ChoiceEditor
from yekuo_desktop.ui.forms.choices import Choice, make_choices
from yekuo_desktop.ui.forms.editor import Editor
from yekuo_desktop.ui.forms.factory import Around, editor_for
from yekuo_desktop.ui.forms.file_choice import FileEditor
from yekuo_desktop.ui.forms.form import Form
from yekuo_desktop.ui.forms.line import LongTextEditor
from yekuo_desktop.ui.forms.row_dialog import open_row
from yekuo_desktop.ui.forms.rows import RowsEditor
from yekuo_desktop.ui.forms.tone import ERROR, PLAIN, label, set_tone

EMPTY = "(空)"


class CorrectionDialog(CaseDialog):
    """Pick a field, type its right value; more fields may follow. The answer: (changes, reason)."""

    brought = Signal(str, object)  # field, list[Brought]: files that are not in the case yet
    CHARACTERS, WIDE = 48, 60
    CONSEQUENCE = "原值、新值和原因都会留在历史记录里。已打印的单据不会改变,需要时请重新出具。"

    def __init__(
        self,
        parent: QWidget,
        fields: Sequence[Field],
        values: Mapping[str, Any],
        reference: Reference,
        today: Callable[[], date],
        *,
        around: Around | None = None,
        title: str = "更正登记内容",
    ) -> None:
        super().__init__(parent, title, self.CONSEQUENCE, "更正")
        self._around = around
        self._fields = {field.key: field for field in fields}
        self._values, self._reference, self._today = values, reference, today
        self._editors: dict[str, Editor] = {}
        self._messages: dict[str, Any] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 2)
        pairs = ((field.key, field.label) for field in fields)
        self.pick = ChoiceEditor(
            Field(key="pick", label="要更正的栏目", kind=Kind.CODE, hint="输入栏目名或首字母"),
            make_choices(pairs),
        )
        self.pick.entered.connect(self._picked)
        self.pick.left.connect(self._picked)
        self.row("要更正的栏目", self.pick)
        self.body.addLayout(self._grid)
        self.reason = LongTextEditor(Field(key="reason", label="更正原因", kind=Kind.LONG_TEXT))
        self.row("更正原因 *", self.reason)

    def first(self) -> QWidget:
        return next(iter(self._editors.values())).input if self._editors else self.pick.input

    def add(self, key: str) -> None:
        """One more field to correct."""
        if key in self._editors or key not in self._fields:
            return
        field, row = self._fields[key], self._grid.rowCount()
        editor = self._editors[key] = editor_for(field, self._reference, self._today, self._around)
        editor.set_value(self._values.get(key, ""))
        old = value_text(field, self._values.get(key, ""), self._reference, people=self._names()) or EMPTY
        message = self._messages[key] = label("", "message", wrap=True)
        self._grid.addWidget(label(field.label, "caption"), row, 0)
        if isinstance(editor, FileEditor):
            editor.brought.connect(lambda files: self.brought.emit(key, files))
            editor.refused.connect(self.refuse)
        if isinstance(editor, RowsEditor):  # a table needs the whole width
            self._grid.addWidget(editor, row + 1, 0, 1, 3)
            self.setMinimumWidth(self.fontMetrics().horizontalAdvance("国") * self.WIDE)
            editor.unfolded.connect(lambda line: self._unfold(field, editor, line))
        else:
            self._grid.addWidget(label(old, "quiet", wrap=True), row, 1)
            self._grid.addWidget(editor, row, 2)
        self._grid.addWidget(message, row + 2, 0, 1, 3)
        message.hide()
        editor.setFocus()

    def take_file(self, key: str, files: Sequence[Choice], chosen: str) -> None:
        """A file that was brought is in the case now."""
        editor = self._editors[key]
        if isinstance(editor, FileEditor):
            editor.set_choices(files)
            editor.set_value(chosen)

    def _unfold(self, field: Field, editor: RowsEditor, line: int) -> None:
        keys = tuple(column.key for column in field.columns)
        inside = Form(self._reference, self._today, lambda _values: keys, None, self._around)
        inside.show_fields({field.label: field.columns}, next(iter(field.on)))
        open_row(self, field.label, inside, inside, editor, line)

    def _names(self) -> dict[str, str]:
        """People and files by id."""
        if self._around is None:
            return {}
        people = {person.id: person.name for person in self._around.people}
        return {**people, **{file.id: file.label for file in self._around.files}}

    def answer(self) -> object:
        return self.changes(), self.reason.value()

    def changes(self) -> dict[str, tuple[Any, Any]]:
        """Per changed field the value seen and the value wanted."""
        pairs = {key: (self._values.get(key, ""), e.value()) for key, e in self._editors.items()}
        return {key: pair for key, pair in pairs.items() if (pair[0] or "") != (pair[1] or "")}

    def problem(self) -> str:
        if not self.changes():
            return "请选择栏目并填写新值"
        return "" if self.reason.value() else "请写明更正原因"

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Errors beside the fields, the rest below."""
        rest = []
        for message in self._messages.values():
            message.hide()
        for problem in problems:
            message = self._messages.get(problem.field)
            if message is None:
                rest.append(problem.text)
                continue
            message.setText(problem.text)
            message.show()
            set_tone(message, ERROR if problem.text else PLAIN)
        self.refuse(";".join(rest) or "请改正标出的栏目")

    def _picked(self) -> None:
        key = self.pick.value()
        if key in self._fields:
            self.pick.set_value("")
            self.add(key)
