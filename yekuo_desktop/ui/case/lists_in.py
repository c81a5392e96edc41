"""A table of a form out of a workbook: the button of the table opens the dialog of lists, and what was looked
at there goes into the table."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from yekuo_desktop.domain.field import Field, Problem
from yekuo_desktop.runtime.later import later
from yekuo_desktop.ui.case.pages.counter import Counter
from yekuo_desktop.ui.forms.form import Form
from yekuo_desktop.ui.forms.rows import RowsEditor

with later():
    from yekuo_desktop.domain.lists import kinds
    from yekuo_desktop.office import list_filling
    from yekuo_desktop.ui.dialogs import list_form, list_import

Judge = Callable[[dict[str, Any]], Sequence[Problem]]


class ListsIn(QObject):
    """``judge`` says behind the window what the form would say to its values."""

    def __init__(
        self,
        counter: Counter,
        form: Form,
        fields: Mapping[str, Field],
        judge: Callable[[], Judge],
        at: QWidget,
    ) -> None:
        """``judge`` is asked in the window's thread, each time a dialog opens."""
        super().__init__(at)
        self._counter, self._form, self._fields = counter, form, fields
        self._judge, self._at = judge, at
        form.offer_files()
        form.file_wanted.connect(self.open)

    def open(self, key: str) -> "list_import.ListImport":
        """Open the dialog for a table."""
        desk, files = self._counter.desk, self._counter.files
        editor, judge, values = self._form.editor(key), self._judge(), self._form.everything()
        taken = list_filling.Form(
            kind=kinds.kind_for(self._fields[key]),
            field=key,
            standing=tuple(values.get(key) or ()),
            judge=lambda rows: judge({**values, key: rows}),
            reference=desk.reference,
            today=desk.clock().date(),
            sheet=next(iter(self._fields[key].on)),
        )

        def give(rows: list[dict[str, str]]) -> None:
            if isinstance(editor, RowsEditor):
                editor.take_rows(rows)

        work = list_form.FormWork(taken, files, give)
        dialog = list_import.ListImport(desk, self._counter.background, files, work, self._at)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog
