"""One task in the list: its mark, its name, how it stands, and the buttons that open it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from yekuo_desktop.ui.case.tasks.standing import BLOCKED, DONE, NEXT, OPEN, Standing
from yekuo_desktop.ui.forms.elided import Elided
from yekuo_desktop.ui.forms.tone import label
from yekuo_desktop.ui.icons import pixmap
from yekuo_desktop.ui.theme import colours, px

NAME, LEAST = 132, 38  # widths of most names, so that what is said stands in one column; height of a line
ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class TaskLine(QFrame):
    """Enter or a double click opens it, the right arrow shows what was recorded."""

    opened = Signal(str)
    read = Signal(str)
    focused = Signal(str)
    stepped = Signal(int)  # up or down

    def __init__(self, standing: Standing) -> None:
        super().__init__()
        self.standing = standing
        self.setProperty("role", "task")
        self.setProperty("state", standing.state)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(standing.spoken)
        self.setMinimumHeight(px(LEAST))
        box = QVBoxLayout(self)
        box.setContentsMargins(px(8), px(5), px(8), px(5))
        box.setSpacing(px(2))
        box.addLayout(self._first())
        if standing.hint:
            hint = label(standing.hint, "quiet", wrap=True)
            hint.setContentsMargins(px(26), 0, 0, px(2))
            box.addWidget(hint)

    @property
    def kind(self) -> str:
        """The kind of its task."""
        return self.standing.kind

    def open(self) -> None:
        """To the form where the task can be done, else to what was recorded."""
        if self.standing.possible or not self.standing.records:
            self.opened.emit(self.kind)
        else:
            self.read.emit(self.kind)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if event.key() in ENTERS:
            self.open()
        elif event.key() == Qt.Key.Key_Right and self.standing.records:
            self.read.emit(self.kind)
        elif step:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.open()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(self.kind)

    def _first(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(_mark(self.standing))
        name = label(self.standing.label, "task_name")
        name.setProperty("state", self.standing.state)
        name.setMinimumWidth(px(NAME))
        row.addWidget(name)
        for tag in self.standing.tags:
            made = label(tag.words, "tag")
            made.setProperty("tone", tag.tone)
            row.addWidget(made)
        words = Elided("quiet")
        words.setText(self.standing.words)
        row.addWidget(words, 1)
        if self.standing.who:
            row.addWidget(label(self.standing.who, "caption"))
        for button in self._buttons():
            row.addWidget(button)
        return row

    def _buttons(self) -> list[QPushButton]:
        shown = []
        if self.standing.records:
            shown.append(self._button("查看", "看已登记的内容  →", lambda: self.read.emit(self.kind)))
        if self.standing.possible:
            words = "再办" if self.standing.again else "办理"
            shown.append(
                self._button(words, f"{self.standing.label}  回车", lambda: self.opened.emit(self.kind))
            )
        return shown

    def _button(self, words: str, tip: str, pressed: object) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("role", "small")
        button.setToolTip(tip)
        button.setAccessibleName(f"{words} {self.standing.label}")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(pressed)
        return button


def _mark(standing: Standing) -> QLabel:
    tone = colours()
    name, colour = {
        DONE: ("circle-check", tone.green),
        NEXT: ("square-pen" if standing.possible else "clock", tone.accent),
        OPEN: ("plus", tone.quiet),
        BLOCKED: ("clock", tone.line_strong),
    }[standing.state]
    made = QLabel()
    made.setPixmap(pixmap(name, colour))
    made.setFixedWidth(px(18))
    return made
