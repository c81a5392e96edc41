"""督办清单: overdue limits and where each has gone; a receiver says what he does; to Excel and on paper."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QWidget

from yekuo_desktop.domain.deadlines.lights import Light
from yekuo_desktop.domain.escalation import receives
from yekuo_desktop.domain.people import Role
from yekuo_desktop.office import escalation
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.escalation import USUAL, EscalationLine
from yekuo_desktop.office.ports import TableWriter
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.citation import plain
from yekuo_desktop.ui.dialogs.case_reason import ReasonDialog
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.widgets.buttons import Pill, PillBar, allow, primary, secondary
from yekuo_desktop.ui.widgets.card import row
from yekuo_desktop.ui.widgets.columns import Column, moment_column, number_column
from yekuo_desktop.ui.widgets.empty import Empty
from yekuo_desktop.ui.widgets.lights import Due
from yekuo_desktop.ui.widgets.list_out import Asked, ListOut
from yekuo_desktop.ui.widgets.table import Table
from yekuo_desktop.ui.widgets.table_menu import ListButton

TITLE = "督办清单"
MINE, WAITING, ALL = "mine", "waiting", "all"
PILLS = (Pill(MINE, "待我签收", "error"), Pill(WAITING, "待签收", "warning"), Pill(ALL, "全部"))
SEES_ALL = frozenset({Role.SUPERVISOR, Role.APPROVER, Role.AUDITOR})
LEAD = "业务超时后逐级上报；签收时写明怎么处理，不改变任何时间。按住 Shift 可选多行一起签收；双击打开业务。"
SAID = 3  # lines named in the question
EMPTY = ("没有督办", "没有超时的业务，或都已签收")


class EscalationsDialog(Dialog):
    """``paper`` carries the list to print; ``opened`` a case somebody wants to see; ``asked`` a dialog that
    opened over this one."""

    paper = Signal(str, object)
    opened = Signal(str)
    said = Signal(str, str)
    asked = Signal(object)

    def __init__(
        self,
        desk: Desk,
        session: Session,
        background: Background,
        write: TableWriter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(TITLE, parent, lead=LEAD)
        self._desk, self._session, self._background = desk, session, background
        self._lines: Sequence[EscalationLine] = ()
        self._pills = PILLS if session.person.may(SEES_ALL) else PILLS[:1]
        self.pills = PillBar(self._pills)
        self.table = Table(_columns(desk), TITLE, Empty("circle-check", *EMPTY), whole=True)
        self.out = ListOut(self.table, "escalations", self._listed, (desk, session, background), write)
        self.table.filter_by("pill", self.pills.current, self.pills.choose)
        self._excel = secondary("导出 Excel…", self.out.ask_file, name="file-spreadsheet")
        self._print = secondary("打印", self.out.print, name="printer")
        self._case = secondary("打开业务", self._open_chosen, name="folder-open")
        self.answer = primary("签收督办", self._ask, name="check", shortcut="F9")
        self._build()
        self.refresh()

    def refresh(self) -> None:
        """Work it out again."""
        desk, session = self._desk, self._session
        everybody = session.person.may(SEES_ALL)
        self._background.run(
            lambda: escalation.everything(desk) if everybody else escalation.escalations(desk, session),
            self._show,
            self._failed,
            self,
        )

    def _build(self) -> None:
        self.pills.chosen.connect(lambda _id: self._list())
        self.table.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.opened.connect(self._open)
        self.table.chosen.connect(lambda _line: self._fit())
        self.out.said.connect(lambda words: self.said.emit(words, "good"))
        self.out.drawn.connect(self.paper)
        self.out.failed.connect(self._failed)
        self.body.addLayout(row(self.pills, None, ListButton(self.table)))
        self.body.addWidget(self.table, 1)
        self.add_buttons(
            secondary("关闭", self.reject), self._excel, self._print, self._case, self.answer,
            default=self.answer,
        )  # fmt: skip
        self.wide(1160, 600)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, lines: Sequence[EscalationLine]) -> None:
        self._lines = lines
        for pill in self._pills:
            self.pills.set_count(pill.id, len(self._of(pill.id)))
        self._list()

    def _of(self, id_: str) -> Sequence[EscalationLine]:
        if id_ == ALL:
            return self._lines
        waiting = [line for line in self._lines if line.escalation.answered is None]
        return [line for line in waiting if id_ == WAITING or self._mine(line)]

    def _mine(self, line: EscalationLine) -> bool:
        return receives(line.escalation.level, self._session.person, line.case.station)

    def _list(self) -> None:
        lines = self._of(self.pills.current())
        self.table.set_rows(lines)
        for button in (self._excel, self._print, self._case):
            allow(button, "" if lines else EMPTY[0])
        self._fit()

    def _fit(self) -> None:
        """The primary button does what the chosen line waits for."""
        line = self._chosen()
        if line is None:
            allow(self.answer, "请选择一行")
        elif line.escalation.answered is not None:
            allow(self.answer, "已经签收")
        else:
            level = line.escalation.level
            allow(self.answer, escalation.why_not(self._session, line.case.station, level))

    def _chosen(self) -> EscalationLine | None:
        found: EscalationLine | None = self.table.current()
        return found

    def _ask(self) -> None:
        lines = [line for line in self.table.selected() if self._waits(line)]
        if not lines:
            return
        title = f"签收 {len(lines)} 项督办" if len(lines) > 1 else f"签收{lines[0].escalation.level.label}"
        words = "；".join(f"{line.case.customer} · {line.words}" for line in lines[:SAID])
        more = f"；等 {len(lines)} 项" if len(lines) > SAID else ""
        dialog = ReasonDialog(self, title, words + more, "签收", name="处理措施", usual=USUAL)
        dialog.answered.connect(lambda text: self._answer(dialog, lines, str(text)))
        self.asked.emit(dialog)
        dialog.open()

    def _waits(self, line: EscalationLine) -> bool:
        return line.escalation.answered is None and self._mine(line)

    def _answer(self, dialog: ReasonDialog, lines: Sequence[EscalationLine], text: str) -> None:
        desk, session, told = self._desk, self._session, [line.told for line in lines]
        self._background.run(
            lambda: escalation.acknowledge(desk, session, told, text),
            lambda _cases: self._answered(dialog),
            lambda error: dialog.refuse(words_of(error)),
            self,
            changed=lambda cases: ((escalation.KIND,), tuple(case.id for case in cases)),
        )

    def _answered(self, dialog: ReasonDialog) -> None:
        dialog.finish()
        self.said.emit("督办已签收", "good")
        self.refresh()

    def _listed(self) -> Asked:
        words = next(pill.label for pill in PILLS if pill.id == self.pills.current())
        rows = self.table.model.rows()
        return Asked(TITLE, f"筛选：{words}", lambda: rows)

    def _open_chosen(self) -> None:
        line = self._chosen()
        if line is not None:
            self._open(line)

    def _open(self, line: EscalationLine) -> None:
        self.opened.emit(line.case.id)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.notice.say(words_of(error))


def _stands(line: EscalationLine) -> Due:
    return Due(Light.YELLOW, "已签收") if line.escalation.answered else Due(Light.RED, "待签收")


def _columns(desk: Desk) -> tuple[Column, ...]:
    organisation = desk.store.organisation()

    def said(line: EscalationLine) -> str:
        found = line.escalation.answered
        return f"{organisation.person_name(found.by)}:{found.text}" if found else ""

    return (
        Column("stands", "签收", lambda x: _stands(x).words, 10, due=_stands),
        Column(
            "level", "级别", lambda x: x.escalation.level.label, 11,
            tip=lambda x: plain(x.escalation.level.citation),
        ),
        Column("limit", "时限", lambda x: x.escalation.running.label, 15),
        Column("late", "超时", lambda x: escalation.late_words(x.escalation), 13),
        number_column(lambda x: x.case.number),
        Column("customer", "客户", lambda x: x.case.customer, 13),
        Column("station", "供电所", lambda x: x.station_name, 11),
        Column("who", "责任人", lambda x: x.who, 8),
        moment_column("since", "上报时间", lambda x: x.escalation.since, 12),
        Column("said", "处理措施", said, 16, grows=True, tip=said, room=40),
    )  # fmt: skip
