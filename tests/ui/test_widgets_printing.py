"""Pages on their way to a printer; the printer is Qt's own, into a file."""

from collections.abc import Callable
from pathlib import Path

from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.printing import PrintRun, Wish, printer_for

MINUTE = 60_000


class White:
    """Two blank pages."""

    def count(self, _pdf: bytes) -> int:
        return 2

    def image(self, _pdf: bytes, _page: int, _dpi: int) -> tuple[int, int, bytes]:
        return 2, 3, b"\xff" * 18


def _into(path: Path) -> tuple[Callable[[Wish], QPrinter], list[Wish]]:
    wishes: list[Wish] = []

    def make(wish: Wish) -> QPrinter:
        wishes.append(wish)
        printer = printer_for(wish)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        return printer

    return make, wishes


def test_every_page_reaches_the_printer(qtbot: QtBot, tmp_path: Path) -> None:
    lanes = Background()
    make, wishes = _into(tmp_path / "out.pdf")
    run = PrintRun(b"%PDF", White(), lanes, make=make)
    with qtbot.waitSignal(run.finished, timeout=MINUTE):
        run.start(Wish("", copies=2, duplex=True), 2)
    lanes.shutdown()
    assert len(PdfReader(tmp_path / "out.pdf").pages) == 2
    assert wishes[0].job.isascii()


class Broken(White):
    """A page that cannot be drawn."""

    def image(self, _pdf: bytes, _page: int, _dpi: int) -> tuple[int, int, bytes]:
        raise OSError("no memory")


def test_a_page_that_cannot_be_drawn_stops_the_printing(qtbot: QtBot, tmp_path: Path) -> None:
    lanes = Background()
    make, _ = _into(tmp_path / "out.pdf")
    run = PrintRun(b"%PDF", Broken(), lanes, make=make)
    with qtbot.waitSignal(run.failed, timeout=MINUTE) as told:
        run.start(Wish(""), 2)
    lanes.shutdown()
    assert told.args == ["没有打印成功:no memory"]
