"""A list leaves the window whole: every row to Excel and on paper, masked, and stopped when asked."""

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from yekuo_desktop.bootstrap import write_table
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.listing import LEAST_MM, MOST_PRINTED, Listing, Shown, drawn, layout, to_excel

COLUMNS = (
    Shown("编号", lambda at: f"YK4101-HK01-260310-{at:04}", 26),
    Shown("客户{x}", lambda at: f"张秀英{at}", 13),
    Shown('容量"', str, 7, "capacity"),
)


def listing(count: int, columns: tuple[Shown, ...] = COLUMNS) -> Listing:
    return Listing(
        title="业务受理清单", columns=columns, read=lambda: range(1, count + 1), conditions="筛选：本所"
    )


def silent(_done: int, _total: int, _text: str = "") -> None:
    """Nobody listens."""


def words(pdf: bytes) -> list[str]:
    pages = PdfReader(BytesIO(pdf)).pages
    return ["".join(page.extract_text().split()) for page in pages]


def test_every_row_stands_in_the_workbook(desk: Desk, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    path = tmp_path / "list.xlsx"
    count = to_excel(
        desk, write_table, listing(250), str(path), lambda done, total, _="": told.append((done, total))
    )
    rows: Any = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
    assert count == 250
    assert rows[0][0] == "业务受理清单　筛选：本所　截至 2026-03-10 09:30"
    assert rows[1] == ("序号", "编号", "客户{x}", '容量"')
    assert rows[2] == (1, "YK4101-HK01-260310-0001", "张秀英1", 1)
    assert len(rows) == 252
    assert told == [(0, 0), (0, 250), (100, 250), (200, 250)]


def test_a_stopped_export_leaves_no_file(desk: Desk, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, _total: int, _text: str = "") -> None:
        if done:
            raise Stopped

    with pytest.raises(Stopped):
        to_excel(desk, write_table, listing(250), str(tmp_path / "list.xlsx"), stop)
    assert list(tmp_path.glob("*.xlsx")) == []
    assert list(tmp_path.glob(".yekuo*")) == []


def test_the_paper_repeats_its_header_and_counts_its_pages(desk: Desk, clerk: Session) -> None:
    made = drawn(desk, clerk, listing(60), silent)
    pages = words(made.pdf)
    assert made.warnings == ()
    assert len(pages) > 1
    for at, page in enumerate(pages, start=1):
        assert "序号编号" in page
        assert "客户(x)" in page
        assert f"第{at}页共{len(pages)}页" in page
    assert "业务受理清单" in pages[0]
    assert "筛选：本所" in pages[0]
    assert "共60条" in pages[0]
    assert "YK4101-HK01-260310-0060" in pages[-1]
    box = PdfReader(BytesIO(made.pdf)).pages[0].mediabox
    assert box.width > box.height


def test_what_is_too_much_for_paper_is_said(desk: Desk, clerk: Session) -> None:
    with pytest.raises(Refused, match="一次最多打印"):
        drawn(desk, clerk, listing(MOST_PRINTED + 1), silent)
    with pytest.raises(Refused, match="一张纸最多印"):
        drawn(desk, clerk, listing(1, COLUMNS * 7), silent)


@pytest.mark.parametrize("count", [1, 4, 18])
def test_the_columns_fill_the_line(desk: Desk, clerk: Session, count: int) -> None:
    columns = tuple(Shown(f"第{at}", str, 6 + at) for at in range(count))
    text = layout(desk.printery.layout("case_list"), listing(1, columns))
    widths = [float(part) for part in text.rsplit("columns = [", 1)[1].split("]")[0].split(",")]
    assert sum(widths) == pytest.approx(260)
    assert min(widths[1:]) >= LEAST_MM
    assert drawn(desk, clerk, listing(3, columns), silent).warnings == ()
