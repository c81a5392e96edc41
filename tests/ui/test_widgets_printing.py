"""Pages on their way to a printer; the printer is Qt's own, into a file."""

from collections.abc import Callable
from pathlib import Path

from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.printing import Errand, PrintRun, printer_for

MINUTE = 60_000


class White:
    """Two blank pages."""

    def count(self, _pdf: bytes) -> int:
        return 2

    def image(self, _pdf: bytes, _page: int, _dpi: int) -> tuple[int, int, bytes]:
        return 2, 3, b"\xff" * 18

    def slim(self, pdf: bytes) -> bytes:
        return pdf


def _into(path: Path) -> tuple[Callable[[Errand], QPrinter], list[Errand]]:
    errands: list[Errand] = []

    def make(errand: Errand) -> QPrinter:
        errands.append(errand)
        printer = printer_for(errand)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        return printer

    return make, errands


def test_every_page_reaches_the_printer(qtbot: QtBot, tmp_path: Path) -> None:
    lanes = Background()
    make, errands = _into(tmp_path / "out.pdf")
    run = PrintRun(b"%PDF", White(), lanes, make=make)
    with qtbot.waitSignal(run.finished, timeout=MINUTE):
        run.start(Errand("", duplex=True), 2)
    lanes.shutdown()
    assert len(PdfReader(tmp_path / "out.pdf").pages) == 2
    assert errands[0].job.isascii()


class Broken(White):
    """A page that cannot be drawn."""

    def image(self, _pdf: bytes, _page: int, _dpi: int) -> tuple[int, int, bytes]:
        raise OSError("no memory")


def test_a_page_that_cannot_be_drawn_stops_the_printing(qtbot: QtBot, tmp_path: Path) -> None:
    lanes = Background()
    make, _ = _into(tmp_path / "out.pdf")
    run = PrintRun(b"%PDF", Broken(), lanes, make=make)
    with qtbot.waitSignal(run.failed, timeout=MINUTE) as told:
        run.start(Errand(""), 2)
    lanes.shutdown()
    assert told.args == ["没有打印成功:no memory", 0]
