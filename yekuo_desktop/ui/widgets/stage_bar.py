"""The bar of tabs: the work bench and the seven stages, each with a badge."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QWidget

from yekuo_desktop.ui.overview import Badge
from yekuo_desktop.ui.theme import TEXT, colours, font, px
from yekuo_desktop.ui.widgets.card import spaced
from yekuo_desktop.ui.widgets.lights import badge_width, paint_badge


class StageButton(QAbstractButton):
    """One tab: words, badge, and a line below the one that is shown."""

    def __init__(self, title: str, short: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._title, self._short, self._badge = title, short, Badge()
        self.compact = False
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._name()

    def set_badge(self, badge: Badge) -> None:
        """Show other counts."""
        if badge != self._badge:
            self._badge = badge
            self._name()
            self.updateGeometry()
            self.update()

    def words(self) -> str:
        """What is written on it now."""
        return self._short if self.compact else self._title

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = round(metrics.horizontalAdvance(self.words()) * 1.06) + px(24)
        if self._badge.waiting:
            width += badge_width(str(self._badge.waiting)) + px(6)
        return QSize(width, px(44))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tone, painter = colours(), QPainter(self)
        lively = self.isChecked() or self.underMouse() or self.hasFocus()
        painter.setFont(font(TEXT, bold=self.isChecked()))
        painter.setPen(QColor(tone.accent if self.isChecked() else tone.text if lively else tone.quiet))
        area = self.rect().adjusted(px(12), 0, 0, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self.words())
        self._paint_badge(painter)
        if self.isChecked():
            painter.fillRect(0, self.height() - px(3), self.width(), px(3), QColor(tone.accent))
        if self.hasFocus():
            painter.setPen(QPen(QColor(tone.accent), 2))
            painter.drawRoundedRect(self.rect().adjusted(3, 5, -3, -6), px(4), px(4))
        painter.end()

    def _paint_badge(self, painter: QPainter) -> None:
        if not self._badge.waiting:
            return
        digits, high = str(self._badge.waiting), px(19)
        left = self.width() - px(10) - badge_width(digits)
        area = QRectF(left, (self.height() - high) / 2, badge_width(digits), high)
        paint_badge(painter, area, digits, alarm=self._badge.overdue)

    def _name(self) -> None:
        parts = [self._title]
        parts += [f"{self._badge.waiting} 件"] if self._badge.waiting else []
        parts += ["有超时"] if self._badge.overdue else []
        self.setAccessibleName(",".join(parts))
        self.setToolTip(",".join(parts))


class StageBar(QFrame):
    """All tabs. Short words where the window is narrow."""

    chosen = Signal(str)

    def __init__(self, stages: Sequence[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        """``stages``: id, title, short title."""
        super().__init__(parent)
        self.setProperty("role", "stages")
        self.setAccessibleName("环节")
        self._group = QButtonGroup(self)
        self._buttons: dict[str, StageButton] = {}
        box = QHBoxLayout(self)
        spaced(box, 0, 2)
        box.setContentsMargins(px(6), 0, px(6), 0)
        for id_, title, short in stages:
            button = StageButton(title, short, self)
            button.clicked.connect(lambda _on=False, stage=id_: self.chosen.emit(stage))
            self._group.addButton(button)
            self._buttons[id_] = button
            box.addWidget(button)
        box.addStretch(1)

    def choose(self, id_: str) -> None:
        """Mark a tab as the one shown."""
        self._buttons[id_].setChecked(True)

    def current(self) -> str:
        """The id of the tab shown."""
        return next((id_ for id_, button in self._buttons.items() if button.isChecked()), "")

    def set_badge(self, id_: str, badge: Badge) -> None:
        """Show other counts on a tab."""
        if id_ in self._buttons:
            self._buttons[id_].set_badge(badge)
            self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(px(200), px(45))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        buttons = list(self._buttons.values())
        before = buttons[0].compact if buttons else False
        self._set_compact(False)
        wide = sum(button.sizeHint().width() + px(2) for button in buttons) + px(12)
        compact = wide > self.width()
        self._set_compact(compact)
        if compact != before:
            for button in buttons:
                button.updateGeometry()
                button.update()

    def _set_compact(self, compact: bool) -> None:
        for button in self._buttons.values():
            button.compact = compact
