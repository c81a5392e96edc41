"""Sending a PDF to a real printer: a page at a time is drawn behind the window and painted here."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.ports import PageImage, Pages

DPI = 300


class Wish(NamedTuple):
    """How somebody wants it printed."""

    printer: str
    copies: int = 1
    duplex: bool = False
    job: str = "yekuo"  # ASCII: some print systems show or refuse anything else wrongly


def printers() -> tuple[str, ...]:
    """The system's printers, the default one first."""
    names = QPrinterInfo.availablePrinterNames()
    default = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(names, key=lambda name: name != default))


def ready_printer(last: str) -> tuple[str, str]:
    """The printer a preview would offer first, and why: the one used last while it is there, else the
    system's own; both "" where there is none."""
    known = printers()
    if last in known:
        return last, "上次使用"
    if not known:
        return "", ""
    return known[0], "系统默认" if known[0] == QPrinterInfo.defaultPrinterName() else "未设默认，取第一台"


def image_of(page: PageImage) -> QImage:
    """A page as Qt draws it; the pixels are copied, so that nothing dangles."""
    width, height, pixels = page
    if len(pixels) != width * height * 3:
        raise ValueError(f"{len(pixels)} bytes are no {width}×{height} pixels")
    return QImage(pixels, width, height, width * 3, QImage.Format.Format_RGB888).copy()


class PrintRun(QObject):
    """One printing. Ends with ``finished`` or ``failed``; delete it afterwards."""

    advanced = Signal(int, int)
    finished = Signal()
    failed = Signal(str)

    def __init__(
        self,
        pdf: bytes,
        pages: Pages,
        background: Background,
        parent: QObject | None = None,
        *,
        make: Callable[[Wish], QPrinter] | None = None,
    ) -> None:
        super().__init__(parent)
        self._pdf, self._pages, self._background = pdf, pages, background
        self._make = make or printer_for
        self._painter = QPainter()
        self._printer: QPrinter | None = None
        self._count = 0

    def start(self, wish: Wish, count: int) -> None:
        """Print all pages."""
        self._printer, self._count = self._make(wish), count
        if not self._painter.begin(self._printer):
            self.failed.emit(f"打印机 {wish.printer} 没有接受任务，请检查是否开机、缺纸")
            return
        self._ask(0)

    def _ask(self, page: int) -> None:
        self._background.files(
            lambda: self._pages.image(self._pdf, page, DPI),
            lambda image: self._paint(page, image),
            self._stop,
            self,
        )

    def _paint(self, page: int, image: PageImage) -> None:
        if self._printer is None:
            return
        if page and not self._printer.newPage():
            self._stop(OSError("打印机中断"))
            return
        self._painter.drawImage(self._painter.viewport(), image_of(image))
        self.advanced.emit(page + 1, self._count)
        if page + 1 < self._count:
            self._ask(page + 1)
        else:
            self._painter.end()
            self.finished.emit()

    def _stop(self, error: Exception) -> None:
        if self._printer is not None:
            self._printer.abort()
        self._painter.end()
        self.failed.emit(f"没有打印成功:{error}")


def printer_for(wish: Wish) -> QPrinter:
    """The printer, set up for A4 without margins of its own: the sheet has them."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(wish.printer)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setResolution(DPI)
    printer.setCopyCount(wish.copies)
    mode = QPrinter.DuplexMode
    printer.setDuplex(mode.DuplexLongSide if wish.duplex else mode.DuplexNone)
    printer.setDocName(wish.job)
    return printer
