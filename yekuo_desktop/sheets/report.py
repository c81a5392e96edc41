"""A report as a workbook: a sheet for each section, its figures and tables, charts beside their figures."""

from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from yekuo_desktop.office.charts import Chart
from yekuo_desktop.office.report import Cell, Column, Figure, Report, Section, Table
from yekuo_desktop.sheets.errors import NotWritten
from yekuo_desktop.sheets.writer import for_print

FORMATS = {"count": "#,##0", "percent": "0.0%", "days": "0.0", "capacity": "#,##0.###", "text": "@"}
HEAD = PatternFill("solid", fgColor="E8F1EE")
LINE = Side(style="thin", color="C9D3D0")
EDGE = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
ACCENT, GREY = "00706B", "8A9996"
CHART_ROWS, CHART_WIDE, CHART_HIGH = 17, 24.0, 7.5  # rows it covers; centimetres
FIRST_COLUMN = 26  # characters


def write_report(path: Path, report: Report) -> None:
    """Write it, whole or not at all. Raises ``NotWritten``."""
    book = Workbook()
    for at, section in enumerate(report.sections):
        sheet = book.worksheets[0] if at == 0 else book.create_sheet()
        sheet.title = section.title
        _Page(sheet, report, section).write()
    _notes(book.create_sheet("说明"), report)
    beside = path.with_name(f"{path.name}.new")
    try:
        book.save(beside)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise NotWritten(f"写不了 {path.name}:可能正被其他程序打开,请关闭后再试") from error


class _Page:
    """One section on its sheet, from the top down."""

    def __init__(self, sheet: Worksheet, report: Report, section: Section) -> None:
        self._sheet, self._report, self._section = sheet, report, section
        self._row = 1

    def write(self) -> None:
        """Title, figures, tables, charts."""
        self._put(1, f"{self._report.title} · {self._section.title}", bold=True, size=14)
        self._next()
        self._put(1, f"{self._report.period}　{self._report.scope}")
        self._next(2)
        self._sheet.freeze_panes = "A3"
        if self._section.figures:
            self._figures(self._section.figures)
        if self._section.note:
            self._put(1, self._section.note)
            self._next(2)
        for table in self._section.tables:
            self._table(table)
        for chart in self._section.charts:
            if not chart.empty:
                self._chart(chart)
        for at in range(2, 13):
            self._sheet.column_dimensions[get_column_letter(at)].width = 14
        self._sheet.column_dimensions["A"].width = FIRST_COLUMN
        for_print(self._sheet, "1:2")

    def _next(self, rows: int = 1) -> None:
        self._row += rows

    def _put(self, column: int, value: Any, *, bold: bool = False, size: int = 11, kind: str = "text") -> Any:
        cell = self._sheet.cell(self._row, column)
        cell.number_format = FORMATS[kind]
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # never a formula, whatever it begins with
        cell.font = Font(name="Microsoft YaHei", bold=bold, size=size)
        return cell

    def _framed(self, column: int, value: Any, *, bold: bool = False, kind: str = "text") -> None:
        cell = self._put(column, value, bold=bold, kind=kind)
        cell.border = EDGE
        cell.alignment = Alignment(horizontal="left" if kind == "text" else "right", vertical="center")

    def _heads(self, titles: list[str]) -> None:
        for at, title in enumerate(titles, start=1):
            cell = self._put(at, title, bold=True)
            cell.fill, cell.border = HEAD, EDGE
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        self._next()

    def _figures(self, figures: tuple[Figure, ...]) -> None:
        against = [change.against for change in next((f.changes for f in figures if f.changes), ())]
        self._heads(["项目", "数值", *against])
        for figure in figures:
            self._framed(1, figure.label)
            self._framed(2, figure.value, kind=figure.kind)
            words = [change.words for change in figure.changes] or ["制表时"] * len(against)
            for at, said in enumerate(words, start=3):
                self._framed(at, said)
            self._next()
        self._next()

    def _table(self, table: Table) -> None:
        self._put(1, table.title, bold=True)
        self._next()
        self._heads([column.title for column in table.columns])
        for at, row in enumerate(table.rows):
            bold = at >= len(table.rows) - table.totals
            for place, (cell, column) in enumerate(zip(row, table.columns, strict=True), start=1):
                self._framed(place, _value(cell, column), bold=bold, kind=column.kind)
            self._next()
        self._next()

    def _chart(self, chart: Chart) -> None:
        """Its figures as a small table, and the chart that reads them."""
        self._put(1, chart.title, bold=True)
        self._next()
        top = self._row
        self._heads([chart.unit, *(series.name for series in chart.series)])
        for at, label in enumerate(chart.labels):
            self._framed(1, label)
            for place, series in enumerate(chart.series, start=2):
                self._framed(place, series.marks[at].value, kind="capacity")
            self._next()
        drawn = _drawn(chart)
        last = top + len(chart.labels)
        wide = 1 + len(chart.series)
        figures = Reference(self._sheet, min_col=2, max_col=wide, min_row=top, max_row=last)
        drawn.add_data(figures, titles_from_data=True)
        drawn.set_categories(Reference(self._sheet, min_col=1, min_row=top + 1, max_row=last))
        for at, series in enumerate(drawn.series):
            series.graphicalProperties.line.solidFill = (ACCENT, GREY)[at % 2]
            if not isinstance(drawn, LineChart):
                series.graphicalProperties.solidFill = (ACCENT, GREY)[at % 2]
        self._sheet.add_chart(drawn, f"{get_column_letter(wide + 2)}{top}")
        self._row = max(self._row, top + CHART_ROWS) + 1


def _drawn(chart: Chart) -> Any:
    made: Any = LineChart() if chart.kind == "lines" else BarChart()
    if chart.kind == "bars":
        made.type = "bar"
        made.x_axis.scaling.orientation = "maxMin"  # the first on top, as on the screen
    made.title = chart.title
    made.width, made.height = CHART_WIDE, CHART_HIGH
    made.x_axis.delete = made.y_axis.delete = False
    if chart.top:
        made.y_axis.scaling.min, made.y_axis.scaling.max = 0, chart.top
    if len(chart.series) == 1:
        made.legend = None
    return made


def _value(cell: Cell, column: Column) -> Any:
    return cell.text if column.kind == "text" else cell.value


def _notes(sheet: Worksheet, report: Report) -> None:
    sheet.column_dimensions["A"].width = 110
    for at, line in enumerate(report.method, start=1):
        cell = sheet.cell(at, 1)
        cell.value, cell.alignment = line, Alignment(wrap_text=True, vertical="top")
