"""Yes, no, or not answered yet: two buttons of which at most one is down."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy

from yekuo_desktop.domain.field import Field, Value
from yekuo_desktop.ui.forms.editor import Editor
from yekuo_desktop.ui.theme import px

KEYS = {
    **dict.fromkeys((Qt.Key.Key_Y, Qt.Key.Key_S, Qt.Key.Key_1, Qt.Key.Key_Left), True),
    **dict.fromkeys((Qt.Key.Key_N, Qt.Key.Key_F, Qt.Key.Key_2, Qt.Key.Key_0, Qt.Key.Key_Right), False),
}

KEY = Qt.KeyboardModifier
COMMANDS = KEY.ControlModifier | KEY.AltModifier | KEY.MetaModifier
HOW = "按 1 或 Y 选“是”,2 或 N 选“否”,左右键也行;Delete 清除"


def answers(event: QKeyEvent) -> bool:
    """Whether a key may be an answer; one with Ctrl or Alt is a command."""
    return event.type() is QEvent.Type.KeyPress and not event.modifiers() & COMMANDS


class YesNoEditor(Editor):
    """The keys y and n answer, so do 1 and 2 and the arrows; Delete takes the answer back."""

    def __init__(self, field: Field) -> None:
        self._frame = QFrame()
        super().__init__(self._frame, field.label)
        self._frame.setProperty("role", "answers")
        self._frame.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._frame.setToolTip(HOW)
        self._frame.setAccessibleDescription(HOW)
        self._frame.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._row.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._answer: bool | None = None
        self._read_only = False
        self._label = field.label
        self._buttons = {
            answer: self._button(words, answer) for words, answer in (("是", True), ("否", False))
        }
        row = QHBoxLayout(self._frame)
        row.setContentsMargins(px(2), px(2), px(2), px(2))
        row.setSpacing(px(2))
        for button in self._buttons.values():
            row.addWidget(button)
        self._frame.installEventFilter(self)

    def value(self) -> Value:
        return "" if self._answer is None else self._answer

    def answered(self) -> bool:
        return self._answer is not None

    def set_value(self, value: Any) -> None:
        self._answer = value if isinstance(value, bool) else None
        for answer, button in self._buttons.items():
            button.setChecked(self._answer is answer)
        said = "未选" if self._answer is None else "是" if self._answer else "否"
        self._frame.setAccessibleName(f"{self._label}:{said}")

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        for button in self._buttons.values():
            button.setEnabled(not read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys answer; leaving tells."""
        if event.type() is QEvent.Type.FocusOut:
            self.left.emit()
        if isinstance(event, QKeyEvent) and answers(event):
            return self._key(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _key(self, key: Qt.Key) -> bool:
        if key in KEYS:
            self._say(KEYS[key])
        elif key == Qt.Key.Key_Space:
            self._say(self._answer is not True)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._say(None)
        else:
            return False
        return True

    def _say(self, answer: bool | None) -> None:
        if self._read_only:
            return
        self.set_value(answer)
        self.changed.emit()
        self.left.emit()

    def _button(self, words: str, answer: bool) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("role", "answer")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self._pressed(answer))
        return button

    def _pressed(self, answer: bool) -> None:
        self._frame.setFocus(Qt.FocusReason.MouseFocusReason)
        self._say(answer)
