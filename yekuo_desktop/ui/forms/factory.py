"""The editor that belongs to a field, by its kind."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from yekuo_desktop.domain.field import Field, Kind, Sheet
from yekuo_desktop.domain.people import Person
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.validate import check_field
from yekuo_desktop.ui.forms.choice import ChoiceEditor
from yekuo_desktop.ui.forms.choices import Choice, choices_of, make_choices
from yekuo_desktop.ui.forms.dates import DateEditor
from yekuo_desktop.ui.forms.editor import Editor
from yekuo_desktop.ui.forms.file_choice import FileEditor
from yekuo_desktop.ui.forms.flag import FlagEditor
from yekuo_desktop.ui.forms.line import LineEditor, LongTextEditor
from yekuo_desktop.ui.forms.moments import MomentFieldEditor
from yekuo_desktop.ui.forms.rows import RowsEditor
from yekuo_desktop.ui.forms.yes_no import YesNoEditor

PLAIN: dict[Kind, Callable[[Field], Editor]] = {Kind.FLAG: FlagEditor, Kind.LONG_TEXT: LongTextEditor}


class Around(NamedTuple):
    """What the fields of a case choose from besides code tables: its people and its files."""

    people: Sequence[Person]
    files: Sequence[Choice]
    now: Callable[[], datetime]


def editor_for(
    field: Field, reference: Reference, today: Callable[[], date], around: Around | None = None
) -> Editor:
    """A new editor for a field. Where a case is ``around``, a question that nobody answered stays open:
    yes and no are two answers there, and an empty box is none."""
    if around is not None and field.kind in (Kind.PERSON, Kind.ATTACHMENT, Kind.MOMENT, Kind.FLAG):
        return _of_case(field, around)
    if field.kind is Kind.CODE:
        return ChoiceEditor(field, choices_of(reference.codes.get(field.codes)))
    if field.kind is Kind.DATE:
        return DateEditor(field, today)
    if field.kind is Kind.ROWS:
        return _rows_editor(field, reference, today, around)
    return PLAIN.get(field.kind, LineEditor)(field)


def _of_case(field: Field, around: Around) -> Editor:
    if field.kind is Kind.PERSON:
        return ChoiceEditor(field, people_for(field, around.people))
    if field.kind is Kind.ATTACHMENT:
        return FileEditor(field, around.files, around.now)
    if field.kind is Kind.MOMENT:
        return MomentFieldEditor(field, around.now)
    return YesNoEditor(field)


def people_for(field: Field, people: Iterable[Person]) -> tuple[Choice, ...]:
    """The active people a PERSON field offers, by name."""
    fitting = (p for p in people if p.active and (not field.roles or not field.roles.isdisjoint(p.roles)))
    return make_choices((p.id, p.name) for p in sorted(fitting, key=lambda p: p.name))


def _rows_editor(
    field: Field, reference: Reference, today: Callable[[], date], around: Around | None
) -> RowsEditor:
    choices = {column.key: _choices(column, reference, around) for column in field.columns}
    sheet = next(iter(field.on), Sheet.RESIDENT)

    def fault(column: Field, row: dict[str, str]) -> str:
        return next((p.text for p in check_field(column, row, sheet, reference, today())), "")

    return RowsEditor(field, choices, fault, today)


def _choices(column: Field, reference: Reference, around: Around | None) -> Sequence[Choice]:
    if column.kind is Kind.PERSON and around is not None:
        return people_for(column, around.people)
    if column.kind is Kind.ATTACHMENT and around is not None:
        return around.files
    return choices_of(reference.codes.get(column.codes)) if column.codes else ()
