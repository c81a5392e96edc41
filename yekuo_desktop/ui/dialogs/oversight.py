"""营销稽查: what the rules find, filtered, opened, handled by whoever may; to Excel and on paper.

The auditor and whoever leads a station look at everything; everybody else sees what he has to answer.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.oversight_rules import SEVERITIES
from yekuo_desktop.domain.people import Role
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.oversight import HitLine, Scope, addressed, survey
from yekuo_desktop.office.ports import TableWriter
from yekuo_desktop.ui.background import Background, Cancelled
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.dialogs.oversight_columns import PERIODS, PILLS, hit_columns, lets_through, scope_of
from yekuo_desktop.ui.dialogs.oversight_draw import DrawDialog
from yekuo_desktop.ui.dialogs.oversight_hit import HitDialog
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.widgets.buttons import PillBar, allow, primary, secondary
from yekuo_desktop.ui.widgets.card import row, text
from yekuo_desktop.ui.widgets.empty import Empty
from yekuo_desktop.ui.widgets.list_out import Asked, ListOut
from yekuo_desktop.ui.widgets.table import Table
from yekuo_desktop.ui.widgets.table_menu import ListButton

TITLE = "营销稽查"
SEES_ALL = frozenset({Role.AUDITOR, Role.SUPERVISOR})
LEAD = "规则自动检查业务流水；双击一行看两个值、依据和处理经过。提示类只请复核，不作差错。"
MINE = "稽查派给您的预警工单；双击一行答复。"
NOTHING = ("没有发现问题", "范围内的业务都符合规则，或没有这一类处理情况")
LOOKING = "正在检查…"


class OversightDialog(Dialog):
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
        self._whole = session.person.may(SEES_ALL)
        super().__init__(TITLE, parent, lead=LEAD if self._whole else MINE)
        self._desk, self._session, self._background = desk, session, background
        self._lines: Sequence[HitLine] = ()
        self.pills = PillBar(PILLS)
        self.period, self.station = QComboBox(), QComboBox()
        self.rule, self.severity = QComboBox(), QComboBox()
        self.table = Table(hit_columns(), TITLE, Empty("circle-check", *NOTHING), whole=True)
        self.out = ListOut(self.table, "oversight", self._listed, (desk, session, background), write)
        self.table.filter_by("pill", self.pills.current, self.pills.choose)
        self._looked = text("", "quiet")
        self._excel = secondary("导出 Excel…", self.out.ask_file, name="file-spreadsheet")
        self._print = secondary("打印", self.out.print, name="printer")
        self._case = secondary("打开业务", self._open_case, name="folder-open")
        self._handle = primary("查看处理", self._show_chosen, name="eye", shortcut="F9")
        self._build()
        self.refresh()

    def refresh(self) -> None:
        """Look at every case in scope again, behind the window."""
        desk, scope, person = self._desk, self.scope(), self._session.person
        self._looked.setText(LOOKING)
        if not self._whole:
            self._background.run(lambda: addressed(desk, person), self._show, self._failed, self)
            return
        self._background.job(
            "营销稽查",
            lambda progress: survey(desk, scope, progress),
            self._show,
            self._failed,
            self,
        )

    def scope(self) -> Scope:
        """The cases that are looked at."""
        today = self._desk.clock().astimezone(CHINA).date()
        return scope_of(str(self.period.currentData()), str(self.station.currentData()), today)

    def _build(self) -> None:
        self._fill()
        for box in (self.period, self.station):
            box.currentIndexChanged.connect(lambda _at: self.refresh())
        for box in (self.rule, self.severity):
            box.currentIndexChanged.connect(lambda _at: self._list())
        self.pills.chosen.connect(lambda _id: self._list())
        self.table.opened.connect(self._show_hit)
        self.table.chosen.connect(self._chosen)
        self.out.said.connect(lambda words: self.said.emit(words, "good"))
        self.out.drawn.connect(self.paper)
        self.out.failed.connect(self._failed)
        wide = (self.period, self.station) if self._whole else ()
        for box in () if self._whole else (self.period, self.station):
            box.hide()
        filters = (*wide, self.rule, self.severity)
        self.body.addLayout(row(self.pills, None, ListButton(self.table)))
        self.body.addLayout(row(*filters, None, self._looked))
        self.body.addWidget(self.table, 1)
        if self._session.person.may(frozenset({Role.AUDITOR})):
            self.add_left(secondary("随机抽查…", self._draw, name="scan-line"))
        self.add_buttons(secondary("关闭", self.reject), self._excel, self._print, self._case, self._handle)
        self.wide(1280, 680)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self._whole:
            self.pills.choose("open")

    def _fill(self) -> None:
        for id_, words in PERIODS.items():
            self.period.addItem(words, id_)
        self.station.addItem("全部供电所", "")
        for station in self._desk.store.organisation().stations:
            self.station.addItem(station.name, station.code)
        self.rule.addItem("全部规则", "")
        for rule in self._desk.reference.oversight.rules:
            self.rule.addItem(rule.name, rule.id)
        self.severity.addItem("全部级别", "")
        for severity, words in SEVERITIES.items():
            self.severity.addItem(words, severity)
        names = {self.period: "期间", self.station: "供电所", self.rule: "规则", self.severity: "级别"}
        for box, name in names.items():
            box.setAccessibleName(name)

    def _show(self, lines: Sequence[HitLine]) -> None:
        self._lines = lines
        self._looked.setText(f"{self._desk.clock().astimezone(CHINA):%H:%M} 检查，共 {len(lines)} 项")
        self._list()

    def _list(self) -> None:
        rule, severity = str(self.rule.currentData()), str(self.severity.currentData())
        for pill in PILLS:
            passes = lets_through(pill.id, rule, severity)
            self.pills.set_count(pill.id, sum(map(passes, self._lines)))
        shown = list(filter(lets_through(self.pills.current(), rule, severity), self._lines))
        self.table.set_rows(shown)
        if shown and self.table.current() is None:
            self.table.choose(0)
        for button in (self._excel, self._print):
            allow(button, "" if shown else NOTHING[0])
        self._chosen(self.table.current())

    def _chosen(self, line: HitLine | None) -> None:
        allow(self._handle, "" if line else "请先选择一行")
        allow(self._case, "请先选择一行" if line is None else "" if line.case else "这一项不属于哪一件业务")

    def _listed(self) -> Asked:
        rows = self.table.model.rows()
        pill = next(pill.label for pill in PILLS if pill.id == self.pills.current())
        boxes = (*((self.period, self.station) if self._whole else ()), self.rule, self.severity)
        words = "，".join((pill, *(box.currentText() for box in boxes)))
        return Asked("营销稽查清单", f"筛选：{words}", lambda: rows)

    def _show_chosen(self) -> None:
        line = self.table.current()
        if line is not None:
            self._show_hit(line)

    def _show_hit(self, line: HitLine) -> None:
        dialog = HitDialog(self._desk, self._session, self._background, line, self)
        dialog.done_.connect(self._done)
        dialog.opened.connect(self._opened)
        dialog.asked.connect(self.asked)
        dialog.finished.connect(dialog.deleteLater)
        self.asked.emit(dialog)
        dialog.open()

    def _done(self, words: str) -> None:
        self.said.emit(words, "good")
        self.refresh()

    def _open_case(self) -> None:
        line = self.table.current()
        if line is not None and line.case:
            self._opened(line.case)

    def _opened(self, case: str) -> None:
        self.opened.emit(case)
        self.accept()

    def _draw(self) -> None:
        dialog = DrawDialog(self._desk, self._session, self._background, self.scope(), self)
        dialog.opened.connect(self._opened)
        dialog.finished.connect(dialog.deleteLater)
        self.asked.emit(dialog)
        dialog.open()

    def _failed(self, error: Exception) -> None:
        self._looked.setText("")
        self.notice.say("已停止检查" if isinstance(error, Cancelled) else words_of(error))
