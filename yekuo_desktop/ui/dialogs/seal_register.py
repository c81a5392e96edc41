"""用印登记: every use of a seal in a stretch of days; on paper and to Excel."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QFileDialog, QWidget

from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.ports import Drawn, TableWriter
from yekuo_desktop.office.seal_register import Use, drawn, to_excel, uses
from yekuo_desktop.office.sealing import all_seals
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.widgets.buttons import allow, primary, secondary
from yekuo_desktop.ui.widgets.card import row, text
from yekuo_desktop.ui.widgets.columns import Column, moment_column, number_column
from yekuo_desktop.ui.widgets.empty import Empty
from yekuo_desktop.ui.widgets.list_out import ColumnKeeper
from yekuo_desktop.ui.widgets.list_views import ListViews
from yekuo_desktop.ui.widgets.table import Table
from yekuo_desktop.ui.widgets.table_menu import ListButton

EMPTY = ("这段时间没有用印", "出具、补打、作废盖章的单据会自动记在这里")
LEAD = "“图片”是印出的登记印章，“手工章”是印空圈后加盖。份数是本机打印出来的份数。"


class SealRegister(Dialog):
    """``paper`` carries the register to print; ``opened`` a case somebody wants to see."""

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
        super().__init__("用印登记", parent, lead=LEAD)
        self._desk, self._session, self._background, self._write = desk, session, background, write
        self.first, self.last, self.seal = QDateEdit(), QDateEdit(), QComboBox()
        self.table = Table(_columns(), "用印登记", Empty("stamp", *EMPTY), whole=True)
        self.table.may_leave = True
        ColumnKeeper(self.table, "seal_register", desk, background)
        self.table.views = ListViews(self.table, "seal_register", (desk, session, background), self.table)
        self._count = text("", "quiet")
        self._print = primary("打印", self._draw, name="printer", shortcut="F9")
        self._excel = secondary("导出 Excel…", self._ask_file, name="file-spreadsheet")
        self._build()
        self.refresh()

    def chosen(self) -> tuple[date, date, str]:
        """First and last day, and the seal ("" for all)."""
        first, last = (date(d.year(), d.month(), d.day()) for d in (self.first.date(), self.last.date()))
        return first, last, str(self.seal.currentData() or "")

    def refresh(self) -> None:
        """Read the register again."""
        first, last, seal = self.chosen()
        self._background.run(lambda: uses(self._desk, first, last, seal), self._show, self._failed, self)

    def export_to(self, path: str) -> None:
        """Write it to a workbook."""
        first, last, seal = self.chosen()
        self._background.run(
            lambda: to_excel(self._desk, self._write, first, last, path, seal),
            lambda count: self.said.emit(f"已导出 {count} 条到 {path}", "good"),
            self._failed,
            self,
        )

    def _build(self) -> None:
        today = self._desk.clock().astimezone(CHINA).date()
        for widget, day, name in (
            (self.first, today.replace(day=1), "起始日期"),
            (self.last, today, "截止日期"),
        ):
            widget.setCalendarPopup(True)
            widget.setDisplayFormat("yyyy-MM-dd")
            widget.setDate(QDate(day.year, day.month, day.day))
            widget.setAccessibleName(name)
            widget.dateChanged.connect(lambda _day: self.refresh())
        self.seal.addItem("全部印章", "")
        for seal in all_seals(self._desk):
            self.seal.addItem(seal.name, seal.name)
        self.seal.setAccessibleName("印章")
        self.seal.currentIndexChanged.connect(lambda _at: self.refresh())
        self.table.opened.connect(self._open)
        self.table.export_wanted.connect(self._ask_file)
        self.table.print_wanted.connect(self._draw)
        self.body.addLayout(
            row(self.first, text("至"), self.last, self.seal, None, self._count, ListButton(self.table))
        )
        self.body.addWidget(self.table, 1)
        self.add_buttons(secondary("关闭", self.reject), self._excel, self._print)
        self.wide(1200, 640)

    def _show(self, found: Sequence[Use]) -> None:
        self.table.set_rows(found)
        self._count.setText(f"共 {len(found)} 条" if found else "")
        for button in (self._print, self._excel):
            allow(button, "" if found else EMPTY[0])

    def _open(self, use: Use) -> None:
        self.opened.emit(use.case)
        self.accept()

    def _draw(self) -> None:
        first, last, seal = self.chosen()
        self._background.run(
            lambda: drawn(self._desk, self._session, first, last, seal), self._drawn, self._failed, self
        )

    def _drawn(self, made: Drawn) -> None:
        first, last, _seal = self.chosen()
        self.paper.emit(f"用印登记 {first} 至 {last}", made)

    def _ask_file(self) -> None:
        first, last, seal = self.chosen()
        name = f"用印登记-{seal or '全部'}-{first:%Y%m%d}-{last:%Y%m%d}.xlsx"
        path, _ = QFileDialog.getSaveFileName(self, "导出 Excel", name, "Excel 工作簿 (*.xlsx)")
        if path:
            self.export_to(path)

    def _failed(self, error: Exception) -> None:
        self.notice.say(words_of(error))


def _columns() -> tuple[Column, ...]:
    return (
        moment_column("at", "时间", lambda use: use.at),
        Column("act", "事项", lambda use: use.act, 6),
        Column("title", "单据", lambda use: use.title, 18),
        Column("sheet", "单据号", lambda use: use.sheet_no, 29, tip=lambda use: use.sheet_no),
        number_column(lambda use: use.number, 9),
        Column("customer", "客户", lambda use: use.customer, 14),
        Column("seal", "印章", lambda use: use.seal, 16),
        Column("how", "方式", lambda use: use.how, 8),
        Column("copies", "份数", lambda use: str(use.copies or ""), 6, right=True, kind="count"),
        Column("by", "用印人", lambda use: use.by, 9),
        Column("reason", "事由", lambda use: use.reason, 16, grows=True),
    )
