"""档案借阅登记: which files are out, which are late, what was lent this year; on paper and to Excel."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from yekuo_desktop.domain.deadlines.lights import Light
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.office.archiving import LoanLine, lent_files, loan_register
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.ports import TableWriter
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.widgets.buttons import Pill, PillBar, allow, secondary
from yekuo_desktop.ui.widgets.card import row
from yekuo_desktop.ui.widgets.columns import Column, moment_column, number_column, tail
from yekuo_desktop.ui.widgets.empty import Empty
from yekuo_desktop.ui.widgets.lights import Due
from yekuo_desktop.ui.widgets.list_out import Asked, ListOut
from yekuo_desktop.ui.widgets.table import Table
from yekuo_desktop.ui.widgets.table_menu import ListButton

OUT, LATE, YEAR = "out", "late", "year"
PILLS = (Pill(OUT, "在借"), Pill(LATE, "逾期未还", "error"), Pill(YEAR, "今年借出"))
LEAD = "借阅和归还在业务的办理页登记；双击一行打开业务。"
EMPTY = ("没有借阅", "归档以后，在业务的办理页登记借阅")


class LoansDialog(Dialog):
    """``paper`` carries the list to print; ``opened`` a case somebody wants to see."""

    paper = Signal(str, object)
    opened = Signal(str)
    said = Signal(str, str)

    def __init__(
        self,
        desk: Desk,
        session: Session,
        background: Background,
        write: TableWriter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("档案借阅登记", parent, lead=LEAD)
        self._desk, self._background = desk, background
        self._out: Sequence[LoanLine] = ()
        self._year: Sequence[LoanLine] = ()
        self.pills = PillBar(PILLS)
        self.table = Table(_columns(), "档案借阅登记", Empty("folder-open", *EMPTY), whole=True)
        self.out = ListOut(self.table, "loans", self._asked, (desk, session, background), write)
        self.table.filter_by("pill", self.pills.current, self.pills.choose)
        self._excel = secondary("导出 Excel…", self.out.ask_file, name="file-spreadsheet")
        self._print = secondary("打印", self.out.print, name="printer", shortcut="F9")
        self._build()
        self.refresh()

    def refresh(self) -> None:
        """Read the register again."""
        desk = self._desk
        self._background.run(
            lambda: (lent_files(desk), loan_register(desk, *_this_year(desk.clock()))),
            lambda found: self._show(*found),
            self._failed,
            self,
        )

    def _build(self) -> None:
        self.pills.chosen.connect(lambda _id: self._list())
        self.table.opened.connect(self._open)
        self.out.said.connect(lambda words: self.said.emit(words, "good"))
        self.out.drawn.connect(self.paper)
        self.out.failed.connect(self._failed)
        self.body.addLayout(row(self.pills, None, ListButton(self.table)))
        self.body.addWidget(self.table, 1)
        self.add_buttons(secondary("关闭", self.reject), self._excel, self._print)
        self.wide(1160, 600)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, out: Sequence[LoanLine], year: Sequence[LoanLine]) -> None:
        self._out, self._year = out, year
        for pill in PILLS:
            self.pills.set_count(pill.id, len(self._of(pill.id)))
        self._list()

    def _of(self, id_: str) -> Sequence[LoanLine]:
        if id_ == YEAR:
            return self._year
        return [line for line in self._out if id_ == OUT or line.overdue]

    def _list(self) -> None:
        lines = self._of(self.pills.current())
        self.table.set_rows(lines)
        for button in (self._excel, self._print):
            allow(button, "" if lines else EMPTY[0])

    def _asked(self) -> Asked:
        words = next(pill.label for pill in PILLS if pill.id == self.pills.current())
        rows = self.table.model.rows()
        return Asked("档案借阅登记", f"筛选：{words}", lambda: rows)

    def _open(self, line: LoanLine) -> None:
        self.opened.emit(line.case)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.notice.say(words_of(error))


def _this_year(now: datetime) -> tuple[datetime, datetime]:
    """From New Year until just after now."""
    local = now.astimezone(CHINA)
    new_year = local.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    return new_year, local + timedelta(seconds=1)


def _stands(line: LoanLine) -> Due:
    if line.back is None:
        return Due(Light.RED, "逾期未还") if line.overdue else Due(Light.GREEN, "在借")
    return Due(Light.MISSED, "逾期归还") if line.overdue else Due(Light.MET, "已归还")


def _columns() -> tuple[Column, ...]:
    return (
        Column("stands", "状态", lambda x: _stands(x).words, 12, due=_stands),
        Column("until", "约定归还", lambda x: f"{x.until:%Y-%m-%d}", 12, kind="date"),
        Column("borrower", "借阅人", lambda x: x.borrower, 9),
        Column("unit", "单位", lambda x: x.unit, 12),
        Column("customer", "客户", lambda x: x.customer, 13),
        Column(
            "file", "档案号", lambda x: tail(x.file_number), 9, tip=lambda x: x.file_number,
            out=lambda x: x.file_number, room=28,
        ),
        Column("contents", "借阅内容", lambda x: x.contents, 16, tip=lambda x: x.contents),
        Column("purpose", "用途", lambda x: x.purpose, 14, grows=True, tip=lambda x: x.purpose),
        Column("approver", "批准人", lambda x: x.approver, 9),
        moment_column("lent", "借出时间", lambda x: x.lent),
        moment_column("back", "归还时间", lambda x: x.back),
        number_column(lambda x: x.number)._replace(hidden=True),
    )  # fmt: skip
