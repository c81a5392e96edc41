"""The preview: how the page is shown, and how many copies of what it asks for."""

from collections.abc import Callable, Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt

from tests.office.spooler import Printer
from tests.ui.conftest import AtWindow
from yekuo_desktop.office import accepting, printing
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.practice.way import sit_down
from yekuo_desktop.ui.dialogs.print_preview import ALL, EACH_ITS_OWN, FIT, PrintPreview

Sit = Callable[[str], AtWindow]


@pytest.fixture
def printer() -> Printer:
    return Printer()


@pytest.fixture
def desk(desk: Desk, printer: Printer) -> Iterator[Desk]:
    """The desk beside a printer."""
    yield replace(desk, spooler=printer)


def shown(person: AtWindow, desk: Desk, case_id: str, *numbers: str) -> PrintPreview:
    """The preview of these sheets of a case."""
    case = desk.store.case(case_id)
    assert case is not None
    person.window.papers.show("打印单据", printing.pdf(desk, sit_down(desk, "wangli"), case, numbers))
    preview = person.dialog()
    assert isinstance(preview, PrintPreview)
    person.until(lambda: preview.shown()[0] > 0)
    return preview


@pytest.fixture
def person(sit: Sit) -> AtWindow:
    found = sit("wangli")
    found.window.papers.look()
    found.settle()
    return found


def size(preview: PrintPreview) -> tuple[float, float]:
    """Of the page, in the units of the screen."""
    found = preview.sheet.pixmap().deviceIndependentSize()
    return found.width(), found.height()


def test_the_whole_page_fits_and_follows_the_window(
    person: AtWindow, desk: Desk, accepted: accepting.Accepted
) -> None:
    preview = shown(person, desk, accepted.case.id, accepted.sheets[0].sheet_no)
    room = preview._scroll.viewport()
    assert preview.list.visualItemRect(preview.list.item(0)).top() < 8  # the small picture whole, at the top
    assert preview.zoom.currentData() == FIT
    assert size(preview)[0] == pytest.approx(room.width(), abs=40)
    wide = size(preview)
    person.press(Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier, widget=preview)
    assert preview.zoom.currentData() == ALL
    person.until(lambda: size(preview) != wide)
    assert size(preview)[1] <= room.height()
    assert size(preview)[1] == pytest.approx(room.height(), abs=24)
    before = size(preview)
    preview.resize(preview.width(), preview.height() - 160)
    person.until(lambda: size(preview)[1] < before[1] - 60)
    assert size(preview)[1] <= room.height()
    preview.zoom.setCurrentIndex(preview.zoom.findData(100))
    person.until(lambda: size(preview)[0] > 780)  # 210 mm at 96 dpi
    preview.reject()


def test_each_sheet_comes_out_as_often_as_its_form_says(
    person: AtWindow, desk: Desk, accepted: accepting.Accepted, printer: Printer
) -> None:
    """The work order twice, the receipt once; what was chosen for one is not chosen for the other."""
    clerk, case_id, order = sit_down(desk, "wangli"), accepted.case.id, accepted.sheets[0]
    receipt = printing.issue(desk, clerk, case_id, "acceptance_receipt")
    preview = shown(person, desk, case_id, order.sheet_no, receipt.sheet_no)
    assert preview.copies.text() == EACH_ITS_OWN
    person.press(Qt.Key.Key_F9, widget=preview)
    person.until(lambda: len(printer.jobs) == 3)
    assert [(row.title, row.copy) for row in desk.store.prints.rows()] == [
        (order.title, 1),
        (receipt.title, 1),
        (order.title, 2),
    ]
    printer.print_out()
    person.settle()
    alone = shown(person, desk, case_id, order.sheet_no)
    assert (alone.copies.value(), alone.copies.minimum()) == (2, 1)
    alone.reject()
