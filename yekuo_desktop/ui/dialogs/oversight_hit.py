"""One hit: rule and source, the two values beside each other, who answers, and what was said since; below it
what this person may do."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from yekuo_desktop.domain.display import moment
from yekuo_desktop.domain.oversight_rules import PHASES, SEVERITIES
from yekuo_desktop.domain.vocabulary import STAGES
from yekuo_desktop.office import auditing
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.oversight import HitLine
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.citation import plain
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.dialogs.oversight_act import ActDialog
from yekuo_desktop.ui.dialogs.oversight_columns import stands
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import primary, secondary
from yekuo_desktop.ui.widgets.card import Card, row, text

BUTTONS = {
    "opened": ("派发预警工单…", "send"),
    "answered": ("答复…", "pencil"),
    "closed": ("核实办结…", "check"),
    "returned": ("退回答复…", "arrow-left"),
    "exempted": ("列入白名单…", "eye"),
    "lifted": ("移出白名单…", "x"),
}

LEADING = ("answered", "closed", "opened")


class HitDialog(Dialog):
    """``done_`` says what was done; ``opened`` a case; ``asked`` a dialog over this one."""

    done_ = Signal(str)
    opened = Signal(str)
    asked = Signal(object)

    def __init__(
        self,
        desk: Desk,
        session: Session,
        background: Background,
        line: HitLine,
        parent: QWidget | None = None,
    ) -> None:
        about = f"{line.number}　{line.customer}" if line.case else line.station_name or line.who
        super().__init__(line.rule.name, parent, lead=about)
        self._desk, self._session, self._background, self.line = desk, session, background, line
        self.body.addLayout(row(_card("应为", line.hit.wanted), _card("现为", line.hit.found), spacing=12))
        self.body.addWidget(_said(desk, line), 1)
        if line.case:
            self.add_left(secondary("打开业务", lambda: self._open(line.case), name="folder-open"))
        self.add_buttons(secondary("关闭", self.reject), *self._offered())
        self.wide(760, 560)

    def act(self, name: str) -> ActDialog:
        """Ask what the act needs."""
        dialog = ActDialog(self._desk, self.line, name, self)
        dialog.answered.connect(lambda said: self._do(dialog, name, said))
        self.asked.emit(dialog)
        dialog.open()
        return dialog

    def _offered(self) -> Iterator[QPushButton]:
        """What this person may do, the one that is mostly meant on the right."""
        names = [name for name in auditing.NAMES if not auditing.why_not(self._session, self.line, name)]
        leading = next((name for name in LEADING if name in names), "")
        for name in sorted(names, key=lambda name: name == leading):
            make, (words, icon) = primary if name == leading else secondary, BUTTONS[name]
            yield make(words, partial(self.act, name), name=icon)

    def _do(self, dialog: ActDialog, name: str, said: Mapping[str, Any]) -> None:
        desk, session, line = self._desk, self._session, self.line
        self._background.run(
            lambda: auditing.do(desk, session, line, name, said),
            lambda _nothing: self._finish(dialog, name),
            lambda error: dialog.refuse(words_of(error)),
            dialog,
            changed=lambda _nothing: ((f"oversight.{name}",), (line.case,) if line.case else ()),
        )

    def _finish(self, dialog: ActDialog, name: str) -> None:
        dialog.finish()
        self.done_.emit(f"已{auditing.NAMES[name]}")
        self.accept()

    def _open(self, case: str) -> None:
        self.opened.emit(case)
        self.accept()


def _card(title: str, words: str) -> Card:
    card = Card(title)
    value = text(words, wrap=True)
    value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    card.body.addWidget(value)
    card.body.addStretch(1)
    return card


def _facts(line: HitLine) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(px(12))
    grid.setVerticalSpacing(px(4))
    grid.setColumnStretch(1, 1)
    for at, (name, words) in enumerate(_told(line)):
        value = text(words, wrap=True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        top = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        grid.addWidget(text(name, "quiet"), at, 0, top)
        grid.addWidget(value, at, 1)
    return grid


def _told(line: HitLine) -> Iterator[tuple[str, str]]:
    yield "事项", line.hit.subject
    yield "处理", stands(line).words
    yield "级别", f"{SEVERITIES[line.rule.severity]}，{PHASES[line.phase]}"
    yield "责任人", line.who or "由稽查指定"
    if line.hit.stage:
        yield "环节", STAGES.get(line.hit.stage, line.hit.stage)
    if line.rules_label:
        yield "所用规则集", line.rules_label
    yield "依据", plain(line.rule.citation)
    if line.rule.entry:
        yield "事前校验", line.rule.entry


def _said(desk: Desk, line: HitLine) -> QScrollArea:
    """What is known of it, and what was asked and answered, the oldest first."""
    inside, area = QWidget(), QScrollArea()
    box = QVBoxLayout(inside)
    box.setContentsMargins(0, px(8), px(8), 0)
    box.setSpacing(px(6))
    box.addLayout(_facts(line))
    box.addSpacing(px(8))
    lines = list(_trail(desk, line))
    for words in lines or ["还没有处理"]:
        shown: QLabel = text(words, "" if lines else "quiet", wrap=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.addWidget(shown)
    box.addStretch(1)
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setAccessibleName("处理经过：" + "；".join(lines))
    return area


def _trail(desk: Desk, line: HitLine) -> Iterator[str]:
    name = desk.store.organisation().person_name
    order, exemption = line.order, line.exemption
    if order is not None:
        owner = name(order.what.owner)
        asked = f"{order.what.demand}（{order.what.due} 前答复）"
        yield f"{moment(order.at)}　{name(order.by)}派发给{owner}：{asked}"
        for word in order.said:
            proof = f"（佐证：{word.evidence}）" if word.evidence else ""
            yield f"{moment(word.at)}　{name(word.by)}{'答复' if word.answer else '核实'}：{word.text}{proof}"
    if exemption is not None:
        what = exemption.what
        yield (
            f"{moment(exemption.since)}　{name(exemption.by)}列入白名单：{what.reason}"
            f"（佐证：{what.evidence}，至 {what.until}）"
        )
