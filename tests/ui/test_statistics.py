"""The statistics in the window: what a figure says is what its list, the paper and the workbook say."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from python_calamine import CalamineWorkbook

from tests.practice_store import CHEAP, MOMENT, copied, opened
from tests.ui.conftest import AtWindow
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.ui.dialogs.case_list import CaseList
from yekuo_desktop.ui.dialogs.statistics import StatisticsDialog, read_month
from yekuo_desktop.ui.widgets.chart import ChartView
from yekuo_desktop.ui.widgets.chart_figure import FigureTile
from yekuo_desktop.ui.widgets.chart_table import FigureTable

Sit = Callable[[str], AtWindow]
CTRL = Qt.KeyboardModifier.ControlModifier
APRIL = MOMENT + timedelta(days=30)


@pytest.fixture
def desk(practice_made: Path, tmp_path: Path) -> Iterator[Desk]:
    """The practice county a month later: February and March can be counted."""
    made = opened(copied(practice_made, tmp_path / "store"), lambda: APRIL, CHEAP)
    yield made
    made.store.close()


def open_statistics(person: AtWindow) -> StatisticsDialog:
    person.press(Qt.Key.Key_T, CTRL)
    found = person.dialog()
    assert isinstance(found, StatisticsDialog)
    person.until(lambda: found.report is not None)
    person.settle()
    return found


def tile(dialog: StatisticsDialog, label: str) -> FigureTile:
    return next(t for t in dialog.tabs.widget(0).findChildren(FigureTile) if t.figure.label == label)


def test_a_figure_opens_its_cases_and_paper_and_workbook_agree(sit: Sit, tmp_path: Path) -> None:
    person = sit("zhaojun")
    dialog = open_statistics(person)
    assert dialog.month.text() == "2026-03"  # the last whole month
    accepted = tile(dialog, "受理")
    person.bot.mouseClick(accepted, Qt.MouseButton.LeftButton)
    cases = person.dialog()
    assert isinstance(cases, CaseList)
    person.until(lambda: cases.table.model.total == accepted.figure.value)
    assert f"共 {accepted.figure.text} 件" in cases._count.text()
    cases.reject()
    person.bot.mouseClick(dialog.back, Qt.MouseButton.LeftButton)
    person.until(lambda: dialog.report is not None and "2 月" in dialog.report.period)
    figure = tile(dialog, "受理").figure
    assert figure.value == 6
    dialog.export_to(str(tmp_path / "month.xlsx"))
    person.until((tmp_path / "month.xlsx").exists)
    person.settle()
    book = CalamineWorkbook.from_path(tmp_path / "month.xlsx")
    lines = book.get_sheet_by_name("总览").to_python()
    assert next(line for line in lines if line[0] == "受理")[1] == figure.value
    drawn: list[bytes] = []
    dialog.paper.connect(lambda _title, made: drawn.append(made.pdf))
    person.bot.mouseClick(dialog._print, Qt.MouseButton.LeftButton)
    person.until(lambda: drawn)
    (tmp_path / "month.pdf").write_bytes(drawn[0])
    pages = [page.extract_text() for page in PdfReader(tmp_path / "month.pdf").pages]
    assert f"{figure.text} 件" in pages[0].replace("\n", " ")
    assert "客户业扩报装服务时限考核办法" in "".join(pages)


def test_tables_and_charts_are_opened_by_keys(sit: Sit) -> None:
    person = sit("zhaojun")
    dialog = open_statistics(person)
    dialog.tabs.setCurrentIndex(1)
    table = dialog.tabs.currentWidget().findChildren(FigureTable)[0]
    table.view.setFocus()
    table.view.setCurrentIndex(table.model.index(0, 1))
    person.press(Qt.Key.Key_Return, widget=table.view)
    cases = person.dialog()
    assert isinstance(cases, CaseList)
    person.until(lambda: str(cases.table.model.total) == table.model.index(0, 1).data())
    cases.reject()
    chart = dialog.tabs.currentWidget().findChildren(ChartView)[0]
    assert "100%" in chart.accessibleDescription()


def test_a_month_is_typed_in_short_and_a_wrong_one_told(sit: Sit) -> None:
    person = sit("zhaojun")
    dialog = open_statistics(person)
    dialog.month.setText("13")
    person.press(Qt.Key.Key_Return, widget=dialog.month)
    assert "2026-10" in dialog.notice.words()
    dialog.month.setText("2")
    person.press(Qt.Key.Key_Return, widget=dialog.month)
    person.until(lambda: dialog.period.first.month == 2)
    assert dialog.month.text() == "2026-02"


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("2026-10", "2026-10"),
        ("202610", "2026-10"),
        ("3", "2026-03"),
        ("12", "2025-12"),
        ("2026 年 1 月", ""),
    ],
)
def test_months_as_people_write_them(typed: str, month: str) -> None:
    if not month:
        with pytest.raises(ValueError, match="2026"):
            read_month(typed, APRIL.date())
    else:
        assert f"{read_month(typed, APRIL.date()).first:%Y-%m}" == month
