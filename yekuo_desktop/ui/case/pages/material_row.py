"""One paper of the customer: how it was seen, or until when it is owed."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
)

from yekuo_desktop.domain.case import Material
from yekuo_desktop.domain.field import Field, Kind
from yekuo_desktop.domain.rules import MaterialRule
from yekuo_desktop.ui.forms.dates import DateEditor
from yekuo_desktop.ui.forms.elided import Elided
from yekuo_desktop.ui.forms.tone import ERROR, HINT, PLAIN, WARNING, label, set_tone
from yekuo_desktop.ui.theme import px

MOST_COPIES = 20
LEAST = 240  # width in pixels at scale 1
TICKS = 4  # widgets at the head of the second line
NARROW = 600  # pixels at scale 1: below that the dates go into a line of their own
OWED = Field(key="owed", label="欠至", kind=Kind.DATE, hint="如 1130")
VALID = Field(key="valid", label="有效期至", kind=Kind.DATE, hint="长期不填")


class MaterialRow(QFrame):
    """Two lines, on a narrow screen three: the paper with its state, and the controls."""

    changed = Signal()

    def __init__(self, rule: MaterialRule, today: Callable[[], date]) -> None:
        super().__init__()
        self.setProperty("role", "entry")
        self._rule, self._held, self._quiet = rule, "", False
        self._original, self._scanned = QCheckBox("原件已验"), QCheckBox("已扫描")
        self._copies, self._note = QSpinBox(), QLineEdit()
        self._owed = DateEditor(
            Field(key="owed", label="欠至", kind=Kind.DATE, hint="如 1130"), today, weekday=False
        )
        self._valid = DateEditor(
            Field(key="valid", label="有效期至", kind=Kind.DATE, hint="长期不填"), today, weekday=False
        )
        self._state = label("", "tag")
        self._message = label("", "message", wrap=True)
        self._message.hide()
        self.setFocusProxy(self._original)
        self._name_inputs()
        self._build()
        self._connect()

    def material(self) -> Material:
        """What is entered."""
        return Material(
            original_seen=self._original.isChecked(),
            copies=self._copies.value(),
            scanned=self._scanned.isChecked(),
            owed_until=self._owed.day(),
            valid_until=self._valid.day(),
            held_from=self._held,
            note=self._note.text().strip(),
        )

    def set_material(self, material: Material) -> None:
        """Show what was recorded."""
        self._quiet = True
        self._held = material.held_from
        self._original.setChecked(material.original_seen)
        self._scanned.setChecked(material.scanned)
        self._copies.setValue(material.copies)
        self._owed.set_value(material.owed_until)
        self._valid.set_value(material.valid_until)
        self._note.setText(material.note)
        self._quiet = False
        self._tell_state()

    def set_read_only(self, read_only: bool, why: str = "") -> None:
        """Show only, and say why."""
        for widget in (self._original, self._scanned, self._copies, self._owed, self._valid, self._note):
            widget.setEnabled(not read_only)
        self.setToolTip(why)

    def tell(self, text: str, *, warning: bool = False) -> None:
        """Show what is wrong with this paper."""
        self._message.setText(text)
        self._message.setVisible(bool(text))
        set_tone(self._message, WARNING if warning else ERROR)

    def _edited(self) -> None:
        if not self._quiet:
            self._tell_state()
            self.changed.emit()

    def _tell_state(self) -> None:
        material = self.material()
        text, tone = state_words(material, self._rule)
        self._state.setText(text)
        set_tone(self._state, tone)
        self._owed.setVisible(not material.present or bool(material.owed_until))
        self._owed_label.setVisible(self._owed.isVisibleTo(self))

    def _connect(self) -> None:
        self._original.clicked.connect(self._edited)
        self._scanned.clicked.connect(self._edited)
        self._copies.valueChanged.connect(self._edited)
        self._note.textEdited.connect(self._edited)
        for editor in (self._owed, self._valid):
            editor.changed.connect(self._edited)
            editor.left.connect(self._tell_state)

    def _name_inputs(self) -> None:
        self._copies.setRange(0, MOST_COPIES)
        self._copies.setSuffix(" 份")
        self._copies.setFixedWidth(px(72))
        self._note.setPlaceholderText("备注")
        inputs = {
            "原件已验": self._original,
            "已扫描": self._scanned,
            "复印份数": self._copies,
            "欠至": self._owed.input,
            "有效期至": self._valid.input,
            "备注": self._note,
        }
        for name, widget in inputs.items():
            widget.setAccessibleName(f"{self._rule.label}:{name}")

    def _build(self) -> None:
        box, first = QVBoxLayout(self), QHBoxLayout()
        self._second, self._third = QHBoxLayout(), QHBoxLayout()
        box.setContentsMargins(0, px(8), 0, px(9))
        box.setSpacing(px(4))
        first.setSpacing(px(6))
        star = "*" if self._rule.required else ""
        name = Elided("value", own=True)
        name.setText(self._rule.label)
        first.addWidget(name)
        first.addWidget(label(star, "star"))
        for text in tags(self._rule):
            first.addWidget(label(text, "tag"))
        first.addStretch(1)
        first.addWidget(self._state)
        self._owed_label, self._valid_label = label("欠至", "caption"), label("有效期至", "caption")
        for line in (self._second, self._third):
            line.setSpacing(px(8))
        for widget in (self._original, label("复印", "caption"), self._copies, self._scanned):
            self._second.addWidget(widget)
        for editor in (self._owed, self._valid):
            editor.setMaximumWidth(px(140))
        self._put_dates(self._second)
        box.addLayout(first)
        box.addLayout(self._second)
        box.addLayout(self._third)
        box.addWidget(self._message)
        if self._rule.note:
            self.setToolTip(self._rule.note)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What does not fit beside the ticks stands below them."""
        super().resizeEvent(event)
        line = self._third if self.width() < px(NARROW) else self._second
        if line is not self._dated:
            self._put_dates(line)

    def minimumSizeHint(self) -> QSize:
        """No wider than its page: what stands in the lines gives way."""
        return QSize(px(LEAST), super().minimumSizeHint().height())

    def _put_dates(self, line: QHBoxLayout) -> None:
        """Dates and note into a line; beside a line of their own the ticks keep to the left."""
        self._dated = line
        while self._second.count() > TICKS:
            self._second.takeAt(TICKS)
        for caption, editor in ((self._owed_label, self._owed), (self._valid_label, self._valid)):
            line.addWidget(caption)
            line.addWidget(editor, 3)
        line.addWidget(self._note, 2)
        if line is self._third:
            self._second.addStretch(1)


def tags(rule: MaterialRule) -> list[str]:
    """What the rule says of the paper, in short."""
    found = ["主体资格,受理时必须收到"] if rule.subject_qualification else []
    found += ["可容缺"] if rule.may_be_owed and not rule.subject_qualification else []
    found += ["须盖章"] if rule.needs_seal else []
    return found


def state_words(material: Material, rule: MaterialRule) -> tuple[str, str]:
    """The state of a paper in a word and its tone."""
    if material.held_from:
        return f"沿用 {material.held_from}", HINT
    if material.present:
        return "已收到", HINT
    if material.owed_until:
        return f"欠至 {material.owed_until:%m-%d}", WARNING
    return ("未收到" if rule.required else "非必备"), PLAIN
