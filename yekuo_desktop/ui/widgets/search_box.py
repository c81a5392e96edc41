"""The search in the header: name, pinyin, phone, identity number, address, number, or a scanned sheet."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from yekuo_desktop.domain.case_rows import CaseRow
from yekuo_desktop.domain.qr import read_code
from yekuo_desktop.domain.vocabulary import STAGES, STATES, business_title
from yekuo_desktop.ui.icons import icon
from yekuo_desktop.ui.theme import TEXT, colours, font, px
from yekuo_desktop.ui.widgets.card import spaced, text

PAUSE_MS = 120  # of typing before the store is asked
SHOWN = 8
HIT_HEIGHT, LINE = 50, 44  # of a hit, and of the words below them with the edges
HINT = "姓名 / 拼音首字母 / 电话 / 证件 / 编号，或扫码　Ctrl+K"
FOUND = "↑ ↓ 选择，Enter 打开"
TOO_SHORT = "请至少输入两个字母"
NOT_FOUND = "没有找到。试试姓名首字母、手机号后四位或地址"
Index = QModelIndex | QPersistentModelIndex
NONE = QModelIndex()
HIT = int(Qt.ItemDataRole.UserRole)


class Hits(QAbstractListModel):
    """What was found."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: Sequence[CaseRow] = ()

    def show_rows(self, rows: Sequence[CaseRow]) -> None:
        """Other hits."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.customer} {row.number} {row.address} {where(row)}"
        return row if role == HIT else None


class HitDelegate(QStyledItemDelegate):
    """Two lines: who and number; where it is and where it stands."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(px(320), px(HIT_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, tone = index.data(HIT), colours()
        area: QRect = option.rect  # type: ignore[attr-defined]
        chosen = option.state & QStyle.StateFlag.State_Selected  # type: ignore[attr-defined]
        if chosen:
            painter.fillRect(area, QColor(tone.accent_soft))
        inside = area.adjusted(px(12), px(5), -px(12), -px(5))
        upper = QRect(inside.topLeft(), QSize(inside.width(), inside.height() // 2))
        lower = upper.translated(0, upper.height())
        _words(painter, upper, row.customer, row.number or "未正式受理", bold=True)
        _words(painter, lower, row.address, where(row), bold=False)
        painter.setPen(QPen(QColor(tone.line)))
        painter.drawLine(area.bottomLeft(), area.bottomRight())


def too_short(words: str) -> bool:
    """Whether half the names of a county would answer: one letter is no initials."""
    return len(words) == 1 and words.isascii() and words.isalpha()


def where(row: CaseRow) -> str:
    """Kind, stage and state of a hit."""
    stage = STAGES.get(row.stage, "") if row.state == "open" else STATES[row.state]
    return f"{business_title(row.klass, row.business)} · {stage}"


def _words(painter: QPainter, area: QRect, left: str, right: str, *, bold: bool) -> None:
    tone = colours()
    painter.setFont(font(13))
    width = painter.fontMetrics().horizontalAdvance(right)
    painter.setPen(QColor(tone.quiet))
    painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, right)
    painter.setFont(font(TEXT if bold else 13, bold=bold))
    painter.setPen(QColor(tone.text if bold else tone.quiet))
    room = area.width() - width - px(16)
    words = painter.fontMetrics().elidedText(left, Qt.TextElideMode.ElideRight, max(0, room))
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, words)


class SearchBox(QLineEdit):
    """Asks by ``typed``, is told by ``show_hits``. A scanner types like a person and presses Enter."""

    typed = Signal(str)
    opened = Signal(str)  # id of a case
    entered = Signal(str)  # text without a chosen hit: a number, or a name typed faster than found
    scanned = Signal(str)  # the text of a sheet's QR code

    def __init__(self, popup_parent: QWidget) -> None:
        super().__init__()
        self.setPlaceholderText(HINT)
        self.setAccessibleName("查找业务")
        self.addAction(icon("search", colours().on_header_quiet), QLineEdit.ActionPosition.LeadingPosition)
        self._asked = ""
        self._popup = Popup(popup_parent)
        self._popup.list.clicked.connect(self._open)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(self._edited)
        popup_parent.installEventFilter(self)

    def show_hits(self, asked: str, rows: Sequence[CaseRow]) -> None:
        """What the store found for a text; late answers to an older text are ignored."""
        if asked != self._asked or not self.hasFocus() or not self.text().strip():
            return
        self._popup.show_rows(rows[:SHOWN], self)

    def hits(self) -> Sequence[CaseRow]:
        """What is shown now."""
        return self._popup.model.rows if self._popup.isVisible() else ()

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

    def _edited(self, words: str) -> None:
        self._pause.start()
        if not words.strip():
            self._popup.hide()

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
        elif self._popup.isVisible() and settled and index.isValid():
            self._open(index)
        elif too_short(words):
            self._popup.show_rows((), self, TOO_SHORT)
        elif words:
            self._pause.stop()
            self.entered.emit(words)

    def _open(self, index: QModelIndex) -> None:
        case_id = index.data(HIT).id
        self.finish()
        self.opened.emit(case_id)


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

    def show_rows(self, rows: Sequence[CaseRow], below: QWidget, words: str = "") -> None:
        """Show hits below a widget; the first one is current. ``words`` where it is not that nothing was
        found."""
        corner = self._host.mapFromGlobal(below.mapToGlobal(QPoint(0, below.height() + px(4))))
        rows = rows[: max(1, (self._host.height() - corner.y() - px(LINE)) // px(HIT_HEIGHT))]
        self.model.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.list.setFixedHeight(px(HIT_HEIGHT) * len(rows) + 2)
        self._words.setText(words or (FOUND if rows else NOT_FOUND))
        if rows:
            self.list.setCurrentIndex(self.model.index(0))
        self.setFixedWidth(max(below.width(), px(420)))
        self.adjustSize()
        self.move(corner)
        self.show()
        self.raise_()

    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def move_by(self, steps: int) -> None:
        """Another hit."""
        count = len(self.model.rows)
        if count:
            at = (self.list.currentIndex().row() + steps) % count
            self.list.setCurrentIndex(self.model.index(at))
