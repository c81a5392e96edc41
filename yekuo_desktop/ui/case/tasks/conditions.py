"""What a stage waits for besides its own tasks: each with a tick or the reason."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout

from yekuo_desktop.office.conditions import Condition
from yekuo_desktop.ui.forms.tone import ERROR, HINT, WARNING, label, set_tone
from yekuo_desktop.ui.icons import pixmap
from yekuo_desktop.ui.theme import colours, px
from yekuo_desktop.ui.widgets.buttons import secondary

MANY, FEW = 8, 4  # a list longer than this shows only so many of what is not settled, at first
TITLES = {"energization": "送电条件", "archive": "归档审查"}


class Conditions(QFrame):
    """A quiet block above the tasks: what is not settled yet, all of it when that is wanted."""

    unfolded = Signal()

    def __init__(self, stage: str, conditions: Sequence[Condition], *, whole: bool) -> None:
        super().__init__()
        self.setProperty("role", "conditions")
        box, grid = QVBoxLayout(self), QGridLayout()
        box.setContentsMargins(px(12), px(6), px(12), px(6))
        box.setSpacing(px(2))
        waiting = [each for each in conditions if not each.ok]
        shown = conditions if whole or len(conditions) <= MANY else waiting[:FEW]
        box.addLayout(self._head(TITLES.get(stage, "条件"), len(waiting), len(shown) < len(conditions)))
        box.addLayout(grid)
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(2))
        grid.setColumnStretch(2, 1)
        grid.setColumnStretch(5, 1)
        _fill(grid, shown)
        self.setAccessibleName(";".join(f"{each.label}:{_words(each)}" for each in conditions))

    def _head(self, title: str, waiting: int, more: bool) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(_tick(not waiting))
        head.addWidget(label(f"{title} · " + (f"还有 {waiting} 项" if waiting else "已具备"), "block"))
        if more:
            head.addWidget(secondary("全部列出", self.unfolded.emit, role="link"))
        head.addStretch(1)
        return head


def _fill(grid: QGridLayout, conditions: Sequence[Condition]) -> None:
    """What is settled, two in a row; what is not has a row of its own for its reason."""
    row, right = 0, False
    for each in conditions:
        if right and not each.ok:
            row, right = row + 1, False
        at = 3 if right else 0
        grid.addWidget(_mark(each), row, at)
        grid.addWidget(label(each.label, "value"), row, at + 1)
        grid.addWidget(_why(each), row, at + 2, 1, 1 if each.ok else 4)
        row, right = (row, True) if each.ok and not right else (row + 1, False)


def _mark(condition: Condition) -> QLabel:
    return _tick(condition.ok)


def _tick(ok: bool) -> QLabel:
    made = QLabel()
    name, colour = ("circle-check", colours().green) if ok else ("circle-x", colours().red)
    made.setPixmap(pixmap(name, colour, 16))
    return made


def _why(condition: Condition) -> QLabel:
    made = label(_words(condition), "message", wrap=True)
    set_tone(made, HINT if condition.ok and not condition.why else WARNING if condition.ok else ERROR)
    return made


def _words(condition: Condition) -> str:
    if condition.ok and not condition.why:
        return f"{condition.at:%m-%d %H:%M}" if condition.at else "已具备"
    return condition.why + (f"({condition.who}负责)" if condition.who else "")
