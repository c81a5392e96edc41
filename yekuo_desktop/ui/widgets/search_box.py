"""The search in the header: name, pinyin, phone, identity number, address, number, or a scanned sheet."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from yekuo_desktop.domain.case_rows import CaseRow, Hit
from yekuo_desktop.domain.qr import read_code
from yekuo_desktop.ui.icons import icon
from yekuo_desktop.ui.theme import colours, px
from yekuo_desktop.ui.widgets.card import spaced, text
from yekuo_desktop.ui.widgets.hit_list import CLEAR, HIT, HIT_HEIGHT, HitDelegate, Hits, height

PAUSE_MS = 120  # of typing before the store is asked
SHOWN = 8
LINE = 44  # of the words below the hits, with the edges
ASKED, KEY = ("姓名", "拼音首字母", "电话", "证件", "编号", "表号"), "Ctrl+K"
HINT = f"{' / '.join(ASKED)}，或扫码　{KEY}"
HINT_EDGES = 56  # the icon, and what is left and right of the words
LEAST = 480  # pixels at scale 1: of the list
FOUND = "↑ ↓ 选择，Enter 打开"
TOO_SHORT = "请至少输入两个字母"
NOT_FOUND = "没有找到。试试姓名首字母、手机号后四位或地址"
RECENT = "最近查找　↑ ↓ 选择，Enter 再查"


def too_short(words: str) -> bool:
    """Whether half the names of a county would answer: one letter is no initials."""
    return len(words) == 1 and words.isascii() and words.isalpha()


def hint(metrics: QFontMetrics, width: int) -> str:
    """The longest hint that fits: words are left out whole, none is cut."""
    shorter = [f"{' / '.join(ASKED[:most])} …　{KEY}" for most in range(len(ASKED) - 1, 0, -1)]
    return next((words for words in (HINT, *shorter) if metrics.horizontalAdvance(words) <= width), KEY)


class SearchBox(QLineEdit):
    """Asks by ``typed``, is told by ``show_hits``. A scanner types like a person and presses Enter."""

    typed = Signal(str)
    opened = Signal(str)  # id of a case
    entered = Signal(str)  # text without a chosen hit: a number, or a name typed faster than found
    scanned = Signal(str)  # the text of a sheet's QR code
    used = Signal(str)  # what was typed, once something is opened with it
    cleared = Signal()  # what was looked for last is to be forgotten

    def __init__(self, popup_parent: QWidget) -> None:
        super().__init__()
        self.setToolTip(HINT)
        self.setAccessibleName("查找业务")
        self.addAction(icon("search", colours().on_header_quiet), QLineEdit.ActionPosition.LeadingPosition)
        self.recent: Sequence[str] = ()  # what was looked for last
        self._asked = ""
        self._popup = Popup(popup_parent)
        self._popup.list.clicked.connect(self._open)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(self._edited)
        popup_parent.installEventFilter(self)

    def start(self) -> None:
        """Take the keyboard, ready to be typed over."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._recall()

    def show_hits(self, asked: str, rows: Sequence[Hit]) -> None:
        """What the store found for a text; late answers to an older text are ignored."""
        if asked != self._asked or not self.hasFocus() or not self.text().strip():
            return
        self._popup.show_rows(rows[:SHOWN], self)

    def hits(self) -> Sequence[CaseRow]:
        """The cases that are shown now."""
        rows = self._popup.model.rows if self._popup.isVisible() else ()
        return tuple(row.case for row in rows if isinstance(row, Hit))

    def words_shown(self) -> Sequence[str]:
        """What was looked for last, where it is shown now."""
        rows = self._popup.model.rows if self._popup.isVisible() else ()
        return tuple(row for row in rows if isinstance(row, str))

    def told(self) -> str:
        """What stands below the hits."""
        return self._popup.words() if self._popup.isVisible() else ""

    def finish(self) -> None:
        """Close the list and forget the text."""
        self._pause.stop()
        self._popup.hide()
        self.clear()
        self._asked = ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps and self._popup.isVisible():
            self._popup.move_by(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif event.key() == Qt.Key.Key_Escape:
            self.finish()
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self._popup.underMouse():
            self._popup.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._popup.hide()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._recall()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setPlaceholderText(hint(self.fontMetrics(), self.width() - px(HINT_EDGES)))

    def _recall(self) -> None:
        """What was looked for last, while nothing is typed; none of it is chosen yet."""
        if self.recent and not self.text().strip():
            self._popup.show_rows((*self.recent, CLEAR), self, RECENT)

    def _edited(self, words: str) -> None:
        self._pause.start()
        if not words.strip():
            self._popup.hide()
            self._recall()

    def _ask(self) -> None:
        self._asked = self.text().strip()
        if too_short(self._asked):
            self._popup.show_rows((), self, TOO_SHORT)
        elif self._asked and read_code(self._asked) is None:
            self.typed.emit(self._asked)

    def _enter(self) -> None:
        words, index = self.text().strip(), self._popup.list.currentIndex()
        settled = self._asked == words and not self._pause.isActive()
        if read_code(words) is not None:
            self.finish()
            self.scanned.emit(words)
        elif self._popup.isVisible() and index.isValid() and (settled or not words):
            self._open(index)
        elif too_short(words):
            self._popup.show_rows((), self, TOO_SHORT)
        elif words:
            self._pause.stop()
            self.used.emit(words)
            self.entered.emit(words)

    def _open(self, index: QModelIndex) -> None:
        row = index.data(HIT)
        if isinstance(row, str):
            self._again(row)
            return
        self.used.emit(self._asked)
        self.finish()
        self.opened.emit(row.case.id)

    def _again(self, words: str) -> None:
        self.finish()
        if words == CLEAR:
            self.cleared.emit()
        else:
            self.setText(words)
            self._ask()


class Popup(QFrame):
    """The list below the search box, inside the window: it takes neither focus nor keys."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = parent
        self.setProperty("role", "popup")
        self.model = Hits(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(HitDelegate(self))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName("查找结果")
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._words: QLabel = text("", "quiet")
        self._words.setContentsMargins(px(12), px(8), px(12), px(8))
        box = QVBoxLayout(self)
        spaced(box, 1, 0)
        box.addWidget(self.list)
        box.addWidget(self._words)
        self.hide()

    def show_rows(self, rows: Sequence[Hit | str], below: QWidget, words: str = "") -> None:
        """Show hits below a widget; the first one is current. Or texts, of which none is. ``words`` where it
        is not that nothing was found."""
        corner = self._host.mapFromGlobal(below.mapToGlobal(QPoint(0, below.height() + px(4))))
        rows = rows[: max(1, (self._host.height() - corner.y() - px(LINE)) // px(HIT_HEIGHT))]
        self.model.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.list.setFixedHeight(sum(map(height, rows)) + 2)
        self._words.setText(words or (FOUND if rows else NOT_FOUND))
        if rows and isinstance(rows[0], Hit):
            self.list.setCurrentIndex(self.model.index(0))
        self.setFixedWidth(max(below.width(), px(LEAST)))
        self.adjustSize()
        self.move(min(corner.x(), max(0, self._host.width() - self.width())), corner.y())
        self.show()
        self.raise_()

    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def move_by(self, steps: int) -> None:
        """Another hit."""
        count = len(self.model.rows)
        if count:
            at = self.list.currentIndex().row()
            at = (at + steps) % count if at >= 0 else (0 if steps > 0 else count - 1)
            self.list.setCurrentIndex(self.model.index(at))
