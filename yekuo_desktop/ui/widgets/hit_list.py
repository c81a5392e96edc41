"""What was found: who and number, where it is and where it stands, with what was typed in bold; or what was
looked for last."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from yekuo_desktop.domain.case_rows import CaseRow, Hit
from yekuo_desktop.domain.masking import mask_identity, mask_phone
from yekuo_desktop.domain.vocabulary import STAGES, STATES, business_title
from yekuo_desktop.ui.icons import pixmap
from yekuo_desktop.ui.theme import TEXT, colours, font, px

HIT_HEIGHT, WORDS_HEIGHT = 50, 34
CLEAR = "清除最近查找"
SMALL = 13
NAMED = ("customer_name", "agent_name")
LABELS = {
    "identity_number": "证件号码",
    "mobile": "电话",
    "landline": "固定电话",
    "agent_name": "经办人",
    "agent_mobile": "经办人电话",
    "account_no": "户号",
    "channel_reference": "渠道单号",
    "official_number": "营销系统编号",
    "asset_no": "表号",
    "seal_no": "封签号",
    "contract_number": "合同编号",
    "file_number": "档案号",
}
MASKS = {  # whoever looks: the case itself says by his role who sees more
    "identity_number": mask_identity,
    "mobile": mask_phone,
    "landline": mask_phone,
    "agent_mobile": mask_phone,
}
Index = QModelIndex | QPersistentModelIndex
Spans = Sequence[tuple[int, int]]
NONE = QModelIndex()
HIT = int(Qt.ItemDataRole.UserRole)


class Line(NamedTuple):
    """A text and which of its signs were looked for."""

    text: str
    spans: Spans = ()


class Hits(QAbstractListModel):
    """What was found, or texts that were looked for."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: Sequence[Hit | str] = ()

    def show_rows(self, rows: Sequence[Hit | str]) -> None:
        """Other hits."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = NONE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row if isinstance(row, str) else spoken(row)
        return row if role == HIT else None


class HitDelegate(QStyledItemDelegate):
    """Two lines for a case, one for a text."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(320), height(index.data(HIT)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, tone = index.data(HIT), colours()
        area: QRect = option.rect  # type: ignore[attr-defined]
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(area, QColor(tone.accent_soft))
        inside = area.adjusted(px(12), px(5), -px(12), -px(5))
        if isinstance(row, str):
            _paint_words(painter, inside, row)
        else:
            _paint_hit(painter, inside, row)
        painter.setPen(QPen(QColor(tone.line)))
        painter.drawLine(area.bottomLeft(), area.bottomRight())


def height(row: Hit | str) -> int:
    """Of a row, in pixels."""
    return px(WORDS_HEIGHT if isinstance(row, str) else HIT_HEIGHT)


def where(row: CaseRow) -> str:
    """Kind, stage and state of a hit."""
    stage = STAGES.get(row.stage, "") if row.state == "open" else STATES[row.state]
    return f"{business_title(row.klass, row.business)} · {stage}"


def lines(hit: Hit) -> tuple[Line, Line, Line]:
    """Customer, number and, of the address and what else it was found by, what tells more."""
    case, marked = hit.case, {mark.key: mark.spans for mark in hit.marks}
    other = next((mark for mark in hit.marks if mark.key in LABELS), None)
    below = Line(case.address, marked.get("address", ()))
    if other is not None and _tells(other.key, marked):
        label = f"{LABELS[other.key]} "
        words = MASKS.get(other.key, str)(other.text)  # as long as the text: the places stay
        shifted = [(start + len(label), end + len(label)) for start, end in other.spans]
        below = Line(label + words, shifted)
    number = Line(case.number or "未正式受理", marked.get("number", ()) if case.number else ())
    return Line(case.customer, marked.get("customer_name", ())), number, below


def _tells(key: str, marked: Mapping[str, Spans]) -> bool:
    """Whether the lines do not say already why it was found."""
    return "address" not in marked and "number" not in marked and not (key in NAMED and NAMED[0] in marked)


def spoken(hit: Hit) -> str:
    """A hit for a screen reader."""
    customer, number, below = lines(hit)
    return f"{customer.text} {number.text} {below.text} {where(hit.case)}"


def _paint_hit(painter: QPainter, inside: QRect, hit: Hit) -> None:
    upper = QRect(inside.topLeft(), QSize(inside.width(), inside.height() // 2))
    lower = upper.translated(0, upper.height())
    customer, number, below = lines(hit)
    tone = colours()
    room = _paint_right(painter, upper, number)
    _paint_left(painter, room, customer, TEXT, tone.text, bold=True)
    room = _paint_right(painter, lower, Line(where(hit.case)))
    _paint_left(painter, room, below, SMALL, tone.quiet)


def _paint_words(painter: QPainter, inside: QRect, words: str) -> None:
    tone, edge = colours(), px(16)
    name = "x" if words == CLEAR else "history"
    at = QPoint(inside.left(), inside.center().y() - edge // 2)
    painter.drawPixmap(at, pixmap(name, tone.quiet, 16))
    ink = tone.quiet if words == CLEAR else tone.text
    _paint_left(painter, inside.adjusted(edge + px(8), 0, 0, 0), Line(words), SMALL, ink)


def _paint_right(painter: QPainter, area: QRect, line: Line) -> QRect:
    """Draw at the right edge; the room that is left."""
    width = sum(_width(painter, words, SMALL, bold=marked) for words, marked in pieces(line))
    _paint(
        painter,
        QRect(area.right() - width, area.top(), width + 1, area.height()),
        line,
        SMALL,
        colours().quiet,
    )
    return area.adjusted(0, 0, -width - px(16), 0)


def _paint_left(
    painter: QPainter, area: QRect, line: Line, size: int, ink: str, *, bold: bool = False
) -> None:
    painter.setFont(font(size, bold=bold or bool(line.spans)))  # the wider one: what fits so, fits
    words = painter.fontMetrics().elidedText(line.text, Qt.TextElideMode.ElideRight, max(0, area.width()))
    kept = len(words) - 1 if words != line.text else len(words)
    spans = [(start, min(end, kept)) for start, end in line.spans if start < kept]
    _paint(painter, area, Line(words, spans), size, ink, bold=bold)


def _paint(painter: QPainter, area: QRect, line: Line, size: int, ink: str, *, bold: bool = False) -> None:
    left = area.left()
    for words, marked in pieces(line):
        painter.setFont(font(size, bold=bold or marked))
        painter.setPen(QColor(colours().accent if marked else ink))
        place = QRect(left, area.top(), area.right() - left + 1, area.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)
        left += painter.fontMetrics().horizontalAdvance(words)


def _width(painter: QPainter, words: str, size: int, *, bold: bool) -> int:
    painter.setFont(font(size, bold=bold))
    return painter.fontMetrics().horizontalAdvance(words)


def pieces(line: Line) -> list[tuple[str, bool]]:
    """The text cut where its marks begin and end; whether each piece is marked."""
    found, at = [], 0
    for start, end in line.spans:
        found += [(line.text[at:start], False), (line.text[start:end], True)]
        at = end
    return [piece for piece in (*found, (line.text[at:], False)) if piece[0]]
