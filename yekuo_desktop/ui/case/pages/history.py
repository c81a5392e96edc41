"""历史: who did what when; what was recorded later than it happened says so; old and new values."""

from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from yekuo_desktop.office.history import HistoryLine
from yekuo_desktop.ui.case.pages.facts import CaseFacts
from yekuo_desktop.ui.case.pages.lists import clear, put
from yekuo_desktop.ui.forms.elided import Elided
from yekuo_desktop.ui.forms.tone import WARNING, label, set_tone
from yekuo_desktop.ui.widgets.scrolling import scrolling


class HistoryPage(QWidget):
    """Every entry of the case, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        inside = QWidget()
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 0, 8, 0)
        self._lines.setSpacing(0)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scrolling(inside), 1)

    def show_facts(self, facts: CaseFacts) -> None:
        """Show the history of a case."""
        clear(self._lines)
        for line in reversed(facts.history):
            put(self._lines, history_line(line))
        self._lines.addStretch(1)


def history_line(line: HistoryLine) -> QWidget:
    """One entry: stated time, words, who; the time of recording where it differs; the changes."""
    shown = QFrame()
    shown.setProperty("role", "entry")
    shown.setAccessibleName(f"{line.stated:%Y-%m-%d %H:%M} {line.actor} {line.words} {line.gap}")
    grid = QGridLayout(shown)
    grid.setContentsMargins(0, 7, 0, 7)
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(1, 1)
    grid.addWidget(label(f"{line.stated:%m-%d %H:%M}", "moment"), 0, 0)
    grid.addWidget(label(line.words, "value", wrap=True), 0, 1)
    grid.addWidget(label(line.actor, "caption"), 0, 2)
    row = 1
    if line.gap:
        gap = label(f"{line.gap} · 登记于 {line.recorded:%m-%d %H:%M}", "message")
        set_tone(gap, WARNING)
        grid.addWidget(gap, row, 1)
        row += 1
    if line.details:
        details = Elided()
        details.setText(" · ".join(f"{name} {text}" for name, text in line.details))
        grid.addWidget(details, row, 1)
        row += 1
    for name, old, new in line.changes:
        grid.addWidget(label(f"{name}:{old or '(空)'} → {new or '(空)'}", "quiet", wrap=True), row, 1)
        row += 1
    return shown
