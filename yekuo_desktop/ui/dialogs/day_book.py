"""营业日志: a day's acts at this counter or at all of them; on paper and to Excel."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QFileDialog, QWidget

from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.office.daybook import drawn, lines, to_excel
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.ports import Drawn, LogLine, TableWriter
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.widgets.buttons import allow, primary, secondary
from yekuo_desktop.ui.widgets.card import row, text
from yekuo_desktop.ui.widgets.columns import Column, number_column
from yekuo_desktop.ui.widgets.empty import Empty
from yekuo_desktop.ui.widgets.list_out import ColumnKeeper
from yekuo_desktop.ui.widgets.list_views import ListViews
from yekuo_desktop.ui.widgets.table import Table
from yekuo_desktop.ui.widgets.table_menu import ListButton

EMPTY = ("这一天还没有日志", "每一笔登记、受理、打印、交接都会自动记在这里")


class DayBook(Dialog):
    """``paper`` carries the log to print; ``opened`` a case somebody wants to see."""

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
        super().__init__("营业日志", parent)
        self._desk, self._session, self._background, self._write = desk, session, background, write
        self.day, self.counter = QDateEdit(), QComboBox()
        self.table = Table(_columns(desk), "日志", Empty("book-open", *EMPTY), whole=True)
        self.table.may_leave = True
        ColumnKeeper(self.table, "day_book", desk, background)
        self.table.views = ListViews(self.table, "day_book", (desk, session, background), self.table)
        self._count = text("", "quiet")
        self._print = primary("打印", self._draw, name="printer", shortcut="F9")
        self._excel = secondary("导出 Excel…", self._ask_file, name="file-spreadsheet")
        self._build()
        self.refresh()

    def chosen(self) -> tuple[date, str]:
        """The day and the terminal ("" for all)."""
        day = self.day.date()
        return date(day.year(), day.month(), day.day()), str(self.counter.currentData())

    def refresh(self) -> None:
        """Read the day again."""
        day, terminal = self.chosen()
        self._background.run(lambda: lines(self._desk, day, terminal), self._show, self._failed, self)

    def export_to(self, path: str) -> None:
        """Write the day to a workbook."""
        day, terminal = self.chosen()
        self._background.run(
            lambda: to_excel(self._desk, self._write, day, terminal, path),
            lambda _done: self.said.emit(f"已导出到 {path}", "good"),
            self._failed,
            self,
        )

    def _build(self) -> None:
        today = self._desk.clock().astimezone(CHINA).date()
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setDate(QDate(today.year, today.month, today.day))
        self.day.setAccessibleName("日期")
        self.counter.addItem(f"本终端 {self._session.terminal}", self._session.terminal)
        self.counter.addItem("全部终端", "")
        self.counter.setAccessibleName("终端")
        self.day.dateChanged.connect(lambda _day: self.refresh())
        self.counter.currentIndexChanged.connect(lambda _at: self.refresh())
        self.table.opened.connect(self._open)
        self.table.export_wanted.connect(self._ask_file)
        self.table.print_wanted.connect(self._draw)
        back = secondary("前一天", lambda: self._step(-1), role="small")
        forth = secondary("后一天", lambda: self._step(1), role="small")
        self.body.addLayout(
            row(self.day, back, forth, self.counter, None, self._count, ListButton(self.table))
        )
        self.body.addWidget(self.table, 1)
        self.add_buttons(secondary("关闭", self.reject), self._excel, self._print)
        self.wide(1200, 640)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, days: int) -> None:
        self.day.setDate(self.day.date().addDays(days))

    def _show(self, found: Sequence[LogLine]) -> None:
        self.table.set_rows(found)
        self._count.setText(f"共 {len(found)} 笔" if found else "")
        for button in (self._print, self._excel):
            allow(button, "" if found else EMPTY[0])

    def _open(self, line: LogLine) -> None:
        if line.subject.startswith("case:"):
            self.opened.emit(line.subject.removeprefix("case:"))
            self.accept()

    def _draw(self) -> None:
        day, terminal = self.chosen()
        self._background.run(
            lambda: drawn(self._desk, self._session, day, terminal),
            lambda made: self._drawn(day, made),
            self._failed,
            self,
        )

    def _drawn(self, day: date, made: Drawn) -> None:
        self.paper.emit(f"营业日志 {day}", made)

    def _ask_file(self) -> None:
        day, terminal = self.chosen()
        name = f"营业日志-{terminal or '全部'}-{day:%Y%m%d}.xlsx"
        path, _ = QFileDialog.getSaveFileName(self, "导出 Excel", name, "Excel 工作簿 (*.xlsx)")
        if path:
            self.export_to(path)

    def _failed(self, error: Exception) -> None:
        self.notice.say(words_of(error))


def _columns(desk: Desk) -> tuple[Column, ...]:
    organisation = desk.store.organisation()
    return (
        Column("at", "记录时间", lambda x: f"{x.recorded.astimezone(CHINA):%H:%M:%S}", 11),
        Column("stated", "所填时间", lambda x: f"{x.stated.astimezone(CHINA):%m-%d %H:%M}", 13),
        number_column(lambda x: x.number),
        Column("customer", "客户", lambda x: x.customer or "—", 14),
        Column("words", "事项", lambda x: x.words, 40, grows=True),
        Column("actor", "经办", lambda x: organisation.person_name(x.actor), 10),
        Column("terminal", "终端", lambda x: x.terminal, 8),
    )
