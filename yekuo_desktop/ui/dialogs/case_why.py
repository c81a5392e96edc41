"""为什么是这一天: the rule, the start, each day counted or skipped, and the outcome."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QScrollArea, QVBoxLayout, QWidget

from yekuo_desktop.ui.citation import plain
from yekuo_desktop.ui.forms.tone import label
from yekuo_desktop.ui.widgets.buttons import primary
from yekuo_desktop.ui.widgets.card import row


class WhyDialog(QDialog):
    """The account of a deadline, line by line, to be read and copied."""

    def __init__(self, parent: QWidget, title: str, due: str, lines: Sequence[str]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("为什么是这一天")
        width = self.fontMetrics().horizontalAdvance("国")
        self.setMinimumSize(width * 34, width * 24)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(10)
        box.addWidget(label(title, "title"))
        box.addWidget(label(due, "quiet"))
        box.addWidget(explanation(lines), 1)
        known = primary("知道了", self.reject)
        known.setDefault(True)
        box.addLayout(row(None, known))
        known.setFocus()


def explanation(lines: Sequence[str]) -> QWidget:
    """The lines below each other; skipped days are quieter."""
    area, inside = QScrollArea(), QWidget()
    box = QVBoxLayout(inside)
    box.setContentsMargins(0, 0, 8, 0)
    box.setSpacing(4)
    for line in map(plain, lines):
        shown = label(line, _role(line), wrap=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.addWidget(shown)
    box.addStretch(1)
    inside.setProperty("role", "page")
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setAccessibleName("时限说明:" + ";".join(map(plain, lines)))
    return area


def _role(line: str) -> str:
    if line.startswith(("到期", "时钟停止")):
        return "outcome"
    return "quiet" if "不计" in line or "休息" in line or "放假" in line else "value"
