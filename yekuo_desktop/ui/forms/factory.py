"""The editor that belongs to a field, by its kind."""

from collections.abc import Callable, Sequence
from datetime import date

from yekuo_desktop.domain.field import Field, Kind, Sheet
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.validate import check_field
from yekuo_desktop.ui.forms.choice import ChoiceEditor
from yekuo_desktop.ui.forms.choices import Choice, choices_of
from yekuo_desktop.ui.forms.dates import DateEditor
from yekuo_desktop.ui.forms.editor import Editor
from yekuo_desktop.ui.forms.flag import FlagEditor
from yekuo_desktop.ui.forms.line import LineEditor, LongTextEditor
from yekuo_desktop.ui.forms.rows import RowsEditor


def editor_for(field: Field, reference: Reference, today: Callable[[], date]) -> Editor:
    """A new editor for a field."""
    if field.kind is Kind.CODE:
        return ChoiceEditor(field, choices_of(reference.codes.get(field.codes)))
    if field.kind is Kind.DATE:
        return DateEditor(field, today)
    if field.kind is Kind.FLAG:
        return FlagEditor(field)
    if field.kind is Kind.LONG_TEXT:
        return LongTextEditor(field)
    if field.kind is Kind.ROWS:
        return _rows_editor(field, reference, today)
    return LineEditor(field)


def _rows_editor(field: Field, reference: Reference, today: Callable[[], date]) -> RowsEditor:
    choices: dict[str, Sequence[Choice]] = {
        column.key: choices_of(reference.codes.get(column.codes)) for column in field.columns if column.codes
    }
    sheet = next(iter(field.on), Sheet.RESIDENT)

    def fault(column: Field, row: dict[str, str]) -> str:
        return next((p.text for p in check_field(column, row, sheet, reference, today())), "")

    return RowsEditor(field, choices, fault)
