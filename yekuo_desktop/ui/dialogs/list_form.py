"""A list that fills a table of the form that is open, for the dialog of lists."""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from yekuo_desktop.domain.field import Field, Sheet
from yekuo_desktop.domain.lists.reading import ListTable
from yekuo_desktop.office.list_files import ListFiles
from yekuo_desktop.office.list_filling import Filling, Form, Row, answer_filled, fill
from yekuo_desktop.office.lists import ListResult
from yekuo_desktop.ui.background import Progress
from yekuo_desktop.ui.dialogs.list_rows import form_columns
from yekuo_desktop.ui.dialogs.list_work import Checked
from yekuo_desktop.ui.forms.form import Form as FieldsForm
from yekuo_desktop.ui.widgets.card import spaced
from yekuo_desktop.ui.widgets.columns import Column

MERGED = "先逐行检查；有问题的行改正或不要以后，一次写入表单。已在表单里的行按清单更新，其余的加在后面。"
REPLACED = "先逐行检查；有问题的行改正或不要以后，一次写入表单，替换表单里原有的行（可撤销）。"
UNSAID = "清单没写的（整张清单相同）"


class FormOptions(QWidget):
    """Columns that offices write above the list."""

    changed = Signal()

    def __init__(self, form: Form) -> None:
        super().__init__()
        given = (field for field in form.kind.fields if field.key in form.kind.given)
        fields = tuple(replace(field, required=frozenset()) for field in given)  # the list may say it
        keys = tuple(field.key for field in fields)
        self._form = FieldsForm(form.reference, lambda: form.today, lambda _values: keys)
        if fields:
            self._form.show_fields({UNSAID: fields}, Sheet.HIGH_VOLTAGE)
        self._form.changed.connect(lambda _key: self.changed.emit())
        box = QVBoxLayout(self)
        spaced(box)
        box.addWidget(self._form)
        self.setVisible(bool(fields))

    def given(self) -> Row:
        """What is filled in."""
        return {key: str(value) for key, value in self._form.everything().items() if value}

    def obstacle(self) -> str:
        """Nothing must be said here."""
        return ""


class FormWork:
    """``give`` puts the rows into the form; nothing is recorded before the form itself is."""

    changes: tuple[str, ...] = ()
    whole = True

    def __init__(self, form: Form, files: ListFiles, give: Callable[[list[Row]], None]) -> None:
        self._form, self._files, self._give = form, files, give
        self._filling = Filling(checks=(), rows=())
        self.kind = form.kind
        self.title = f"从 Excel 写入{form.kind.title}"
        self.lead = MERGED if form.kind.key else REPLACED
        self.options = FormOptions(form)

    def columns(self) -> Sequence[Column]:
        """All columns of the table."""
        return form_columns(self.kind, self._form.reference)

    def widget(self) -> QWidget:
        """The options."""
        return self.options

    def checking(self, table: ListTable) -> Callable[[Progress], Checked]:
        """Put every row where it would go, and look at it there."""
        given = self.options.given()

        def work(told: Progress) -> Checked:
            self._filling = fill(self._form, table, given, told)
            return Checked(self._filling.checks, self._filling.remarks)

        return work

    def taking(self, table: ListTable, answer: str) -> Callable[[Progress], ListResult]:
        """Write the answer; the rows go into the form once it is there."""
        filling = self._filling

        def work(_told: Progress) -> ListResult:
            self._files.demand_writable(answer)
            return answer_filled(filling, self.kind, table, answer, self._files)

        return work

    def taken(self, _result: ListResult) -> str:
        """Fill the form."""
        self._give([dict(row) for row in self._filling.rows])
        return "内容随表单登记时保存"

    def fields(self, _values: dict[str, Any]) -> tuple[Sequence[Field], Sheet]:
        """The columns of the table."""
        return self.kind.fields, Sheet.RESIDENT
