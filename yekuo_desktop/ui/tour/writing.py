"""Answers typed as a person would: choices by their letters, dates by their figures, files pasted."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter

from yekuo_desktop.domain.field import Field, Kind, filled
from yekuo_desktop.domain.people import Person
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.office.practice.answers import FILE
from yekuo_desktop.ui.forms.choices import Choice, choices_of, matching
from yekuo_desktop.ui.forms.factory import people_for
from yekuo_desktop.ui.forms.form import Form
from yekuo_desktop.ui.tour.hands import CTRL, Hands, Stuck
from yekuo_desktop.ui.tour.rows import RowWriter

TURNS = 4  # a field may be asked for only after another one was answered
DATES = (Kind.DATE, Kind.MOMENT)
SHEET = (420, 594)  # of a pasted scan, in pixels


class Writer:
    """Fills in a form; knows code tables and people, as whoever sits there does."""

    def __init__(self, hands: Hands, reference: Reference, people: Sequence[Person]) -> None:
        self._hands, self._reference, self._people = hands, reference, people

    def fill(self, form: Form, fields: Sequence[Field], wanted: Mapping[str, Any]) -> None:
        """Type what differs from what stands there. Raises ``Stuck`` with what could not be typed."""
        for _turn in range(TURNS):
            missing = [f for f in fields if f.key in wanted and _differs(form, f, wanted[f.key])]
            if not missing:
                return
            for field in missing:
                if field.key in form.field_keys() and _differs(form, field, wanted[field.key]):
                    self._answer(form, field, wanted[field.key])
            self._hands.settle()
        left = [f for f in fields if f.key in wanted and f.key in form.field_keys()]
        wrong = [f for f in left if _differs(form, f, wanted[f.key])]
        if wrong:
            told = ";".join(f"{f.label} 是 {_value(form, f)!r},不是 {wanted[f.key]!r}" for f in wrong)
            raise Stuck(f"没有填进去:{told}")

    def _answer(self, form: Form, field: Field, value: Any) -> None:
        if form.focused_key() != field.key:
            self._hands.point(lambda: form.focus(field.key))
        typists: dict[Kind, Callable[[], None]] = {
            Kind.FLAG: lambda: self._flag(value),
            Kind.ATTACHMENT: lambda: self._file(field),
            Kind.ROWS: lambda: self._rows(form, field, value),
        }
        typist = typists.get(field.kind)
        if typist is not None:
            typist()
            return
        self._hands.replace(self._text(field, value))
        self._hands.press(Qt.Key.Key_Return, settle=False)

    def _text(self, field: Field, value: Any) -> str:
        """What one types for a value."""
        if field.kind is Kind.DATE and value:
            return str(value).replace("-", "")
        if field.kind is Kind.MOMENT and value:
            return f"{datetime.fromisoformat(value):%m%d %H%M}"
        choices = self.choices(field)
        return letters_for(choices, str(value)) if choices and value else str(value)

    def choices(self, field: Field) -> Sequence[Choice]:
        """What a field or column chooses from."""
        if field.kind is Kind.PERSON:
            return people_for(field, self._people)
        return choices_of(self._reference.codes.get(field.codes)) if field.codes else ()

    def _flag(self, value: bool) -> None:
        self._hands.press(Qt.Key.Key_Y if value else Qt.Key.Key_N, settle=False)

    def _file(self, field: Field) -> None:
        """A scan out of the clipboard: it is attached to the case and is the answer."""
        QGuiApplication.clipboard().setImage(scan(field.label))
        self._hands.press(Qt.Key.Key_V, CTRL)

    def _rows(self, form: Form, field: Field, rows: Sequence[Mapping[str, str]]) -> None:
        RowWriter(self._hands, form.editor(field.key), field, self._text, self.choices).write(rows)


def letters_for(choices: Sequence[Choice], id_: str) -> str:
    """The shortest that finds an entry of a list: its letters, its number, else its words."""
    choice = next((each for each in choices if each.id == id_), None)
    if choice is None:
        raise Stuck(f"没有选项 {id_}")
    for text in (choice.letters, choice.mark, choice.label):
        if text and matching(choices, text)[:1] == [choice]:
            return text
    return choice.id


def scan(title: str) -> QImage:
    """A sheet of paper as a scanner gives it: a heading and grey lines, no text of anybody."""
    image = QImage(*SHEET, QImage.Format.Format_Grayscale8)
    image.fill(QColor("white"))
    painter = QPainter(image)
    face = QFont(QGuiApplication.font())
    face.setPixelSize(22)
    painter.setFont(face)
    painter.drawText(image.rect().adjusted(0, 36, 0, 0), Qt.AlignmentFlag.AlignHCenter, title)
    painter.setPen(QColor(200, 200, 200))
    for y in range(96, SHEET[1] - 40, 22):
        painter.drawLine(40, y, SHEET[0] - 60, y)
    painter.end()
    return image


def _value(form: Form, field: Field) -> Any:
    return form.editor(field.key).value() if field.key in form.made() else ""


def _differs(form: Form, field: Field, wanted: Any) -> bool:
    """Whether something else stands there. A file that is asked for is any file."""
    now = _value(form, field)
    if wanted == FILE:
        return not filled(now)
    if field.kind is Kind.MOMENT and now and wanted:
        return datetime.fromisoformat(str(now)) != datetime.fromisoformat(str(wanted))
    if field.kind is Kind.ROWS:
        return _plain(now) != _plain(wanted)
    return bool(filled(now) or filled(wanted)) and now != wanted


def _plain(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{key: value for key, value in row.items() if filled(value)} for row in rows or ()]
