"""A date by typing ``1125``, ``11-25``, ``20261125``, ``25``, ``+3`` or 明天."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QDate, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QWidgetAction

from yekuo_desktop.domain.deadlines.workdays import WEEKDAYS
from yekuo_desktop.domain.field import Field
from yekuo_desktop.domain.typing_aids import parse_date, squeeze
from yekuo_desktop.ui.forms.editor import Editor
from yekuo_desktop.ui.forms.line import replace_text
from yekuo_desktop.ui.icons import icon
from yekuo_desktop.ui.theme import colours

WORDS = {"今天": 0, "今日": 0, "明天": 1, "后天": 2, "昨天": -1}
OFFSET = re.compile(r"[+-]\d{1,3}")
DAY_ONLY = re.compile(r"\d{1,2}")


def typed_date(text: str, today: date) -> date | None:
    """The date somebody means; None when it is none. Besides full dates: 25, +3, 明天."""
    plain = squeeze(text)
    if plain in WORDS:
        return today + timedelta(days=WORDS[plain])
    if OFFSET.fullmatch(plain):
        return today + timedelta(days=int(plain))
    if DAY_ONLY.fullmatch(plain):
        return _day_of_month(int(plain), today)
    found = parse_date(plain, today)
    return found if isinstance(found, date) else None


def _day_of_month(day: int, today: date) -> date | None:
    try:
        return today.replace(day=day)
    except ValueError:
        return None


def shown(day: date, *, weekday: bool = True) -> str:
    """A date with its weekday, as a clerk reads it."""
    return f"{day:%Y-%m-%d} 周{WEEKDAYS[day.weekday()]}" if weekday else f"{day}"


class DateEditor(Editor):
    """One line that understands dates; the arrow keys go by a day, the button opens a calendar."""

    def __init__(self, field: Field, today: Callable[[], date], *, weekday: bool = True) -> None:
        self._edit = QLineEdit()
        super().__init__(self._edit, field.label)
        self._today, self._weekday = today, weekday
        self._edit.setPlaceholderText(field.hint or "如 1125")
        self._edit.setInputMethodHints(Qt.InputMethodHint.ImhLatinOnly)
        self._edit.textEdited.connect(lambda _text: self.changed.emit())
        self._edit.editingFinished.connect(self._leave)
        self._edit.installEventFilter(self)
        self._add_calendar(field.label)

    def value(self) -> str:
        text = self._edit.text().strip()
        found = _shown_date(text) or typed_date(text, self._today())
        return found.isoformat() if found else text

    def day(self) -> date | None:
        """The date, or None while it is not one."""
        text = self._edit.text().strip()
        return _shown_date(text) or typed_date(text, self._today())

    def set_value(self, value: Any) -> None:
        day = value if isinstance(value, date) else _shown_date(str(value or ""))
        self._edit.setText(self._shown(day) if day else str(value or ""))

    def settle(self) -> None:
        day = self.day()
        if day is not None:
            replace_text(self._edit, self._shown(day))

    def set_read_only(self, read_only: bool) -> None:
        self._edit.setReadOnly(read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down: a day later, a day earlier."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
            if step and not self._edit.isReadOnly():
                self._pick((self.day() or self._today()) + timedelta(days=step))
                return True
        return super().eventFilter(watched, event)

    def _leave(self) -> None:
        self.settle()
        self.left.emit()

    def _pick(self, day: date) -> None:
        replace_text(self._edit, self._shown(day))
        self.changed.emit()

    def _shown(self, day: date) -> str:
        return shown(day, weekday=self._weekday)

    def _add_calendar(self, name: str) -> None:
        position = QLineEdit.ActionPosition.TrailingPosition
        action = self._edit.addAction(icon("calendar-days", colours().quiet), position)
        action.setToolTip("打开日历")
        action.setText(f"{name}:打开日历")
        action.triggered.connect(self._open_calendar)

    def _open_calendar(self) -> None:
        menu, action, calendar = QMenu(self), QWidgetAction(self), QCalendarWidget()
        day = self.day() or self._today()
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.clicked.connect(lambda picked: self._pick(date(picked.year(), picked.month(), picked.day())))
        calendar.clicked.connect(menu.close)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))


def _shown_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
