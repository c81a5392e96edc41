"""A moment by typing ``0930``, ``9:30`` or ``1122 0930``; empty means now."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from yekuo_desktop.domain.field import Field
from yekuo_desktop.domain.typing_aids import normalise
from yekuo_desktop.domain.validate import moment_of
from yekuo_desktop.ui.forms.dates import typed_date
from yekuo_desktop.ui.forms.editor import Editor
from yekuo_desktop.ui.forms.line import replace_text

TIME = re.compile(r"(\d{1,2})[:.时]?(\d{2})分?")


def typed_moment(text: str, now: datetime) -> datetime | None:
    """The moment somebody means; None when it is none."""
    words = normalise(text).split(" ")
    match = TIME.fullmatch(words[-1])
    day = typed_date(words[0], now.date()) if len(words) == 2 else now.date()
    if match is None or day is None or len(words) > 2:
        return None
    hour, minute = int(match[1]), int(match[2])
    if hour > 23 or minute > 59:
        return None
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=now.tzinfo)


def told(moment: datetime) -> str:
    """A moment to the minute."""
    return f"{moment:%Y-%m-%d %H:%M}"


class MomentEditor(Editor):
    """When something happened; left empty it happens now."""

    def __init__(self, field: Field, now: Callable[[], datetime]) -> None:
        self._edit = QLineEdit()
        super().__init__(self._edit, field.label)
        self._now = now
        self._edit.setPlaceholderText(field.hint or "现在;补录请输入 0930")
        self._edit.setInputMethodHints(Qt.InputMethodHint.ImhLatinOnly)
        self._edit.textEdited.connect(lambda _text: self.changed.emit())
        self._edit.editingFinished.connect(self._leave)

    def value(self) -> str:
        return self._edit.text().strip()

    def moment(self) -> datetime | None:
        """The stated moment; None for now or for what is no moment."""
        return typed_moment(self.value(), self._now()) if self.value() else None

    def wrong(self) -> bool:
        """Whether something was typed that is no moment."""
        return bool(self.value()) and self.moment() is None

    def set_value(self, value: Any) -> None:
        self._edit.setText(told(value) if isinstance(value, datetime) else str(value or ""))

    def settle(self) -> None:
        moment = self.moment()
        if moment is not None:
            replace_text(self._edit, told(moment))

    def set_read_only(self, read_only: bool) -> None:
        self._edit.setReadOnly(read_only)

    def _leave(self) -> None:
        self.settle()
        self.left.emit()


class MomentFieldEditor(MomentEditor):
    """A moment that is a field's value: ISO text with its offset; what is no moment stays as typed."""

    def __init__(self, field: Field, now: Callable[[], datetime]) -> None:
        super().__init__(replace(field, hint=field.hint or "如 0930 或 1122 0930"), now)

    def value(self) -> str:
        moment = self.moment()
        return moment.isoformat(timespec="minutes") if moment else self._edit.text().strip()

    def moment(self) -> datetime | None:
        text = self._edit.text().strip()
        return typed_moment(text, self._now()) if text else None

    def set_value(self, value: Any) -> None:
        found = moment_of(value) if value else None
        super().set_value(found or value)
