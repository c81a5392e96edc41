"""统计报表: a month or any stretch of days in figures, charts and tables; every figure opens its cases."""

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.vocabulary import CLASSES
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.filters import Filter
from yekuo_desktop.office.monthly import TITLE, monthly
from yekuo_desktop.office.report import Report, Section
from yekuo_desktop.office.statistics import periods
from yekuo_desktop.office.statistics.figures import Scope
from yekuo_desktop.runtime.later import later
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.case_list import CaseList, as_ledger, as_queue
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.ports import Tools
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import allow, primary, secondary
from yekuo_desktop.ui.widgets.card import row, spaced, text
from yekuo_desktop.ui.widgets.chart import ChartView
from yekuo_desktop.ui.widgets.chart_figure import FigureTile
from yekuo_desktop.ui.widgets.chart_table import FigureTable
from yekuo_desktop.ui.widgets.inputs import entry

with later():
    from yekuo_desktop.office import report_paper
    from yekuo_desktop.ui import file_names

HINT = "2026-10，或 10"
NO_MONTH = "月份请写成 2026-10，或只写 10"
TILES_A_ROW = 4


def read_month(typed: str, today: date) -> periods.Period:
    """A month as typed: 2026-10, 202610, 10 (the last October that has begun). Raises ``ValueError``."""
    digits = "".join(sign for sign in typed if sign.isdigit())
    if len(digits) <= 2:
        number = int(digits)
        year = today.year if number <= today.month else today.year - 1
        return periods.month(f"{year:04}-{number:02}")
    if len(digits) != 6:
        raise ValueError(typed)
    return periods.month(f"{digits[:4]}-{digits[4:]}")


class StatisticsDialog(Dialog):
    """``paper`` carries the report to print; ``opened`` a case; ``asked`` a list behind a figure."""

    paper = Signal(str, object)
    opened = Signal(str)
    said = Signal(str, str)
    asked = Signal(object)

    def __init__(
        self,
        desk: Desk,
        session: Session,
        background: Background,
        tools: Tools,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("统计报表", parent)
        self._desk, self._session, self._background, self._tools = desk, session, background, tools
        self.period = periods.month_before(self._today())
        self.month: QLineEdit = entry("月份", HINT)
        self.station, self.klass = QComboBox(), QComboBox()
        self.tabs = QTabWidget()
        self.report: Report | None = None
        self._looked = text("", "quiet")
        self._excel = secondary("导出 Excel…", self._ask_file, name="file-spreadsheet")
        self._print = primary("打印月报", self._draw, name="printer", shortcut="F9")
        self._build()
        self.refresh()

    def scope(self) -> Scope:
        """Which station and class are counted."""
        return Scope(str(self.station.currentData()), str(self.klass.currentData()))

    def refresh(self) -> None:
        """Count again, behind the window."""
        desk, period, scope = self._desk, self.period, self.scope()
        self._looked.setText("正在统计…")
        self._background.run(lambda: monthly(desk, period, scope), self._show, self._failed, self)

    def step(self, months: int) -> None:
        """A month back or on, not into the future."""
        moved = periods.before(self.period) if months < 0 else _after(self.period)
        if moved.first <= self._today():
            self._turn_to(moved)

    def _today(self) -> date:
        return self._desk.clock().astimezone(CHINA).date()

    def _build(self) -> None:
        self.station.addItem("全部供电所", "")
        for station in self._desk.store.organisation().stations:
            self.station.addItem(station.name, station.code)
        self.klass.addItem("全部客户类别", "")
        for id_, words in CLASSES.items():
            self.klass.addItem(words, id_)
        for box, name in ((self.station, "供电所"), (self.klass, "客户类别")):
            box.setAccessibleName(name)
            box.currentIndexChanged.connect(lambda _at: self.refresh())
        self.month.setText(f"{self.period.first:%Y-%m}")
        self.month.setFixedWidth(px(104))
        self.month.editingFinished.connect(self._typed)
        self.back = secondary("上个月", lambda: self.step(-1), role="small", shortcut="Alt+Left")
        self.on = secondary("下个月", lambda: self.step(1), role="small", shortcut="Alt+Right")
        self.body.addLayout(
            row(
                text("月份", "label"),
                self.month,
                self.back,
                self.on,
                self.station,
                self.klass,
                None,
                self._looked,
            )
        )
        self.tabs.setDocumentMode(True)
        self.body.addWidget(self.tabs, 1)
        self.add_left(secondary("业扩台账…", self._ledger, name="book-open"))
        self.add_buttons(secondary("关闭", self.reject), self._excel, self._print)
        self.wide(1240, 720)

    def _typed(self) -> None:
        try:
            period = read_month(self.month.text(), self._today())
        except ValueError:
            self.notice.say(NO_MONTH)
            return
        if period != self.period:
            self._turn_to(period)

    def _turn_to(self, period: periods.Period) -> None:
        self.notice.say("")
        self.period = period
        self.month.setText(f"{period.first:%Y-%m}")
        self.refresh()

    def _show(self, report: Report) -> None:
        self.report = report
        self._looked.setText(f"{report.period} · {report.scope}")
        self.notice.say(report.empty, "notice")
        shown = max(self.tabs.currentIndex(), 0)
        while self.tabs.count():
            page = self.tabs.widget(0)
            self.tabs.removeTab(0)
            page.deleteLater()
        for section in report.sections:
            self.tabs.addTab(_scrolled(self._page(section, report)), section.title)
        self.tabs.setCurrentIndex(shown)
        for button in (self._excel, self._print):
            allow(button, report.empty)

    def _page(self, section: Section, report: Report) -> QWidget:
        page = QWidget()
        page.setProperty("role", "page")
        box = QVBoxLayout(page)
        spaced(box, 12, 12)
        if section.figures:
            box.addLayout(self._tiles(section))
        if section.note:
            box.addWidget(text(section.note, "quiet", wrap=True))
        for chart in section.charts:
            box.addWidget(text(chart.title, "heading"))
            view = ChartView(chart)
            view.opened.connect(lambda where, title=chart.title: self.open_cases(where, title))
            box.addWidget(view)
        for table in section.tables:
            shown = FigureTable(table)
            shown.opened.connect(lambda where, title=table.title: self.open_cases(where, title))
            box.addWidget(shown)
        if section is report.sections[0]:
            for line in report.method:
                box.addWidget(text(line, "caption", wrap=True))
        box.addStretch(1)
        return page

    def _tiles(self, section: Section) -> QGridLayout:
        grid = QGridLayout()
        spaced(grid, 0, 12)
        for at, figure in enumerate(section.figures):
            tile = FigureTile(figure)
            tile.opened.connect(lambda where, title=figure.label: self.open_cases(where, title))
            grid.addWidget(tile, at // TILES_A_ROW, at % TILES_A_ROW)
        return grid

    def open_cases(self, where: Any, title: str) -> None:
        """The list behind a figure."""
        if isinstance(where, Filter):
            self._list(f"{title} · {self._looked.text()}", where, ledger=False)

    def _ledger(self) -> None:
        scope = self.scope()
        where = Filter(
            station=scope.station,
            klass=scope.klass,
            accepted_from=self.period.first,
            accepted_to=self.period.last,
        )
        self._list(f"业扩台账 · {self._looked.text()}", where, ledger=True)

    def _list(self, title: str, where: Filter, *, ledger: bool) -> None:
        kind = (as_ledger if ledger else as_queue)(self._desk, where)
        at = (self._desk, self._session, self._background)
        dialog = CaseList(at, self._tools.write_table, title, where, kind, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.paper.connect(self.paper)
        dialog.said.connect(self.said)
        dialog.opened.connect(self._open)
        self.asked.emit(dialog)
        dialog.open()

    def _open(self, case_id: str) -> None:
        self.opened.emit(case_id)
        self.accept()

    def _draw(self) -> None:
        desk, session, report = self._desk, self._session, self.report
        if report is not None:
            self._background.run(
                lambda: report_paper.drawn(desk, session, report),
                lambda made: self.paper.emit(f"{TITLE} {report.period}", made),
                self._failed,
                self,
            )

    def _ask_file(self) -> None:
        if self.report is None:
            return
        name = file_names.fit(f"{TITLE}-{self.report.period}.xlsx")
        path = file_names.workbook(self, "导出 Excel", name)
        if path:
            self.export_to(path)

    def export_to(self, path: str) -> None:
        """The same report as a workbook with charts."""
        report, files = self.report, self._tools.files
        if report is not None:
            self._background.run(
                lambda: files.write_report(path, report),
                lambda _done: self.said.emit(f"已导出到 {Path(path).name}", "good"),
                self._failed,
                self,
            )

    def _failed(self, error: Exception) -> None:
        self._looked.setText("")
        self.notice.say(words_of(error))


def _after(period: periods.Period) -> periods.Period:
    nxt = date.fromordinal(period.last.toordinal() + 1)
    return periods.month(f"{nxt:%Y-%m}")


def _scrolled(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    return area
