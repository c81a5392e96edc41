"""Printers as Qt knows them, and painting a sheet where no print system takes the PDF itself."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.ports import PageImage, Pages

DPI = 300
STOPPED = (QPrinter.PrinterState.Aborted, QPrinter.PrinterState.Error)


class Errand(NamedTuple):
    """One sheet for one printer."""

    printer: str
    duplex: bool = False
    job: str = "yekuo"  # ASCII: some print systems show or refuse anything else wrongly


def printers() -> tuple[str, ...]:
    """The system's printers, the default one first."""
    names = QPrinterInfo.availablePrinterNames()
    default = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(names, key=lambda name: name != default))


def default_printer() -> str:
    """The system's own choice, "" for none."""
    return QPrinterInfo.defaultPrinterName()


def ready_printer(last: str, known: Sequence[str], default: str) -> tuple[str, str]:
    """The printer a preview would offer first, and why: the one used last while it is there, else the
    system's own; both "" where there is none. ``known`` has the default one first."""
    if last in known:
        return last, "上次使用"
    if not known:
        return "", ""
    return known[0], "系统默认" if known[0] == default else "未设默认，取第一台"


def printer_words(name: str) -> tuple[str, ...]:
    """What Qt can tell against printing on that printer."""
    info = QPrinterInfo.printerInfo(name)
    found = []
    if info.isNull():
        found.append(f"打印机 {name} 已不在，请另选一台")
    elif info.state() in STOPPED:
        found.append(f"打印机 {name} 脱机或出错；单据会留在打印队列里")
    sizes = [size.id() for size in info.supportedPageSizes()]
    if sizes and QPageSize.PageSizeId.A4 not in sizes:
        found.append(f"打印机 {name} 没有 A4 纸，单据按 A4 排版，会缩小或截去边缘")
    return tuple(found)


def image_of(page: PageImage) -> QImage:
    """A page as Qt draws it; the pixels are copied, so that nothing dangles."""
    width, height, pixels = page
    if len(pixels) != width * height * 3:
        raise ValueError(f"{len(pixels)} bytes are no {width}×{height} pixels")
    return QImage(pixels, width, height, width * 3, QImage.Format.Format_RGB888).copy()


class PrintRun(QObject):
    """One painting of a sheet. Ends with ``finished``, or ``failed`` with the reason and how many pages had
    been given away by then; delete it afterwards."""

    advanced = Signal(int, int)
    finished = Signal()
    failed = Signal(str, int)

    def __init__(
        self,
        pdf: bytes,
        pages: Pages,
        background: Background,
        parent: QObject | None = None,
        *,
        make: Callable[[Errand], QPrinter] | None = None,
    ) -> None:
        super().__init__(parent)
        self._pdf, self._pages, self._background = pdf, pages, background
        self._make = make or printer_for
        self._painter = QPainter()
        self._printer: QPrinter | None = None
        self._count = self._given = 0

    def start(self, errand: Errand, count: int) -> None:
        """Print all pages."""
        self._printer, self._count = self._make(errand), count
        if not self._painter.begin(self._printer):
            self.failed.emit(f"打印机 {errand.printer} 没有接受任务，请检查是否开机、缺纸", 0)
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
        self._given = page + 1
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
        self.failed.emit(f"没有打印成功:{error}", self._given)


def printer_for(errand: Errand) -> QPrinter:
    """The printer, set up for one A4 copy without margins of its own: the sheet has them."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(errand.printer)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setResolution(DPI)
    mode = QPrinter.DuplexMode
    printer.setDuplex(mode.DuplexLongSide if errand.duplex else mode.DuplexNone)
    printer.setDocName(errand.job)
    return printer
