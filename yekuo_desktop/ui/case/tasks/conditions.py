"""What a stage waits for besides its own tasks: each with a tick or the reason."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout

from yekuo_desktop.office.conditions import Condition
from yekuo_desktop.ui.forms.tone import ERROR, HINT, WARNING, label, set_tone
from yekuo_desktop.ui.icons import pixmap
from yekuo_desktop.ui.theme import colours, px
from yekuo_desktop.ui.widgets.buttons import secondary

FEW = 5  # lines of a long list at first
TITLES = {"energization": "送电条件", "archive": "归档审查"}


class Conditions(QFrame):
    """A quiet block above the tasks. A long list shows its beginning, until the rest is wanted."""

    unfolded = Signal()

    def __init__(self, stage: str, conditions: Sequence[Condition], *, whole: bool) -> None:
        super().__init__()
        self.setProperty("role", "conditions")
        box, grid = QVBoxLayout(self), QGridLayout()
        box.setContentsMargins(px(12), px(8), px(12), px(8))
        box.setSpacing(px(4))
        open_ = sum(not each.ok for each in conditions)
        title = f"{TITLES.get(stage, '条件')} · " + (f"还有 {open_} 项" if open_ else "已具备")
        box.addWidget(label(title, "block"))
        box.addLayout(grid)
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(4))
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 3)
        shown = conditions if whole else conditions[:FEW]
        for row, each in enumerate(shown):
            for column, part in enumerate((_mark(each), label(each.label, "value", wrap=True), _why(each))):
                grid.addWidget(part, row, column, Qt.AlignmentFlag.AlignTop)
        if len(shown) < len(conditions):
            more = secondary(f"还有 {len(conditions) - len(shown)} 项", self.unfolded.emit, role="link")
            box.addWidget(more, alignment=Qt.AlignmentFlag.AlignLeft)
        self.setAccessibleName(";".join(f"{each.label}:{_words(each)}" for each in conditions))


def _mark(condition: Condition) -> QLabel:
    made = QLabel()
    name, colour = ("circle-check", colours().green) if condition.ok else ("circle-x", colours().red)
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
