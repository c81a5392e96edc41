"""What a task recorded, each time it was done: to be read, and corrected where that is allowed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from yekuo_desktop.domain.case import Record
from yekuo_desktop.domain.display import moment
from yekuo_desktop.office import tasks
from yekuo_desktop.office.history import HistoryLine, gap_words
from yekuo_desktop.ui.case.pages.counter import Counter
from yekuo_desktop.ui.case.pages.facts import CaseFacts
from yekuo_desktop.ui.case.pages.lists import clear
from yekuo_desktop.ui.case.tasks.record_parts import record_parts
from yekuo_desktop.ui.forms.record import Record as Shown
from yekuo_desktop.ui.forms.tone import WARNING, label, set_tone
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import allow, secondary
from yekuo_desktop.ui.widgets.scrolling import scrolling


class RecordsView(QWidget):
    """The newest record first. Records that must be made anew are struck and say why."""

    closed = Signal()
    correct = Signal(object)  # Record
    again = Signal(str)  # kind
    unmask = Signal()

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self._counter = counter
        self.kind = ""
        self._title = label("", "heading")
        self._back = secondary("返回  Esc", self.closed.emit, name="arrow-left", role="small")
        self._again = secondary("再办一次", lambda: self.again.emit(self.kind), role="small")
        inside = QWidget()
        self._box = QVBoxLayout(inside)
        self._box.setContentsMargins(0, 0, px(8), 0)
        self._box.setSpacing(px(10))
        box, head = QVBoxLayout(self), QHBoxLayout()
        box.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self._title, 1)
        head.addWidget(self._again)
        head.addWidget(self._back)
        box.addLayout(head)
        box.addWidget(scrolling(inside), 1)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)

    def show_records(self, facts: CaseFacts, kind: str) -> None:
        """Show the records of a task."""
        self.kind = kind
        view = facts.task(kind)
        self._title.setText(view.label if view else kind)
        self._again.setVisible(bool(view and view.possible))
        clear(self._box)
        made = [record for record in facts.case.records if record.kind == kind]
        for at, record in reversed(list(enumerate(made, start=1))):
            self._box.addWidget(self._card(facts, record, f"第 {at} 次" if len(made) > 1 else ""))
        self._box.addStretch(1)

    def focus_first(self) -> None:
        """The keyboard into the view."""
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _card(self, facts: CaseFacts, record: Record, turn: str) -> QWidget:
        card = QFrame()
        card.setProperty("role", "record")
        box = QVBoxLayout(card)
        box.setContentsMargins(px(12), px(8), px(12), px(10))
        box.setSpacing(px(6))
        box.addLayout(self._head(facts, record, turn))
        if record.redone:
            box.addWidget(_told(f"已要求重办:{record.redone}"))
        for line in facts.history:
            if line.record == record.id:
                box.addWidget(correction(line))
        shown, desk = Shown(struck=bool(record.redone)), self._counter.desk
        fields = tasks.fields_of(facts.case, record.kind)
        shown.show_parts(record_parts(record, fields, desk.reference, facts.names, facts.sight))
        shown.unmask.connect(self.unmask)
        box.addWidget(shown)
        return card

    def _head(self, facts: CaseFacts, record: Record, turn: str) -> QHBoxLayout:
        head = QHBoxLayout()
        gap = gap_words(record.stated, record.recorded)
        parts = [turn, moment(record.stated), facts.name_of(record.by)]
        head.addWidget(label(" · ".join(part for part in parts if part), "value"))
        if gap:
            head.addWidget(_told(f"{gap},登记于 {record.recorded:%m-%d %H:%M}"))
        head.addStretch(1)
        if not record.redone:
            button = secondary("更正", lambda: self.correct.emit(record), role="small")
            button.setAccessibleName(f"更正 {turn}".strip())
            allow(button, facts.uncorrectable.get(record.id, ""))
            head.addWidget(button)
        return head


def correction(line: HistoryLine) -> QWidget:
    """One correction: when, who, why, and each field's old and new value."""
    changes = ";".join(f"{name}:{old or '(空)'} → {new or '(空)'}" for name, old, new in line.changes)
    reason = line.words.partition(":")[2]
    return _told(f"更正 {line.stated:%m-%d %H:%M} {line.actor}:{changes}。原因:{reason}")


def _told(words: str) -> QWidget:
    made = label(words, "message", wrap=True)
    set_tone(made, WARNING)
    return made
