"""时限: every limit of the case with its light, and day by day why it ends when it ends."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from yekuo_desktop.office.history import LimitView
from yekuo_desktop.ui.case.pages.facts import CaseFacts
from yekuo_desktop.ui.case.pages.lists import clear, empty, put
from yekuo_desktop.ui.dialogs.case_why import WhyDialog
from yekuo_desktop.ui.forms.tone import label
from yekuo_desktop.ui.widgets.buttons import Button
from yekuo_desktop.ui.widgets.lights import LightLabel
from yekuo_desktop.ui.widgets.scrolling import scrolling


class LimitsPage(QWidget):
    """The limits below each other; 为什么是这一天 explains one, an overdue one can be given its reason."""

    explain_overdue = Signal(str, str)  # key and label of one running of a limit

    def __init__(self) -> None:
        super().__init__()
        inside = QWidget()
        self._lines = QVBoxLayout(inside)
        self._lines.setContentsMargins(0, 0, 8, 0)
        self._lines.setSpacing(10)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scrolling(inside), 1)

    def show_facts(self, facts: CaseFacts) -> None:
        """Show the limits of a case, those that still run before those that are over."""
        clear(self._lines)
        for view in sorted(facts.limits, key=lambda view: view.running.stopped is not None):
            put(self._lines, self._line(view))
        if not facts.limits:
            put(self._lines, empty("正式受理后开始计时。"))
        self._lines.addStretch(1)

    def _line(self, view: LimitView) -> QWidget:
        shown = QFrame()
        shown.setProperty("role", "entry")
        box, head = QVBoxLayout(shown), QHBoxLayout()
        box.setContentsMargins(0, 6, 0, 8)
        box.setSpacing(4)
        chip = LightLabel()
        chip.show_due(view.light, f"{view.running.label} · {view.remaining}")
        head.addWidget(chip)
        head.addWidget(self._why(view))
        head.addStretch(1)
        if view.light in ("red", "missed") and not view.overdue_reason:
            head.addWidget(self._ask(view))
        box.addLayout(head)
        box.addWidget(label(span_text(view), "quiet", wrap=True))
        if view.overdue_reason:
            box.addWidget(label(f"超时原因:{view.overdue_reason}", "value", wrap=True))
        return shown

    def _why(self, view: LimitView) -> QPushButton:
        button = Button("为什么是这一天?")
        button.setProperty("role", "link")
        button.setAccessibleName(f"{view.running.label}:为什么是这一天")
        button.clicked.connect(lambda: open_why(self, view))
        return button

    def _ask(self, view: LimitView) -> QPushButton:
        button = Button("说明超时原因")
        button.setProperty("role", "small")
        running = view.running
        button.clicked.connect(lambda: self.explain_overdue.emit(running.key, running.label))
        return button


def open_why(parent: QWidget, view: LimitView) -> None:
    """Open the account of one limit."""
    WhyDialog(parent, view.running.label, span_text(view), view.explanation).open()


def span_text(view: LimitView) -> str:
    """Start, end and, when done, the moment it was done."""
    running = view.running
    parts = [f"起算 {running.start:%Y-%m-%d %H:%M}"]
    parts.append(f"到期 {running.due:%Y-%m-%d %H:%M}" if running.due else "暂停中,到期时间未定")
    if running.stopped:
        parts.append(f"完成 {running.stopped:%Y-%m-%d %H:%M}")
    return " · ".join(parts)
