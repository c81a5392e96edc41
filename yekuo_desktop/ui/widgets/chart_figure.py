"""A figure that stands alone: large, with how it changed; pressing it opens its cases."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from yekuo_desktop.office.report import NONE, UNITS, Figure
from yekuo_desktop.ui.theme import px
from yekuo_desktop.ui.widgets.buttons import Button
from yekuo_desktop.ui.widgets.card import row, spaced, text

TONES = {"good": "good", "bad": "error", "": ""}


class FigureTile(Button):
    """Words above, the figure, and a line for each comparison: arrow, amount and words."""

    opened = Signal(object)

    def __init__(self, figure: Figure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figure = figure
        self.setProperty("role", "tile")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._box = QVBoxLayout(self)
        spaced(self._box, 12, 0)
        self.clicked.connect(self._press)
        self._show(figure)

    def _show(self, figure: Figure) -> None:
        unit = "" if figure.kind == "percent" or figure.text == NONE else UNITS[figure.kind]
        self._box.addWidget(text(figure.label, "quiet"))
        self._box.addLayout(row(text(figure.text, "headline"), text(unit, "quiet"), None, spacing=4))
        for change in figure.changes:
            words = text(change.words, "caption", tone=TONES[change.tone])
            self._box.addLayout(row(text(change.against, "caption"), words, None, spacing=6))
        self._box.addStretch(1)
        labels: Iterable[QLabel] = self.findChildren(QLabel)
        for label in labels:
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        said = ",".join(f"{change.against} {change.words}" for change in figure.changes)
        self.setAccessibleName(f"{figure.label} {figure.text} {unit},{said}")
        if figure.opens is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setToolTip("单击或按回车看是哪些业务")
        else:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _press(self) -> None:
        if self.figure.opens is not None:
            self.opened.emit(self.figure.opens)

    def sizeHint(self) -> QSize:
        return QSize(px(150), self._box.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(px(110), self._box.sizeHint().height())
