"""A quiet text that gives way: what does not fit ends in … and stands whole in the tool tip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy


class Elided(QLabel):
    """One line of text that takes what room is left; ``own``: as much as it needs, where there is room;
    ``end``: of a text that is cut the end is left."""

    def __init__(
        self, role: str = "quiet", *, right: bool = False, own: bool = False, end: bool = False
    ) -> None:
        super().__init__()
        self.setProperty("role", role)
        self._right = right
        self._cut = Qt.TextElideMode.ElideLeft if end else Qt.TextElideMode.ElideRight
        across = QSizePolicy.Policy.Maximum if own else QSizePolicy.Policy.Ignored
        self.setSizePolicy(across, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        text = self.fontMetrics().elidedText(self.text(), self._cut, self.width())
        side = Qt.AlignmentFlag.AlignRight if self._right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.rect(), side | Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()
