"""One field, two values side by side: who wanted which, what becomes of the limits; decided with a reason."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QWidget

from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.syncing_disputes import Dispute, Side, close
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.errors import problems_of
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import primary, secondary
from yekuo_desktop.ui.widgets.card import Card, spaced, text
from yekuo_desktop.ui.widgets.inputs import Fields, entry


class SyncConflict(Dialog):
    """Accepted once it is decided; ``said`` tells how."""

    said = Signal(str, str)

    def __init__(
        self,
        desk: Desk,
        session: Session,
        background: Background,
        found: Dispute,
        parent: QWidget | None = None,
    ) -> None:
        customer = found.case.values.get("customer_name", "")
        lead = f"{found.case.number or '未编号'}　{customer}　原值:{found.before}"
        super().__init__(f"冲突:{found.field}", parent, lead=lead)
        self._desk, self._session, self._background, self._found = desk, session, background, found
        self.keep, self.take = QRadioButton("保留现在的值"), QRadioButton("改用另一个值")
        self._one = QButtonGroup(self)  # they stand in two cards
        for button in (self.keep, self.take):
            self._one.addButton(button)
        self.reason = entry("理由", "例如:已看身份证原件")
        self.fields = Fields()
        self._build(found)

    def decide(self) -> None:
        """Write the decision; what is wrong stands beside its field."""
        take, reason = self.take.isChecked(), self.reason.text()
        if not take and not self.keep.isChecked():
            self.notice.say("请选择一个值")
            return
        self._background.run(
            lambda: close(self._desk, self._session, self._found, take=take, reason=reason),
            self._done,
            self._failed,
            self,
            changed=lambda case: (("conflict.closed",), (case.id,)),
        )

    def _build(self, found: Dispute) -> None:
        sides = QHBoxLayout()
        spaced(sides, 0, 16)
        for title, side, button in (
            ("现在的值", found.stands, self.keep),
            ("另一个值", found.wanted, self.take),
        ):
            sides.addWidget(_side(title, side, button), 1)
        if found.refused:
            self.take.setEnabled(False)
            self.take.setToolTip(found.refused)
            self.notice.say(f"另一个值现在不能用:{found.refused}", "notice")
        self.fields.add("reason", "理由", self.reason)
        self.body.addLayout(sides)
        self.body.addWidget(self.fields)
        decide = primary("决定", self.decide, name="check")
        self.add_buttons(secondary("以后再定", self.reject), decide, default=decide)
        self.setMinimumWidth(px(680))

    def _done(self, _case: object) -> None:
        which = "改用另一个值" if self.take.isChecked() else "保留现在的值"
        self.said.emit(f"冲突已处理:{self._found.field} {which}", "good")
        self.accept()

    def _failed(self, error: Exception) -> None:
        rest = self.fields.show_problems(problems_of(error))
        self.notice.say("；".join(problem.text for problem in rest))


def _side(title: str, side: Side, button: QRadioButton) -> QWidget:
    card = Card(title)
    card.body.addWidget(text(side.value, "title", wrap=True))
    who = "　".join(part for part in (side.by, side.at) if part)
    card.body.addWidget(text(who or "受理时填写", "quiet"))
    card.body.addWidget(text("时限", "heading"))
    for line in side.limits:
        card.body.addWidget(text(line, wrap=True, tone="warning" if "(原" in line else ""))
    card.body.addStretch(1)
    button.setAccessibleName(f"{button.text()}:{side.value}")
    card.body.addWidget(button)
    return card
