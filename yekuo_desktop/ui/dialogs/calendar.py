"""节假日: the known years, and a new notice: paste it, see which deadlines move, take it."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from yekuo_desktop.domain.deadlines.calendar_tables import YearTable
from yekuo_desktop.office import calendars
from yekuo_desktop.office.calendars import Moved, Preview
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import allow, primary, secondary
from yekuo_desktop.ui.widgets.card import row, text
from yekuo_desktop.ui.widgets.columns import Column, moment
from yekuo_desktop.ui.widgets.empty import Empty
from yekuo_desktop.ui.widgets.inputs import entry
from yekuo_desktop.ui.widgets.table import Table
from yekuo_desktop.ui.widgets.year_grid import year_html

LEAD = "国务院每年十一月公布下一年的放假安排。粘贴通知的正文，先看哪些时限会变，再采用。采用记入日志。"
PASTE = "元旦：1月1日至3日放假调休，共3天。1月4日上班。\n春节：…\n（也可以粘贴或选择日历文件）"
UNMOVED = ("没有时限会变", "在途业务的时限都不受这份安排影响")
FIRST_LOOK = "请先预览"
CITATION = "国务院办公厅关于2027年部分节假日安排的通知（国办发明电〔2026〕…号）"
MISSING = "{} 年的放假安排还没有登记，跨年的时限按周末和法定节日估算，标有“未公布”"


class CalendarDialog(Dialog):
    """``said`` that a calendar was taken."""

    said = Signal(str, str)

    def __init__(
        self, desk: Desk, session: Session, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__("节假日", parent, lead=LEAD)
        self._desk, self._session, self._background = desk, session, background
        self.year, self.paste = QComboBox(), QPlainTextEdit()
        self.citation = entry("文件名称和文号", CITATION)
        self.grid, self.tabs = QLabel(), QTabWidget()
        self.table = Table(_columns(), "会变的时限", Empty("calendar-days", *UNMOVED), whole=True)
        self.seen: Preview | None = None
        self._look = secondary("预览", self.preview, name="eye")
        self._take = primary("采用", self.take, name="check", shortcut="F9")
        self._build()
        self._show_year()

    def preview(self) -> None:
        """Read what was pasted and compare, behind the window."""
        desk, pasted, citation = self._desk, self.paste.toPlainText(), self.citation.text()
        self._background.job(
            "比较时限",
            lambda progress: calendars.preview(desk, pasted, citation, progress),
            self._previewed,
            self._failed,
            self,
        )

    def take(self) -> None:
        """Take what was previewed."""
        desk, session, pasted, citation = (
            self._desk,
            self._session,
            self.paste.toPlainText(),
            self.citation.text(),
        )
        self._background.job(
            "采用节假日",
            lambda _progress: calendars.take(desk, session, pasted, citation),
            self._taken,
            self._failed,
            self,
        )

    def _build(self) -> None:
        self.year.setAccessibleName("年份")
        self._fill_years()
        self.year.currentIndexChanged.connect(lambda _at: self._show_year())
        self.paste.setPlaceholderText(PASTE)
        self.paste.setAccessibleName("通知正文")
        self.paste.setTabChangesFocus(True)
        self.paste.setFixedHeight(px(120))
        for line in (self.paste, self.citation):
            line.textChanged.connect(self._changed)
        self.grid.setTextFormat(Qt.TextFormat.RichText)
        self.grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        area = QScrollArea()
        area.setWidget(self.grid)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        page = QWidget()
        box = QVBoxLayout(page)
        box.addLayout(row(text("年份", "label"), self.year, None))
        box.addWidget(area, 1)
        self.tabs.addTab(page, "年历")
        self.tabs.addTab(self.table, "会变的时限")
        file = secondary("从文件…", self._ask_file, name="folder-open")
        self.body.addWidget(text("新的放假安排", "heading"))
        self.body.addWidget(self.paste)
        self.body.addLayout(row(text("依据", "label"), self.citation, file, self._look))
        self.body.addWidget(self.tabs, 1)
        self.add_buttons(secondary("关闭", self.reject), self._take)
        self.wide(1000, 720)
        missing = calendars.missing_year(self._desk)
        if missing:
            self.notice.say(MISSING.format(missing), "notice")
        self._changed()

    def _fill_years(self) -> None:
        self.year.blockSignals(True)
        self.year.clear()
        for year in reversed(self._desk.reference.calendar.years):
            self.year.addItem(f"{year} 年", year)
        self.year.blockSignals(False)

    def _show_year(self) -> None:
        year = self.year.currentData()
        if year is not None:
            calendar = self._desk.reference.calendar
            self.grid.setText(year_html(year, calendar.day, calendar.citation(year)))

    def _changed(self) -> None:
        """What was previewed is not what stands there now."""
        self.seen = None
        allow(self._look, "" if self.paste.toPlainText().strip() else "请先粘贴通知正文")
        allow(self._take, calendars.why_not(self._desk, self._session) or FIRST_LOOK)

    def _previewed(self, found: Preview) -> None:
        self.seen = found
        self.notice.say("")
        shown = self._desk.reference.calendar.with_year(found.table)
        self.grid.setText(year_html(found.table.year, shown.day, found.table.citation))
        self.table.set_rows(found.moved)
        self.tabs.setTabText(1, f"会变的时限 {len(found.moved)}")
        self.tabs.setCurrentIndex(1 if found.moved else 0)
        allow(self._take, calendars.why_not(self._desk, self._session))
        again = "，将替换已登记的安排" if found.known else ""
        self.notice.say(f"{found.table.year} 年：{len(found.moved)} 个时限会变{again}", "notice")

    def _taken(self, table: YearTable) -> None:
        self.said.emit(f"{table.year} 年的放假安排已采用，时限已重新计算", "good")
        self.accept()

    def _ask_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "选择日历文件", "", "日历 (*.toml *.txt);;所有文件 (*)")
        if path:
            self.read_file(path)

    def read_file(self, path: str) -> None:
        """Put a file where one pastes."""
        try:
            self.paste.setPlainText(Path(path).read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            self.notice.say(f"读不了 {Path(path).name}：请选 UTF-8 文字的日历文件")

    def _failed(self, error: Exception) -> None:
        self.notice.say(words_of(error))


def _columns() -> tuple[Column, ...]:
    return (
        Column("number", "编号", lambda x: x.case.number or "（未受理）", 24),
        Column("customer", "客户", lambda x: x.case.customer, 14),
        Column("limit", "时限", lambda x: x.limit.label, 20, grows=True),
        Column("before", "原到期", lambda x: moment(x.before), 16),
        Column("after", "改为", lambda x: moment(x.after), 16),
        Column("words", "变动", _words, 10),
    )


def _words(moved: Moved) -> str:
    if moved.before is None or moved.after is None:
        return "—"
    days = (moved.after.date() - moved.before.date()).days
    return f"{'延后' if days > 0 else '提前'} {abs(days)} 天" if days else "当日"
