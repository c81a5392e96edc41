"""The sheet before it is printed: every page, warnings, printer, copies; or save it as a PDF."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeySequence, QPixmap, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSpinBox,
    QWidget,
)

from yekuo_desktop.office.ports import Drawn
from yekuo_desktop.office.print_queue import MOST_COPIES, Wish
from yekuo_desktop.ui import file_names
from yekuo_desktop.ui.background import Background
from yekuo_desktop.ui.dialogs.frame import Dialog
from yekuo_desktop.ui.errors import words_of
from yekuo_desktop.ui.ports import PageImage, Pages
from yekuo_desktop.ui.printing import image_of
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import allow, primary, secondary
from yekuo_desktop.ui.widgets.card import row, spaced, text

ALL, FIT, SCREEN_DPI, THUMB_DPI, SHARP = -1, 0, 96, 18, 2
A4_INCHES = (210 / 25.4, 297 / 25.4)
ZOOMS = ((ALL, "整页"), (FIT, "页宽"), (75, "75%"), (100, "100%"), (150, "150%"), (200, "200%"))
SMALLEST = {ALL: 0.2, FIT: 0.4}  # of life size: what is still worth showing
EACH_ITS_OWN = "各按规定"  # copies: as many of each sheet as its form says
SETTLED_MS = 120  # without another change of size
WHOLE, FOR_MAIL = "PDF 文件 (*.pdf)", "邮件用小 PDF，图片压缩 (*.pdf)"
NO_PRINTER = "没有找到打印机，可以保存为 PDF"
NO_WISH = Wish(printer="")


def various(drawn: Drawn) -> bool:
    """Whether its sheets are wanted in different numbers of copies."""
    return len({part.copies for part in drawn.parts}) > 1


class PrintPreview(Dialog):
    """Told a finished PDF. Printing is asked for, and whoever took the wish closes it or says why not."""

    wanted = Signal(object, str)  # a ``Wish``, and the reason of a 补打
    chosen = Signal(str)  # the printer, to be looked at
    saved = Signal(str)  # the file

    def __init__(
        self,
        title: str,
        drawn: Drawn,
        pages: Pages,
        background: Background,
        parent: QWidget | None = None,
        *,
        wish: Wish = NO_WISH,
        printers: Sequence[str] = (),
    ) -> None:
        super().__init__(title, parent)
        self.setWindowTitle("打印预览")
        self._drawn, self._pages, self._background = drawn, pages, background
        self.count = 0
        self._inches: dict[int, tuple[float, float]] = {}  # how wide and high each page is
        self._shown: PageImage = (0, 0, b"")
        self.list, self.sheet, self._scroll = QListWidget(), QLabel(), QScrollArea()
        self.zoom, self.printer, self.copies = QComboBox(), QComboBox(), QSpinBox()
        self.duplex, self.reason = QCheckBox("双面"), QLineEdit()
        self.printer_words = text("", "quiet", wrap=True, tone="warning")
        self._again = text("", "quiet", wrap=True, tone="warning")
        self._print = primary("打印", self._start, name="printer", shortcut="F9")
        self._save = secondary("保存为 PDF…", self._ask_file, name="download")
        self._build(wish, printers)
        self.notice.say("；".join(drawn.warnings), "notice")
        self._resized = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._resized.timeout.connect(self._refit)
        self.wide(980, 820)
        background.files(lambda: pages.count(drawn.pdf), self._counted, self._failed, self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page to the new room."""
        super().resizeEvent(event)
        self._resized.start()

    def _refit(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.list.scrollToItem(item, QListWidget.ScrollHint.PositionAtTop)
        if int(self.zoom.currentData()) in SMALLEST:
            self._turn(self.list.currentRow())

    def tell_printer(self, words: Sequence[str]) -> None:
        """What keeps the chosen printer from printing."""
        self.printer_words.setText("；".join(words))
        self.printer_words.setVisible(bool(words))

    def tell_sheets(self, words: Sequence[str]) -> None:
        """What will be missing on the sheets."""
        self.notice.say("；".join(dict.fromkeys((*words, *self._drawn.warnings))), "notice")

    def ask_reason(self, words: str) -> None:
        """These sheets came out before: printing them again is entered as 补打, with its reason."""
        self._again.setText(words)
        for widget in (self._again, self.reason):
            widget.show()
        self.reason.textChanged.connect(lambda _words: self._allow())
        self._allow()

    def refuse(self, error: Exception) -> None:
        """It was not taken; everything stays as it was typed."""
        self._allow()
        self.notice.say(words_of(error))

    def _build(self, wish: Wish, known: Sequence[str]) -> None:
        self._fill_choices(wish, known)
        self.list.setViewMode(QListWidget.ViewMode.IconMode)
        self.list.setFlow(QListWidget.Flow.TopToBottom)
        self.list.setMovement(QListWidget.Movement.Static)
        self.list.setWrapping(False)
        self.list.setIconSize(QSize(px(88), px(112)))
        self.list.setGridSize(QSize(px(112), px(150)))
        self.list.setFixedWidth(px(136))
        self.list.setAccessibleName("页")
        self.list.currentRowChanged.connect(self._turn)
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sheet.setAccessibleName("纸样")
        self._scroll.setWidget(self.sheet)
        self._scroll.setWidgetResizable(True)
        self._scroll.setAccessibleName("纸样,可滚动")
        middle = QHBoxLayout()
        spaced(middle, 0, 12)
        middle.addWidget(self.list)
        middle.addWidget(self._scroll, 1)
        choices = row(
            text("打印机", "field"), self.printer, text("份数", "field"), self.copies, self.duplex, None,
            text("显示", "field"), self.zoom,
        )  # fmt: skip
        self.body.addLayout(choices)
        self.body.addWidget(self.printer_words)
        self.body.addLayout(middle, 1)
        again = QHBoxLayout()
        spaced(again, 0, 12)
        again.addWidget(self._again, 3)
        again.addWidget(self.reason, 2)
        self.body.addLayout(again)
        for widget in (self.printer_words, self._again, self.reason):
            widget.hide()
        self.add_buttons(secondary("关闭", self.reject), self._save, self._print)
        for keys, steps in (("Ctrl++", 1), ("Ctrl+-", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self._zoom_by, steps))
        QShortcut(QKeySequence("Ctrl+0"), self).activated.connect(lambda: self.zoom.setCurrentIndex(0))

    def _fill_choices(self, wish: Wish, known: Sequence[str]) -> None:
        self.printer.addItems(known)
        self.printer.setCurrentText(wish.printer if wish.printer in known else self.printer.currentText())
        self.printer.currentTextChanged.connect(self.chosen)
        self.printer.setMinimumWidth(px(200))
        self.printer.setAccessibleName("打印机")
        self.copies.setRange(0 if various(self._drawn) else 1, MOST_COPIES)
        self.copies.setSpecialValueText(EACH_ITS_OWN if various(self._drawn) else "")
        self.copies.setValue(wish.copies)
        self.copies.setToolTip("每一份都印上“第几份”")
        self.copies.setAccessibleName("份数")
        self.duplex.setChecked(wish.duplex)
        self.reason.setAccessibleName("补打原因")
        self.reason.setPlaceholderText("补打原因，例如：途中淋湿、打印不清")
        for percent, words in ZOOMS:
            self.zoom.addItem(words, percent)
        self.zoom.setCurrentIndex(self.zoom.findData(FIT))
        self.zoom.setAccessibleName("显示比例")
        self.zoom.setToolTip("放大 Ctrl++，缩小 Ctrl+-，整页 Ctrl+0")
        self.zoom.currentIndexChanged.connect(lambda _at: self._turn(self.list.currentRow()))
        for widget in (self.printer, self.copies, self.duplex):
            widget.setEnabled(bool(known))
        self._known = bool(known)
        self._allow()
        if not known:
            self.printer.addItem(NO_PRINTER)

    def _counted(self, count: int) -> None:
        self.count = count
        for page in range(count):
            item = QListWidgetItem(f"第 {page + 1} 页", self.list)
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            self._background.files(
                partial(self._pages.image, self._drawn.pdf, page, THUMB_DPI * SHARP),
                partial(self._thumb, page),
                self._failed,
                self,
            )

    def _thumb(self, page: int, image: PageImage) -> None:
        self.list.item(page).setIcon(QIcon(QPixmap.fromImage(image_of(image))))
        self.list.doItemsLayout()  # or it stays where it stood without its picture, half out of sight
        self._inches[page] = image[0] / (THUMB_DPI * SHARP), image[1] / (THUMB_DPI * SHARP)
        if page == 0:
            self.list.setCurrentRow(0)

    def _turn(self, page: int) -> None:
        if page < 0:
            return
        dpi = round(SCREEN_DPI * self._scale(page) * self.devicePixelRatioF())
        self._background.files(
            lambda: self._pages.image(self._drawn.pdf, page, dpi),
            lambda image: self._show(page, image),
            self._failed,
            self,
        )

    def _scale(self, page: int) -> float:
        percent = int(self.zoom.currentData())
        if percent not in SMALLEST:
            return percent / 100
        room, (wide, high) = self._scroll.viewport().size(), self._inches.get(page, A4_INCHES)
        fits = [(room.width() - px(24)) / wide]
        fits += [(room.height() - px(16)) / high] if percent == ALL else []
        return max(SMALLEST[percent], min(fits) / SCREEN_DPI)

    def _show(self, page: int, image: PageImage) -> None:
        if page != self.list.currentRow():
            return
        picture = QPixmap.fromImage(image_of(image))
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self._shown = image
        self.sheet.setPixmap(picture)

    def shown(self) -> PageImage:
        """The page as it is shown."""
        return self._shown

    def _zoom_by(self, steps: int) -> None:
        self.zoom.setCurrentIndex(max(0, min(len(ZOOMS) - 1, self.zoom.currentIndex() + steps)))

    def _allow(self) -> None:
        again = not self.reason.isHidden() and not self.reason.text().strip()
        allow(self._print, NO_PRINTER if not self._known else "再打印须写明补打原因" if again else "")

    def _start(self) -> None:
        self._print.setEnabled(False)
        wish = Wish(
            printer=self.printer.currentText(), copies=self.copies.value(), duplex=self.duplex.isChecked()
        )
        self.wanted.emit(wish, self.reason.text().strip())

    def _ask_file(self) -> None:
        name = file_names.fit(f"{self.heading.text()}.pdf")
        path, kind = QFileDialog.getSaveFileName(self, "保存为 PDF", name, f"{WHOLE};;{FOR_MAIL}")
        if path:
            self.save_to(path if path.lower().endswith(".pdf") else f"{path}.pdf", small=kind == FOR_MAIL)

    def save_to(self, path: str, *, small: bool = False) -> None:
        """Write the PDF to a file; ``small`` enough for e-mail."""
        pdf, slim = self._drawn.pdf, self._pages.slim
        self._background.files(
            lambda: Path(path).write_bytes(slim(pdf) if small else pdf),
            lambda _size: self.saved.emit(path),
            self._failed,
            self,
        )

    def _failed(self, error: Exception) -> None:
        self.notice.say(words_of(error))
